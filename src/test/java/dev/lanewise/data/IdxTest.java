package dev.lanewise.data;

import static dev.lanewise.data.TestFiles.assertRefused;
import static dev.lanewise.data.TestFiles.bytes;
import static dev.lanewise.data.TestFiles.gzip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class IdxTest {

  /** Three images of 2 × 2 pixels. */
  private static final byte[] IMAGES = idx(8, new int[] {3, 2, 2}, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 128, 255);

  private static final byte[] LABELS = idx(8, new int[] {4}, 7, 0, 255, 1);

  /** For one of the small files here, whatever its header says. */
  private static final long MOST_ALLOCATED = 1 << 20;

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("train-idx");
  }

  /** A file of one-byte values, or of larger ones whose bytes are given. */
  private static byte[] idx(int type, int[] dims, Integer... values) {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * dims.length).put(2, (byte) type).put(3, (byte) dims.length);
    for (int d = 0; d < dims.length; d++) {
      header.putInt(4 + 4 * d, dims[d]);
    }
    return bytes(header.array(), bytes((Object[]) values));
  }

  private Matrix images(byte[] content) throws IOException {
    return Idx.images(Files.write(file, content));
  }

  private int[] labels(byte[] content) throws IOException {
    return Idx.labels(Files.write(file, content));
  }

  @Test
  void readsImagesPlainAndGzip() throws IOException {
    Matrix expected = Matrix.of(3, 4, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 128, 255);
    assertEquals(expected, images(IMAGES));
    assertEquals(expected, images(gzip(IMAGES)));
  }

  @Test
  void scalesPixelsToUnitRange() throws IOException {
    Matrix unit = Idx.unitImages(Files.write(file, gzip(IMAGES)));
    assertEquals("3 x 4", unit.shape());
    assertArrayEquals(new float[] {8 / 255f, 9 / 255f, 128 / 255f, 1}, unit.row(2));
    assertEquals(0, unit.get(0, 0));
  }

  @Test
  void readsLabelsPlainAndGzip() throws IOException {
    int[] expected = {7, 0, 255, 1};
    assertArrayEquals(expected, labels(LABELS));
    assertArrayEquals(expected, labels(gzip(LABELS)));
    assertArrayEquals(expected, labels(idx(8, new int[] {4, 1}, 7, 0, 255, 1)));
  }

  /** Each type, the bytes of two values and these. */
  static final List<Arguments> TYPES = List.of(
      argumentSet("unsigned bytes", 0x08, new Integer[] {1, 0xff}, new float[] {1, 255}),
      argumentSet("bytes", 0x09, new Integer[] {0x80, 0x7f}, new float[] {-128, 127}),
      argumentSet("shorts", 0x0b, new Integer[] {0x80, 1, 0x12, 0x34}, new float[] {-32767, 0x1234}),
      argumentSet(
          "ints", 0x0c, new Integer[] {0xff, 0xff, 0xff, 0xfe, 1, 2, 3, 4}, new float[] {-2, 0x01020304}),
      argumentSet(
          "floats", 0x0d, new Integer[] {0xc0, 0x20, 0, 0, 0x3d, 0xcc, 0xcc, 0xcd}, new float[] {-2.5f, 0.1f}),
      argumentSet(
          "doubles",
          0x0e,
          new Integer[] {0xc0, 4, 0, 0, 0, 0, 0, 0, 0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a},
          new float[] {-2.5f, 0.1f}));

  @ParameterizedTest
  @FieldSource("TYPES")
  void readsEveryType(int type, Integer[] bytes, float[] values) throws IOException {
    Matrix expected = Matrix.of(2, 1, values);
    assertEquals(expected, images(idx(type, new int[] {2}, bytes)));
    assertEquals(expected, images(gzip(idx(type, new int[] {2}, bytes))));
    if (type < 0x0d) {
      assertArrayEquals(new int[] {(int) values[0], (int) values[1]}, labels(idx(type, new int[] {2}, bytes)));
    }
  }

  @Test
  void readsIntsExactlyAsLabels() throws IOException {
    int[] expected = {Integer.MAX_VALUE, 16_777_217};
    assertArrayEquals(expected, labels(idx(0x0c, new int[] {2}, 0x7f, 0xff, 0xff, 0xff, 1, 0, 0, 1)));
  }

  @Test
  void readsDimensionsOfEveryNumber() throws IOException {
    assertEquals("0 x 784", images(idx(8, new int[] {0, 28, 28})).shape());
    assertEquals("3 x 0", images(idx(8, new int[] {3, 0, 28})).shape());
    assertEquals(Matrix.of(1, 1, 9), images(idx(8, new int[] {1, 1, 1, 1, 1}, 9)));
    int[] ones = new int[255];
    Arrays.fill(ones, 1);
    ones[200] = 2;
    assertEquals(Matrix.of(1, 2, 3, 4), images(idx(8, ones, 3, 4)));
    assertArrayEquals(new int[0], labels(idx(8, new int[] {0})));
  }

  /** So that values come in several chunks, and a gzip's in an array that grows. */
  @Test
  void readsFilesLargerThanABuffer() throws IOException {
    int rows = 123_457;
    byte[] shorts = idx(0x0b, new int[] {rows, 3});
    ByteBuffer large = ByteBuffer.allocate(shorts.length + 6 * rows).put(shorts);
    float[] values = new float[3 * rows];
    int[] labels = new int[3 * rows];
    for (int i = 0; i < values.length; i++) {
      short value = (short) (i * 31);
      large.putShort(value);
      values[i] = value;
      labels[i] = value;
    }
    Matrix expected = Matrix.of(rows, 3, values);
    assertEquals(expected, images(large.array()));
    assertEquals(expected, images(gzip(large.array())));
    large.putInt(4, 3 * rows).putInt(8, 1);
    assertArrayEquals(labels, labels(gzip(large.array())));
  }

  @Test
  void refusesWhatIsNoIdx() {
    String message =
        file + ": it is no IDX file: such a file begins with two bytes of zero and two that describe its values";
    assertRefused(message, () -> images(new byte[0]));
    assertRefused(message, () -> images(new byte[3]));
    assertRefused(message, () -> images(bytes(0, 1, 8, 1, 0, 0, 0, 1, 9)));
    assertRefused(message, () -> images(bytes(1, 0, 8, 1, 0, 0, 0, 1, 9)));
    assertRefused(message, () -> images(bytes("a,b,c\n1,2,3\n")));
    assertRefused(message, () -> labels(gzip(bytes("a,b,c\n1,2,3\n"))));
    assertRefused(
        file + ": its values are of type 10, which IDX does not have", () -> images(idx(10, new int[] {1}, 1)));
    assertRefused(
        file + ": its values are of type 255, which IDX does not have", () -> images(idx(255, new int[] {1}, 1)));
    assertRefused(file + ": its header says 0 dimensions, so it has no rows", () -> images(idx(8, new int[0])));
    assertRefused(
        file + ": it ends within its header, which says 3 dimensions", () -> images(Arrays.copyOf(IMAGES, 15)));
  }

  @Test
  void refusesAHeaderThatLies() {
    String message = file + ": its header says 3 x 2 x 2 U8 values, 12 bytes in all, but ";
    byte[] shorter = Arrays.copyOf(IMAGES, IMAGES.length - 1);
    byte[] longer = Arrays.copyOf(IMAGES, IMAGES.length + 1);
    assertRefused(message + "11 follow", () -> images(shorter));
    assertRefused(message + "11 follow", () -> images(gzip(shorter)));
    assertRefused(message + "13 follow", () -> images(longer));
    assertRefused(message + "more follow", () -> images(gzip(longer)));
    assertRefused(
        file + ": its header says 4 U8 values, 4 bytes in all, but more follow",
        () -> labels(gzip(Arrays.copyOf(LABELS, 100))));
  }

  /** Nothing is allocated for them: they would not fit this JVM's memory. */
  @Test
  void refusesAHugeHeader() {
    byte[] huge = idx(8, new int[] {1_000_000, 2_000}, 1, 2, 3);
    String lie = file + ": its header says 1000000 x 2000 U8 values, 2000000000 bytes in all, but 3 follow";
    assertRefused(lie, () -> images(huge));
    assertRefused(lie, () -> images(gzip(huge)));
    assertRefused(
        file + ": its header says 2000000000 U8 values, 2000000000 bytes in all, but 1 follow",
        () -> labels(gzip(idx(8, new int[] {2_000_000_000}, 1))));
    assertRefused(lie.replace("but 3", "but 0"), () -> images(idx(8, new int[] {1_000_000, 2_000})));
    assertRefused( // as many as fit in an array, by what they say
        file + ": its header says 2147483639 x 1 U8 values, 2147483639 bytes in all, but 1 follow",
        () -> images(idx(8, new int[] {2_147_483_639, 1}, 1)));
    assertRefused(
        file + ": its header says 1 x 2147483639 U8 values, 2147483639 bytes in all, but 1 follow",
        () -> images(idx(8, new int[] {1, 2_147_483_639}, 1)));
    String eight = "1 x 1 x 1 x 1 x 1 x 1 x 1 x 2"; // of nine the last is left out
    assertRefused(
        file + ": its header says " + eight + " U8 values, 2 bytes in all, but 1 follow",
        () -> images(idx(8, new int[] {1, 1, 1, 1, 1, 1, 1, 2}, 1)));
    String most = " values, more than the 2147483639 that fit in an array";
    assertRefused(
        file + ": its header says 60000 x 60000" + most, () -> images(gzip(idx(8, new int[] {60_000, 60_000}))));
    assertRefused(file + ": its header says 4294967295" + most, () -> labels(gzip(idx(8, new int[] {-1}))));
    assertRefused(file + ": its header says 0 x 4294967295" + most, () -> images(idx(8, new int[] {0, -1})));
    String all = "4294967295" + " x 4294967295".repeat(7) + " x …";
    int[] dims = new int[255];
    Arrays.fill(dims, -1);
    assertRefused(file + ": its header says " + all + most, () -> images(idx(14, dims)));
  }

  @Test
  void refusesMoreThanTheLimit() throws IOException {
    Files.write(file, gzip(IMAGES));
    assertEquals("3 x 4", Idx.images(file, 28).shape());
    String message = file + ": its header says 3 x 2 x 2 U8 values, 12 bytes in all, more than the limit of 27 "
        + "decoded bytes; a higher limit can be given";
    assertRefused(message, () -> Idx.images(file, 27));
    assertRefused(message, () -> Idx.unitImages(file, 27));
    Files.write(file, gzip(LABELS));
    assertEquals(4, Idx.labels(file, 12).length);
    assertThrows(DataException.class, () -> Idx.labels(file, 11));
  }

  @Test
  void refusesAGzipThatEndsEarly() {
    byte[] packed = gzip(IMAGES);
    assertRefused(
        file + ": the gzip ends early, after 28 decoded bytes", () -> images(Arrays.copyOf(packed, packed.length - 8)));
  }

  @Test
  void refusesValuesThatAreNoLabelsOrPixels() {
    assertRefused(file + ": it holds 3 x 2 x 2 values, but labels are one a row", () -> labels(IMAGES));
    assertRefused(
        file + ": it holds F32 values, but labels are whole numbers",
        () -> labels(idx(0x0d, new int[] {1}, 0, 0, 0, 0)));
    Path shorts = folder.resolve("shorts");
    assertRefused(
        shorts + ": it holds I16 values, but pixels from 0 to 255 are U8",
        () -> Idx.unitImages(Files.write(shorts, idx(0x0b, new int[] {1}, 0, 0))));
  }

  @Test
  void namesAFileThatIsMissing() {
    assertEquals(
        file.toString(), assertThrows(NoSuchFileException.class, () -> Idx.images(file)).getMessage());
  }

  @Test
  @Tag("damage")
  void survivesDamage() {
    byte[] shorts = idx(0x0b, new int[] {2, 3}, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6);
    byte[] doubles = idx(0x0e, new int[] {1}, 1, 2, 3, 4, 5, 6, 7, 8);
    Mutations damage = Mutations.of(IMAGES, LABELS, shorts, doubles).allocatingAtMost(MOST_ALLOCATED);
    damage.check(bytes -> readImages(TestFiles.open(bytes)));
    damage.check(bytes -> readImages(TestFiles.ofUnknownSize(bytes)));
    Mutations.of(LABELS, idx(0x0c, new int[] {2}, 0, 0, 0, 1, 0, 0, 0, 2))
        .allocatingAtMost(MOST_ALLOCATED)
        .check(bytes -> readLabels(TestFiles.ofUnknownSize(bytes)));
    Mutations.of(gzip(IMAGES)).allocatingAtMost(MOST_ALLOCATED).check(bytes -> readImages(TestFiles.open(bytes)));
  }

  private static void readImages(DecodedInput in) throws IOException {
    Idx.header(in).matrix(in);
  }

  private static void readLabels(DecodedInput in) throws IOException {
    Idx.header(in).labels(in);
  }
}
