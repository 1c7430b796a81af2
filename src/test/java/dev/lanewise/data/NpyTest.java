package dev.lanewise.data;

import static dev.lanewise.data.TestFiles.assertRefused;
import static dev.lanewise.data.TestFiles.bytes;
import static dev.lanewise.data.TestFiles.gzip;
import static dev.lanewise.data.TestFiles.open;
import static dev.lanewise.data.TestFiles.resource;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.file.Replaced;
import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NPY by its bytes; what NumPy writes is read in {@link NpzTest}, many arrays to a file. */
class NpyTest {

  private static final Matrix VALUES_2_BY_3 = Matrix.of(2, 3, 0, -1, -2, -3, -50, -127);
  private static final byte[] GOOD = resource("numpy/version-1.npy");

  /** For one of the small files here, whatever its header says. */
  private static final long MOST_ALLOCATED = 1 << 20;

  @TempDir
  private Path folder;

  /** A file of version 1.0. */
  private static byte[] npy(String dict, Object... data) {
    return bytes(0x93, "NUMPY", 1, 0, dict.length() % 256, dict.length() / 256, dict, bytes(data));
  }

  /** A file of values of that type in one dimension. */
  private static byte[] row(String descr, int length, Object... data) {
    return npy("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + length + ",)}", data);
  }

  private static Matrix matrix(byte[] file) throws IOException {
    try (DecodedInput in = open(file)) {
      return NpyHeader.read(in).matrix(in);
    }
  }

  private static int[] labels(byte[] file) throws IOException {
    try (DecodedInput in = open(file)) {
      return NpyHeader.read(in).labels(in);
    }
  }

  /** Never the length of one file with the bytes of another. */
  @Test
  void readsWhileTheFileIsReplaced() throws IOException {
    Path file = folder.resolve("x.npy");
    try (Replaced replaced = new Replaced(file, row("<f4", 1, bytes(0, 0, 0, 0)), row("<f4", 2, bytes(0, 0, 0, 0, 0, 0, 0, 0)))) {
      while (!replaced.isEnough()) {
        assertEquals(1, Npy.matrix(file).cols());
      }
    }
  }

  /** Which other readers do where there is a stream: only a zip has to be a file. */
  @Test
  void readsWithinAZip() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
      assertEquals(VALUES_2_BY_3, Npy.matrix(Files.write(zip.getPath("x.npy"), GOOD)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersion(int version) throws IOException {
    assertEquals(VALUES_2_BY_3, matrix(resource("numpy/version-" + version + ".npy")));
  }

  @Test
  void readsFilesPlainAndGzip() throws IOException {
    Path file = folder.resolve("x.npy");
    assertEquals(VALUES_2_BY_3, Npy.matrix(Files.write(file, GOOD)));
    assertEquals(VALUES_2_BY_3, Npy.matrix(Files.write(file, gzip(GOOD)), GOOD.length));
    byte[] labels = row("|u1", 3, 7, 0, 255);
    assertArrayEquals(new int[] {7, 0, 255}, Npy.labels(Files.write(file, labels)));
    assertArrayEquals(new int[] {7, 0, 255}, Npy.labels(Files.write(file, gzip(labels)), labels.length));
    assertRefused(
        file + ": its header says 3 U8 values, 3 bytes in all, more than the limit of " + (labels.length - 1)
            + " decoded bytes; a higher limit can be given",
        () -> Npy.labels(file, labels.length - 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{'descr':'<i2','fortran_order':False,'shape':(2,3)}",
    "{ 'shape' : ( 2 , 3 , ) , 'fortran_order' : False , 'descr' : '<i2' , } \n",
    "{\"descr\": \"<i2\", \"fortran_order\": False, \"shape\": (2L, 3L)}\n"
  })
  void readsTheDictHoweverItIsWritten(String dict) throws IOException {
    assertEquals(VALUES_2_BY_3, matrix(npy(dict, Arrays.copyOfRange(GOOD, GOOD.length - 12, GOOD.length))));
  }

  @Test
  void readsFortranOrderOfSeveralDimensions() throws IOException {
    String dict = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2, 3)}";
    Matrix expected = Matrix.of(2, 6, 0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15);
    assertEquals(expected, matrix(npy(dict, 0, 10, 3, 13, 1, 11, 4, 14, 2, 12, 5, 15)));
  }

  @Test
  void readsAnArrayWithoutDimensionsOrValues() throws IOException {
    assertEquals(Matrix.of(1, 1, 5), matrix(npy("{'descr': '|i1', 'fortran_order': True, 'shape': ()}", 5)));
    assertEquals("0 x 1", matrix(row("<f8", 0)).shape());
    String none = "{'descr': '<f8', 'fortran_order': True, 'shape': (3, 0, 2)}";
    assertEquals("3 x 0", matrix(npy(none)).shape());
  }

  /** 2⁶⁴ − 1 and others that a conversion by way of double, or of a signed number, would get wrong. */
  @Test
  void roundsLargeNumbersOnceToTheNearestFloat() throws IOException {
    byte[] unsigned = row(
        "<u8",
        3,
        bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
        bytes(1, 0, 0, 0, 0x80, 0, 0, 0x80),
        bytes(0, 0, 0, 0, 0x80, 0, 0, 0x80));
    assertEquals(Matrix.of(3, 1, 0x1p64f, 0x1.000002p63f, 0x1p63f), matrix(unsigned));
    byte[] signed = row("<i8", 2, bytes(1, 0, 0, 0, 0x40, 0, 0, 0x40), bytes(0, 0, 0, 0, 0x40, 0, 0, 0x40));
    assertEquals(Matrix.of(2, 1, 0x1.000002p62f, 0x1p62f), matrix(signed));
    assertEquals(Matrix.of(1, 1, 0x1p32f), matrix(row("<u4", 1, 0xff, 0xff, 0xff, 0xff)));
    assertEquals(
        Matrix.of(2, 1, Float.NEGATIVE_INFINITY, 65504), matrix(row(">f2", 2, 0xfc, 0, 0x7b, 0xff)));
    // 1e300
    assertEquals(
        Matrix.of(1, 1, Float.POSITIVE_INFINITY), matrix(row(">f8", 1, 0x7e, 0x37, 0xe4, 0x3c, 0x88, 0, 0x75, 0x9c)));
  }

  @Test
  void readsLabelsExactly() throws IOException {
    assertArrayEquals(new int[] {1, 0, 1}, labels(row("|b1", 3, 1, 0, 2)));
    assertArrayEquals(
        new int[] {16_777_217, Integer.MIN_VALUE}, labels(row("<i4", 2, 1, 0, 0, 1, 0, 0, 0, 0x80)));
    assertArrayEquals(new int[] {Integer.MAX_VALUE}, labels(row("<u4", 1, 0xff, 0xff, 0xff, 0x7f)));
    assertArrayEquals(new int[] {-2}, labels(row(">i8", 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe)));
  }

  @Test
  void refusesLabelsThatAreNone() {
    assertRefused(
        "good: label 4294967295 in row 1 does not fit an int",
        () -> labels(row("<u4", 2, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff)));
    assertRefused(
        "good: label 18446744073709551615 in row 0 does not fit an int",
        () -> labels(row("<u8", 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)));
    assertRefused(
        "good: label -2147483649 in row 0 does not fit an int",
        () -> labels(row(">i8", 1, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff)));
    assertRefused("good: it holds 2 x 3 values, but labels are one a row", () -> labels(GOOD));
    assertRefused("good: it holds F16 values, but labels are whole numbers", () -> labels(row("<f2", 1, 0, 0)));
  }

  @Test
  void refusesWhatIsNoNpy() {
    String message = "good: it is no NPY file: such a file begins with the byte 0x93, NUMPY and a version";
    assertRefused(message, () -> matrix(new byte[0]));
    assertRefused(message, () -> matrix(Arrays.copyOf(GOOD, 7)));
    assertRefused(message, () -> matrix(bytes("1.0,2.0\n3.0,4.0\n")));
    byte[] other = GOOD.clone();
    other[6] = 4;
    assertRefused("good: it is NPY of version 4.0, but 1.0, 2.0 and 3.0 are read", () -> matrix(other));
    other[6] = 0;
    assertRefused("good: it is NPY of version 0.0, but 1.0, 2.0 and 3.0 are read", () -> matrix(other));
    other[6] = 2;
    other[7] = 1;
    assertRefused("good: it is NPY of version 2.1, but 1.0, 2.0 and 3.0 are read", () -> matrix(other));
  }

  @Test
  void refusesAHeaderThatIsNotWhole() {
    String message = "good: it ends within its header";
    assertRefused(message, () -> matrix(Arrays.copyOf(GOOD, 8)));
    assertRefused(message, () -> matrix(Arrays.copyOf(GOOD, 9)));
    assertRefused(message, () -> matrix(Arrays.copyOf(GOOD, 127)));
    byte[] second = resource("numpy/version-2.npy");
    assertRefused(message, () -> matrix(Arrays.copyOf(second, 11)));
    second[11] = (byte) 0xff;
    assertRefused(
        "good: its header says it has 4278190196 bytes, but that of an array of numbers has at most 65535",
        () -> matrix(second));
  }

  /** A caret stands where the text is damaged. */
  @ParameterizedTest
  @ValueSource(strings = {
    "^",
    "^[1]",
    "{^",
    "{^descr: '<i2', 'fortran_order': False, 'shape': (2, 3)}",
    "{'descr '^<i2', 'fortran_order': False, 'shape': (2, 3)}",
    "{'descr': ^'<i\\x32', 'fortran_order': False, 'shape': (2, 3)}",
    "{'descr': ^'<i2, \"fortran_order\": False, \"shape\": (2, 3)}",
    "{'descr': '<i2' ^'fortran_order': False, 'shape': (2, 3)}",
    "{'descr': '<i2', 'fortran_order': ^false, 'shape': (2, 3)}",
    "{'descr': '<i2', 'fortran_order': ^",
    "{'descr': '<i2', 'fortran_order': False^0, 'shape': (2, 3)}",
    "{'descr': '<i2', 'fortran_order': False, 'shape': ^6}",
    "{'descr': '<i2', 'fortran_order': False, 'shape': (6^)}",
    "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3^",
    "{'descr': '<i2', 'fortran_order': False, 'shape': (2, ^x)}",
    "{'descr': '<i2', 'fortran_order': False, 'shape': (2^.0, 3)}",
    "{'descr': '<i2', 'fortran_order': False, 'shape': (2, ^1000000000000000000)}",
    "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3 ^4)}",
    "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3)^",
    "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3)} ^{"
  })
  void saysWhereTheHeaderIsDamaged(String text) {
    assertRefused(
        "good: its header cannot be read: it is damaged at character " + text.indexOf('^'),
        () -> matrix(npy(text.replace("^", ""))));
  }

  /** Their product as a long is 0, so that the array would seem to have no values. */
  @ParameterizedTest
  @ValueSource(strings = {"1, 65536, 65536, 65536, 65536", "1, 1073741824, 17179869184"})
  void refusesDimensionsWhoseProductIsTooLargeForALong(String shape) {
    assertRefused(
        "good: its header says " + shape.replace(", ", " x ") + " values, more than the 2147483639 that fit in an array",
        () -> matrix(npy("{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + ")}")));
  }

  @Test
  void saysThatAShapeIsNegative() {
    assertRefused(
        "good: its header cannot be read: it has a negative number at character 51, but no shape does",
        () -> matrix(npy("{'descr': '<i2', 'fortran_order': False, 'shape': (-2, 3)}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{}",
    "{'descr': '<i2', 'fortran_order': False}",
    "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), 'name': 'x'}",
    "{'descr': True, 'fortran_order': False, 'shape': (2, 3)}",
    "{'descr': '<i2', 'fortran_order': (), 'shape': (2, 3)}",
    "{'descr': '<i2', 'fortran_order': False, 'shape': '(2, 3)'}"
  })
  void refusesAHeaderThatIsNotNumPys(String dict) {
    assertRefused(
        "good: its header does not have a descr, a fortran_order and a shape as NumPy writes them",
        () -> matrix(npy(dict)));
  }

  @Test
  void refusesAKeyTwiceAndTooManyDimensions() {
    assertRefused(
        "good: its header cannot be read: it has \"shape\" twice",
        () -> matrix(npy("{'shape': (2, 3), 'descr': '<i2', 'fortran_order': False, 'shape': (2, 3)}")));
    String ones = "1, ".repeat(65);
    assertRefused(
        "good: its header does not have a descr, a fortran_order and a shape as NumPy writes them",
        () -> matrix(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (" + ones + ")}", 1)));
  }

  /** As many dimensions, and as long a header, as there may be. */
  @Test
  void readsTheLongestHeader() throws IOException {
    String dict = "{'descr': '|i1', 'fortran_order': False, 'shape': (" + "1, ".repeat(64) + ")}";
    assertEquals(Matrix.of(1, 1, 7), matrix(npy(dict + " ".repeat(65_535 - dict.length()), 7)));
    assertRefused(
        "good: its header says it has 65536 bytes, but that of an array of numbers has at most 65535",
        () -> matrix(bytes(0x93, "NUMPY", 2, 0, 0, 0, 1, 0, new byte[65_536])));
  }

  /** Version 3.0 is for names that Latin-1 has not. */
  @Test
  void readsTextAsTheVersionHasIt() {
    byte[] dict = bytes("{'descr': '<", 0xc3, 0xa9, "', 'fortran_order': False, 'shape': (1,)}");
    String rest = "\", but numbers are read: b1, i1, i2, i4, i8, u1, u2, u4, u8, f2, f4 and f8";
    for (int version = 2; version <= 3; version++) {
      byte[] file = bytes(0x93, "NUMPY", version, 0, dict.length, 0, 0, 0, dict);
      assertRefused("good: its values are of type \"<" + (version == 2 ? "\u00c3\u00a9" : "\u00e9") + rest, () -> matrix(file));
    }
  }

  @Test
  void refusesSpansOfTime() {
    assertRefused(
        "good: its values are dates or times, of type \"<m8[s]\", but numbers are read: "
            + "b1, i1, i2, i4, i8, u1, u2, u4, u8, f2, f4 and f8",
        () -> matrix(row("<m8[s]", 1, new byte[8])));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "i", "i2", "|i2", "=i4", "=i1", "xb1", "<f16", "<i3", "<b4", "object"})
  void refusesOtherTypes(String descr) {
    assertRefused(
        "good: its values are of type \"" + descr
            + "\", but numbers are read: b1, i1, i2, i4, i8, u1, u2, u4, u8, f2, f4 and f8",
        () -> matrix(row(descr, 1, 1, 2, 3, 4)));
  }

  @Test
  void refusesAHeaderThatLies() {
    String message = "good: its header says 2 x 3 I16 values, 12 bytes in all, but ";
    byte[] shorter = Arrays.copyOf(GOOD, GOOD.length - 1);
    byte[] longer = Arrays.copyOf(GOOD, GOOD.length + 1);
    assertRefused(message + "11 follow", () -> matrix(shorter));
    assertRefused(message + "11 follow", () -> matrix(gzip(shorter)));
    assertRefused(message + "13 follow", () -> matrix(longer));
    assertRefused(message + "more follow", () -> matrix(gzip(longer)));
    assertRefused(
        "good: its header says 2000000000 F32 values, 8000000000 bytes in all, but 4 follow",
        () -> matrix(gzip(row("<f4", 2_000_000_000, 1, 2, 3, 4))));
    assertRefused(
        "good: its header says 100000 x 100000 values, more than the 2147483639 that fit in an array",
        () -> matrix(gzip(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 100000)}"))));
    assertRefused(
        "good: its header says 1 x 999999999999999999 values, more than the 2147483639 that fit in an array",
        () -> matrix(gzip(npy("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 999999999999999999)}"))));
  }

  /** Larger than a piece that is read at once: what is said of a row, or of how much there is, is of the file. */
  @Test
  void saysWhatIsWrongBehindTheFirstPiece() {
    byte[] labels = new byte[80_000];
    Arrays.fill(labels, 4 * 17_000, 4 * 17_001, (byte) 0xff);
    assertRefused("good: label 4294967295 in row 17000 does not fit an int", () -> labels(row("<u4", 20_000, labels)));
    assertRefused(
        "good: its header says 20000 U32 values, 80000 bytes in all, but 70001 follow",
        () -> labels(gzip(row("<u4", 20_000, Arrays.copyOf(labels, 70_001)))));
  }

  @Test
  void writesWhatNumPyWrites() throws IOException {
    Path file = folder.resolve("x.npy");
    Npy.write(file, Matrix.of(2, 3, 0, -0.25f, -0.5f, -0.75f, -12.5f, -31.75f));
    assertArrayEquals(resource("numpy/float32.npy"), Files.readAllBytes(file));
    Npy.write(file, 3, 0, 2);
    assertArrayEquals(resource("numpy/int32.npy"), Files.readAllBytes(file));
  }

  @Test
  void readsBackWhatItWrites() throws IOException {
    Path file = folder.resolve("x.npy");
    int[] labels = new int[50_001];
    Matrix matrix = Matrix.zeros(50_001, 3);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i * 85_899;
      matrix.set(i, 1, Float.intBitsToFloat(labels[i]));
    }
    Npy.write(file, matrix);
    assertEquals(matrix, Npy.matrix(file));
    Npy.write(file, labels);
    assertArrayEquals(labels, Npy.labels(file));
    Npy.write(file, Matrix.zeros(0, 7));
    assertEquals("0 x 7", Npy.matrix(file).shape());
    Npy.write(file);
    assertEquals(0, Npy.labels(file).length);
  }

  @Test
  void writesAWholeFileOrNone() {
    Path nowhere = folder.resolve("nowhere/x.npy");
    String message = assertThrows(IOException.class, () -> Npy.write(nowhere, Matrix.zeros(1, 1))).getMessage();
    assertEquals("cannot write " + nowhere + ": there is no directory " + folder.resolve("nowhere"), message);
  }

  @Test
  @Tag("damage")
  void survivesDamage() {
    String[] tokens = {"'<f4'", "'>f8'", "'|O'", "True", "(1, 2, 3)", "(", ")", "99999999", "0", ",", "{", "}", "'"};
    byte[] labels = row("|u1", 3, 7, 0, 255);
    byte[] doubles = npy(
        "{'descr': '>f8', 'fortran_order': True, 'shape': (2, 2)}", 1, 2, 3, 4, 5, 6, 7, 8, new byte[24]);
    Mutations damage =
        Mutations.of(GOOD, resource("numpy/version-3.npy"), doubles).tokens(tokens).allocatingAtMost(MOST_ALLOCATED);
    damage.check(NpyTest::matrix);
    damage.check(bytes -> {
      DecodedInput in = TestFiles.ofUnknownSize(bytes);
      assertTrue(NpyHeader.read(in).matrix(in).data().length < MOST_ALLOCATED);
    });
    Mutations.of(labels, row("<u8", 1, 1, new byte[7]))
        .tokens(tokens)
        .allocatingAtMost(MOST_ALLOCATED)
        .check(NpyTest::labels);
    Mutations.of(gzip(GOOD)).allocatingAtMost(MOST_ALLOCATED).check(NpyTest::matrix);
  }
}
