package dev.lanewise.data;

import static dev.lanewise.data.TestFiles.assertRefused;
import static dev.lanewise.data.TestFiles.bytes;
import static dev.lanewise.data.TestFiles.resource;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Matrix;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NPZ, and in it what NumPy wrote: {@code src/test/resources/numpy/reference.py}. */
class NpzTest {

  private static final byte[] NPY = resource("numpy/version-1.npy");

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("x.npz");
  }

  private Npz npz(byte[] content) throws IOException {
    Files.deleteIfExists(file); // a file that is replaced, and not made anew, may be flushed to the disk each time
    return Npz.open(Files.write(file, content));
  }

  /** A zip of one NPY under several names. */
  private static byte[] zip(byte[] npy, String... names) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(npy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The same bytes with one text, wherever it is, instead of another as long. */
  private static byte[] replace(byte[] bytes, String from, String to) {
    assertEquals(from.length(), to.length());
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"})
  void readsEveryTypeInBothByteOrdersAndBothOrdersOfIndices(String type) throws IOException {
    Npz npz = npz(resource("numpy/arrays.npz"));
    float sign = type.startsWith("i") || type.startsWith("f") ? -1 : 1;
    float unit = type.startsWith("f") ? 4 : 1;
    float[] expected = {0, 1, 2, 3, 50, 127};
    for (int i = 0; i < expected.length; i++) {
      expected[i] = type.equals("b1") ? Math.min(expected[i], 1) : (expected[i] * sign + 0f) / unit;
    }
    for (String array : List.of("<" + type + "C", "<" + type + "F", ">" + type + "C", ">" + type + "F")) {
      assertEquals(Matrix.of(2, 3, expected), npz.matrix(array), array);
    }
  }

  @Test
  void readsEveryNumberOfDimensions() throws IOException {
    Npz npz = npz(resource("numpy/arrays.npz"));
    float[] cube = new float[24];
    for (int i = 0; i < cube.length; i++) {
      cube[i] = i;
    }
    assertEquals(Matrix.of(2, 12, cube), npz.matrix("cube C"));
    assertEquals(Matrix.of(2, 12, cube), npz.matrix("cube F"));
    assertEquals(Matrix.of(1, 1, 2.5f), npz.matrix("scalar"));
    assertEquals(Matrix.of(3, 1, 1.5f, 2.5f, 3.5f), npz.matrix("row"));
    assertEquals("0 x 3", npz.matrix("no rows").shape());
    assertArrayEquals(new int[] {3, 0, 2}, npz.labels("labels"));
    assertEquals(54, npz.names().size());
  }

  @Test
  void readsWhatIsStored() throws IOException {
    Npz npz = npz(resource("numpy/stored.npz"));
    assertEquals(List.of("x", "y"), npz.names());
    assertEquals(Matrix.of(2, 3, 0, -0.25f, -0.5f, -0.75f, -12.5f, -31.75f), npz.matrix("x"));
    assertArrayEquals(new int[] {3, 0, 2}, npz.labels("y"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '^', value = {
    "objects; Python objects; |O",
    "strings; strings; <U2",
    "bytes; strings; |S1",
    "complex; complex numbers; <c8",
    "dates; dates or times; <M8[s]",
    "void; records; |V3"
  })
  void refusesWhatAreNoNumbers(String array, String kind, String type) throws IOException {
    Npz npz = npz(resource("numpy/refused.npz"));
    assertRefused(
        file + ", array \"" + array + "\": its values are " + kind + ", of type \"" + type
            + "\", but numbers are read: b1, i1, i2, i4, i8, u1, u2, u4, u8, f2, f4 and f8",
        () -> npz.matrix(array));
    assertThrows(DataException.class, () -> npz.labels(array));
  }

  @Test
  void refusesRecords() throws IOException {
    Npz npz = npz(resource("numpy/refused.npz"));
    assertRefused(
        file + ", array \"records\": its header cannot be read: "
            + "it has a list, as records do, but plain numbers are read",
        () -> npz.matrix("records"));
  }

  @Test
  void listsArraysAndNothingElse() throws IOException {
    Npz npz = npz(zip(NPY, "y.npy", "x.npy", "README", "folder/", "folder/z.npy", "w:0.npy", "a..b.npy", "...npy"));
    assertEquals(List.of("..", "a..b", "folder/z", "w:0", "x", "y"), npz.names());
    assertEquals("2 x 3", npz.matrix("a..b").shape());
    assertRefused(
        file + " has no array \"README\"; it has \"..\", \"a..b\", \"folder/z\", \"w:0\", \"x\", \"y\"",
        () -> npz.matrix("README"));
    Npz none = npz(zip(NPY, "README"));
    assertEquals(List.of(), none.names());
    assertRefused(file + " has no array \"x\"; it has none", () -> none.labels("x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "../x.npy", "a/../x.npy", "a/..", "..", "..\\x.npy", "a\\..\\x.npy", "/x.npy", "\\x.npy", "C:\\x.npy", "c:/x.npy"
  })
  void refusesNamesThatLeadOutside(String name) {
    assertRefused(
        file + ": the name of entry \"" + name + "\" is absolute or contains \"..\"",
        () -> npz(zip(NPY, "x.npy", name)));
  }

  @Test
  void refusesOneNameTwice() {
    assertRefused(
        file + ": two entries have the name \"x.npy\"",
        () -> npz(replace(zip(NPY, "x.npy", "y.npy"), "y.npy", "x.npy")));
  }

  @Test
  void refusesWhatIsNoZip() throws IOException {
    assertRefused(file + ": it is no NPZ file: zip file is empty", () -> npz(new byte[0]));
    assertRefused(file + ": it is no NPZ file: zip END header not found", () -> npz(NPY));
    byte[] stored = resource("numpy/stored.npz");
    assertRefused(
        file + ": it is no NPZ file: zip END header not found",
        () -> npz(Arrays.copyOf(stored, stored.length - 30)));
    Files.delete(file);
    assertEquals(file.toString(), assertThrows(NoSuchFileException.class, () -> Npz.open(file)).getMessage());
  }

  /** Most exceptions have words of their own; that of a file that ends while it is read has none. */
  @Test
  void saysWhyAFileIsNoZip() {
    assertEquals("x.npz: it is no NPZ file: it ends too early", Npz.noZip(Path.of("x.npz"), new EOFException()).getMessage());
  }

  @Test
  void refusesFilesOfOtherFileSystems() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
      Path within = Files.write(zip.getPath("x.npz"), zip(NPY, "x.npy"));
      assertEquals(
          within + ": an NPZ is read from the default file system alone: copy the file there",
          assertThrows(IOException.class, () -> Npz.open(within)).getMessage());
    }
  }

  @Test
  void refusesDamagedValues() throws IOException {
    byte[] stored = resource("numpy/stored.npz");
    byte[] minusQuarter = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(-0.25).array();
    String text = new String(minusQuarter, StandardCharsets.ISO_8859_1);
    Npz npz = npz(replace(stored, text, text.replace('\u00bf', '?')));
    assertRefused(
        file + ", array \"x\": it is damaged: its checksum is 753149d0, but the zip says d81b7863",
        () -> npz.matrix("x"));
    assertArrayEquals(new int[] {3, 0, 2}, npz.labels("y"));
  }

  @Test
  void refusesADamagedEntry() throws IOException {
    byte[] deflated = zip(NPY, "x.npy");
    int localHeader = 30 + "x.npy".length();
    deflated[localHeader] = 7; // a last block, of the type that there is not
    Npz npz = npz(deflated);
    assertRefused(
        file + ", array \"x\": the zip is damaged after 0 decoded bytes: invalid block type", () -> npz.matrix("x"));
  }

  @Test
  void refusesAHeaderThatLies() throws IOException {
    byte[] more = replace(NPY, "(2, 3)", "(2, 4)");
    Npz npz = npz(zip(more, "x.npy"));
    assertRefused(
        file + ", array \"x\": its header says 2 x 4 I16 values, 16 bytes in all, but 12 follow",
        () -> npz.matrix("x"));
    byte[] stored = replace(resource("numpy/stored.npz"), "'shape': (2, 3)", "'shape': (1, 3)");
    Npz fewer = npz(stored);
    assertRefused(
        file + ", array \"x\": its header says 1 x 3 F64 values, 24 bytes in all, but 48 follow",
        () -> fewer.matrix("x"));
  }

  /** The zip is 200 bytes long, and this JVM's memory would not hold what its header says. */
  @Test
  void refusesAHugeHeader() throws IOException {
    Npz npz = npz(zip(replace(NPY, "(2, 3), }        ", "(2000000000, 1)} "), "x.npy"));
    assertRefused(
        file + ", array \"x\": its header says 2000000000 x 1 I16 values, 4000000000 bytes in all, but 12 follow",
        () -> npz.matrix("x"));
  }

  /** Zeros become a thousandth of themselves. */
  @Test
  void decodesNoMoreThanTheLimit() throws IOException {
    byte[] zeros = bytes(Arrays.copyOf(replace(NPY, "(2, 3), }  ", "(1000000,)}"), 128), new byte[2_000_000]);
    Files.write(file, zip(zeros, "x.npy"));
    assertTrue(Files.size(file) < 4_000);
    assertEquals("1000000 x 1", Npz.open(file, 2_000_128).matrix("x").shape());
    assertRefused(
        file + ", array \"x\": its header says 1000000 I16 values, 2000000 bytes in all, "
            + "more than the limit of 2000127 decoded bytes; a higher limit can be given",
        () -> Npz.open(file, 2_000_127).matrix("x"));
    String negative = assertThrows(IllegalArgumentException.class, () -> Npz.open(file, -1)).getMessage();
    assertEquals("the limit on decoded bytes cannot be -1", negative);
  }

  @Test
  void readsBackWhatItWrites() throws IOException {
    Matrix x = Matrix.of(2, 3, 1, -2.5f, Float.NaN, 1e-40f, Float.MAX_VALUE, -0f);
    new Npz.Writer().add("x", x).add("y", 3, 0, Integer.MIN_VALUE).add("a/b é", Matrix.zeros(0, 4)).write(file);
    Npz npz = Npz.open(file);
    assertEquals(List.of("a/b é", "x", "y"), npz.names());
    assertEquals(x, npz.matrix("x"));
    assertArrayEquals(new int[] {3, 0, Integer.MIN_VALUE}, npz.labels("y"));
    assertEquals("0 x 4", npz.matrix("a/b é").shape());
  }

  @Test
  void writesTheSameBytesAgain() throws IOException {
    new Npz.Writer().add("x", 1, 2).add("y", 3).write(file);
    byte[] first = Files.readAllBytes(file);
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      new Npz.Writer().add("x", 1, 2).add("y", 3).write(file);
    } finally {
      TimeZone.setDefault(before);
    }
    assertArrayEquals(first, Files.readAllBytes(file));
    new Npz.Writer().write(file);
    assertEquals(List.of(), Npz.open(file).names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "/x", "a/../b", "C:/x"})
  void writesNoNamesThatItWouldNotRead(String name) {
    Npz.Writer writer = new Npz.Writer();
    String message = assertThrows(IllegalArgumentException.class, () -> writer.add(name, 1)).getMessage();
    assertEquals("\"" + name + "\" cannot be the name of an array", message);
  }

  @Test
  void writesNoNameTwice() {
    Npz.Writer writer = new Npz.Writer().add("x", 1);
    Matrix x = Matrix.zeros(1, 1);
    String message = assertThrows(IllegalArgumentException.class, () -> writer.add("x", x)).getMessage();
    assertEquals("there is an array \"x\" already", message);
  }

  @Test
  @Tag("damage")
  void survivesDamage() {
    Mutations.of(resource("numpy/stored.npz"), zip(NPY, "x.npy", "y.npy"))
        .tokens("../", "PK\1\2", "PK\3\4", "PK\5\6", "x.npy", "y.npy", "(2, 3)", "<f8")
        .allocatingAtMost(1 << 20)
        .check(bytes -> {
          Npz npz = npz(bytes);
          for (String name : npz.names()) {
            npz.matrix(name);
          }
        });
  }
}
