package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.nn.Matrix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The layout of a file to the byte, and what is refused of it. */
class TensorFileTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir
  private Path directory;

  private Path file() {
    return directory.resolve("x.safetensors");
  }

  private TensorFile read(byte[] bytes) throws IOException {
    Bytes.write(file(), bytes);
    return TensorFile.read(file(), Long.MAX_VALUE);
  }

  @Test
  void writesTheHeaderAndThenTheNumbers() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("b", "1");
    metadata.put("a", "é\n");
    TensorFile.write(file(), metadata, List.of(
        Tensor.matrix("w", Matrix.of(2, 3, 1, 2, 3, 4, 5, 6)),
        Tensor.vector("b", Matrix.of(1, 2, -1, 0.5f)),
        Tensor.matrix("none", Matrix.zeros(0, 3))));
    String expected = "{\"__metadata__\":{\"b\":\"1\",\"a\":\"é\\u000a\",\"crc32c\":\"" + crcOfThat() + "\"},"
        + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]},"
        + "\"none\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[32,32]}}";
    assertEquals(expected, Bytes.header(file()).stripTrailing());
    assertEquals(0, Bytes.header(file()).getBytes(StandardCharsets.UTF_8).length % 8, "the data are aligned");
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, -1, 0.5f}, Bytes.floats(file()));
  }

  @Test
  void alignsTheNumbersBehindAnyHeader() throws IOException {
    for (int length = 1; length <= 8; length++) {
      TensorFile.write(file(), Map.of(), List.of(Tensor.vector("a".repeat(length), Matrix.of(1, 1, 1))));
      assertEquals(0, (Files.size(file()) - Float.BYTES) % 8);
    }
  }

  /** Bit by bit from the definition: the polynomial 0x1EDC6F41, reflected, all bits inverted before and after. */
  private static String crcOfThat() {
    String tensors = crc("b\0F32\0[2]\0", -1, 0.5f) + "\0"
        + crc("none\0F32\0[0, 3]\0") + "\0"
        + crc("w\0F32\0[2, 3]\0", 1, 2, 3, 4, 5, 6) + "\0";
    return crc("a\0é\n\0b\0001\0" + tensors);
  }

  private static String crc(String strings, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(strings.getBytes(StandardCharsets.UTF_8));
    for (float value : values) {
      bytes.putFloat(value);
    }
    int crc = -1;
    for (byte b : Arrays.copyOf(bytes.array(), bytes.position())) {
      crc ^= Byte.toUnsignedInt(b);
      for (int i = 0; i < 8; i++) {
        crc = (crc >>> 1) ^ ((crc & 1) * 0x82f63b78);
      }
    }
    return String.format("%08x", ~crc);
  }

  /** Sizes around those of the pieces in which numbers are converted, and bits that arithmetic would not keep. */
  @Test
  void numbersComeBackBitByBit() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int cols : new int[] {0, 1, 16_383, 16_384, 16_385, 40_000}) {
      Matrix values = Matrix.zeros(3, cols);
      for (int i = 0; i < values.data().length; i++) {
        values.data()[i] = Float.intBitsToFloat(i * 0x9e3779b9 + cols);
      }
      Tensor tensor = Tensor.matrix("t" + cols, values);
      tensors.put(tensor.name(), tensor);
    }
    TensorFile.write(file(), Map.of("a", "b"), tensors.values());
    TensorFile back = TensorFile.read(file(), Long.MAX_VALUE);
    assertEquals(List.copyOf(tensors.keySet()), List.copyOf(back.tensors().keySet()));
    for (Tensor tensor : back.tensors().values()) {
      Tensor expected = tensors.get(tensor.name());
      assertEquals(expected.shape(), tensor.shape());
      assertArrayEquals(bits(expected), bits(tensor));
    }
    assertEquals("b", back.metadata().get("a"));
  }

  private static int[] bits(Tensor tensor) {
    float[] data = tensor.values().data();
    int[] bits = new int[data.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(data[i]));
    return bits;
  }

  /** As other programs copy a file: sorted by name, the metadata in any order, the JSON spelt as they like. */
  @Test
  void theChecksumHoldsInAnyOrder() throws IOException {
    Tensor b = Tensor.vector("b", Matrix.of(1, 1, 1));
    Tensor a = Tensor.vector("a", Matrix.of(1, 1, 2));
    TensorFile.write(file(), Map.of("k", "v"), List.of(b, a));
    TensorFile content = TensorFile.read(file(), Long.MAX_VALUE);
    String crc = content.metadata().get(Checksum.KEY);
    String tensor = "\": {\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":";
    String header = "{\"a" + tensor + "[0,4]}, \"b" + tensor + "[4,8]},"
        + "\"__metadata__\": {\"crc32c\":\"" + crc + "\",\"\\u006b\":\"v\"}}";
    byte[] copy = Bytes.file(header, 8);
    ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putFloat(copy.length - 8, 2).putFloat(copy.length - 4, 1);
    assertEquals(content, read(copy));
    copy[copy.length - 1] ^= 1;
    assertThrows(ModelFileException.class, () -> read(copy));
  }

  @Test
  void readsAnyOrderAndSpelling() throws IOException {
    TensorFile content = read(Bytes.file(
        "{ \"b\" : {\"data_offsets\":[8,12],\"dtype\":\"F32\",\"shape\":[1,1]},\n\"\\u0061\":{\"shape\":[2],"
            + "\"dtype\":\"F32\",\"data_offsets\":[0,8]}}  ", 12));
    assertEquals(List.of("a", "b"), List.copyOf(content.tensors().keySet()));
    assertEquals(Map.of(), content.metadata());
    assertEquals(Map.of(), read(Bytes.file("{}", 0)).tensors());
  }

  /** One without numbers has no bytes, so its offsets may be those where another begins; in any order. */
  @Test
  void readsTensorsWithoutNumbersWhereOthersBegin() throws IOException {
    String one = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    String none = "\"b\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";
    for (String header : List.of("{" + one + "," + none + "}", "{" + none + "," + one + "}")) {
      Map<String, Tensor> tensors = read(Bytes.file(header, 4)).tensors();
      assertEquals(List.of(1), tensors.get("a").shape());
      assertEquals(List.of(0), tensors.get("b").shape());
    }
  }

  record Damaged(String header, int zeros, String message) {}

  private static Damaged tensor(String fields, int zeros, String message) {
    return new Damaged("{\"t\":{" + fields + "}}", zeros, "tensor \"t\" " + message);
  }

  private static Damaged two(String first, String second, int zeros, String message) {
    String tensor = "\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":";
    return new Damaged("{\"t" + tensor + first + "},\"u" + tensor + second + "}}", zeros, message);
  }

  private static final String FIELDS = "has something else than a dtype, a shape and data_offsets";
  private static final String OFFSETS = "has data_offsets that are not a beginning and an end";
  private static final String SHAPE = "has a shape that is not a list of lengths";

  private static final String SIZE = "has more numbers than fit in an array";

  static final List<Damaged> DAMAGED = List.of(
      new Damaged("", 0, "its header does not begin with {"),
      new Damaged(" {}", 0, "its header does not begin with {"),
      new Damaged("[]", 0, "its header does not begin with {"),
      new Damaged("{", 0, "the JSON ends too early"),
      new Damaged("{}\0", 0, "unexpected U+0000 at character 2 of the JSON"),
      new Damaged("{\"__metadata__\":[]}", 0, "its __metadata__ are not a map"),
      new Damaged("{\"__metadata__\":{\"a\":1}}", 0, "\"a\" in its __metadata__ is not a string"),
      new Damaged("{\"__metadata__\":{\"crc32c\":\"1\"}}", 0,
          "it is damaged, its checksum being 00000000 instead of \"1\""),
      new Damaged("{\"t\":1}", 0, "tensor \"t\" " + FIELDS),
      tensor("", 0, FIELDS),
      tensor("\"dtype\":\"F32\",\"shape\":[1]", 4, FIELDS),
      tensor("\"dtype\":\"F32\",\"shape\":[1],\"offsets\":[0,4]", 4, FIELDS),
      tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"strides\":[1]", 4, FIELDS),
      tensor("\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]", 4, FIELDS),
      tensor("\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]", 4, FIELDS),
      tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":4", 4, FIELDS),
      tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4]", 4, OFFSETS),
      tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]", 4, OFFSETS),
      tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4.0]", 4, OFFSETS),
      tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[\"0\",4]", 4, OFFSETS),
      tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]", 4, OFFSETS),
      tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]", 4, OFFSETS),
      tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,18446744073709551620]", 4, OFFSETS),
      tensor("\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]", 4, SHAPE),
      tensor("\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]", 4, SHAPE),
      tensor("\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]", 4, SHAPE),
      tensor("\"dtype\":\"F32\",\"shape\":[2147483648],\"data_offsets\":[0,4]", 4, SIZE),
      tensor("\"dtype\":\"U8\",\"shape\":[2147483640],\"data_offsets\":[0,2147483640]", 4, SIZE),
      tensor("\"dtype\":\"U8\",\"shape\":[1,2147483640],\"data_offsets\":[0,2147483640]", 4, SIZE),
      tensor("\"dtype\":\"F32\",\"shape\":[65536,32768],\"data_offsets\":[0,4]", 4, SIZE),
      tensor("\"dtype\":\"F32\",\"shape\":[0,65536,32768],\"data_offsets\":[0,0]", 0, SIZE),
      tensor("\"dtype\":\"F32\",\"shape\":[9223372036854775807,3],\"data_offsets\":[0,4]", 4, SIZE),
      tensor("\"dtype\":\"F32\",\"shape\":[4,4611686018427387904],\"data_offsets\":[0,0]", 0, SIZE), // 0 as a long
      tensor("\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,1]", 1,
          "is of type \"C64\", which is none of [F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL]"),
      tensor("\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,20]", 20,
          "of 2 x 3 F32 has 24 bytes, but its data_offsets hold 20"),
      tensor("\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,4]", 4,
          "of a single number F16 has 2 bytes, but its data_offsets hold 4"),
      tensor("\"dtype\":\"F32\",\"shape\":[1,2,3,1,1,1,1,4],\"data_offsets\":[0,4]", 4,
          "of 1 x 2 x 3 x 1 x 1 x 1 x 1 x 4 F32 has 96 bytes, but its data_offsets hold 4"),
      new Damaged("{\"t\":{\"dtype\":\"U8\",\"shape\":[2147483639],\"data_offsets\":[0,2147483639]}}", 4,
          "its header tells of 2147483639 bytes of data, but 4 bytes follow it"),
      two("[0,4]", "[4,8]", 7, "its header tells of 8 bytes of data, but 7 bytes follow it"),
      two("[0,4]", "[4,8]", 9, "its header tells of 8 bytes of data, but 9 bytes follow it"),
      two("[4,8]", "[8,12]", 12, "the data of tensor \"t\" begin at byte 4, but those before it end at 0"),
      two("[0,4]", "[3,7]", 7, "the data of tensor \"u\" begin at byte 3, but those before it end at 4"),
      two("[0,4]", "[4,9]", 9, "tensor \"u\" of 4 U8 has 4 bytes, but its data_offsets hold 5"),
      two("[5,9]", "[0,4]", 9, "the data of tensor \"t\" begin at byte 5, but those before it end at 4"),
      two("[0,4]", "[0,4]", 4, "the data of tensor \"u\" begin at byte 0, but those before it end at 4"));

  @ParameterizedTest
  @FieldSource("DAMAGED")
  void refusesWhatIsDamaged(Damaged damaged) throws IOException {
    assertRefused(damaged.message, Bytes.file(damaged.header, damaged.zeros));
  }

  /** A message is for people: a shape of a megabyte is not shown whole. */
  @Test
  void showsTheFirstDimensionsOfMany() throws IOException {
    String shape = "[2" + ",1".repeat(1_000_000) + "]";
    assertRefused(
        "tensor \"t\" of 2 x 1 x 1 x 1 x 1 x 1 x 1 x 1 x … F32 has 8 bytes, but its data_offsets hold 4",
        Bytes.file("{\"t\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[0,4]}}", 4));
  }

  @Test
  void refusesHeadersThatTheFileDoesNotHave() throws IOException {
    assertRefused("it has 0 bytes, fewer than the length of a header", new byte[0]);
    assertRefused("it has 7 bytes, fewer than the length of a header", new byte[7]);
    assertRefused("its header would have 3 bytes, but 2 bytes follow", new byte[] {3, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
    byte[] ones = {-1, -1, -1, -1, -1, -1, -1, -1};
    assertRefused("it is not a Lanewise model, nor any other safetensors file", ones);
    byte[] text = "sepal_length,sepal_width\n".getBytes(StandardCharsets.UTF_8);
    assertRefused("it is not a Lanewise model, nor any other safetensors file", text);
    assertRefused("its header would have 16777216 bytes, but 0 bytes follow", new byte[] {0, 0, 0, 1, 0, 0, 0, 0});
    assertRefused("it is not a Lanewise model, nor any other safetensors file", new byte[] {1, 0, 0, 1, 0, 0, 0, 0});
    byte[] long24 = Bytes.file(" ".repeat(1 + (1 << 24)), 0);
    assertRefused("its header has 16777217 bytes, more than the limit of 16777216", long24);
  }

  private void assertRefused(String message, byte[] bytes) throws IOException {
    Bytes.write(file(), bytes);
    assertRefused(message, file(), Long.MAX_VALUE);
  }

  @Test
  void refusesWhatIsNoFileOrLongerThanTheLimit() {
    assertRefused("it does not exist", file(), Long.MAX_VALUE);
    assertRefused("it is not a regular file", directory, Long.MAX_VALUE);
    TensorFile.write(file(), Map.of(), List.of(Tensor.vector("t", Matrix.zeros(1, 100))));
    long length = file().toFile().length();
    assertEquals(1, TensorFile.read(file(), length).tensors().size());
    assertRefused("it has " + length + " bytes, more than the limit of " + (length - 1), file(), length - 1);
  }

  @Test
  void refusesAStreamLongerThanTheLimit() throws IOException {
    TensorFile.write(file(), Map.of(), List.of(Tensor.vector("t", Matrix.of(1, 1, 5))));
    byte[] bytes = Files.readAllBytes(file());
    int length = bytes.length;
    assertEquals(TensorFile.read(file(), length), TensorFile.read(new ByteArrayInputStream(bytes), length, header -> {}));
    byte[] longer = Arrays.copyOf(bytes, length + 1); // by a zero
    ModelFileException e = assertThrows(
        ModelFileException.class, () -> TensorFile.read(new ByteArrayInputStream(longer), length, header -> {}));
    assertEquals("cannot read the stream: it has more bytes than the limit of " + length, e.getMessage());
  }

  private static void assertRefused(String message, Path file, long limit) {
    ModelFileException e = assertThrows(ModelFileException.class, () -> TensorFile.read(file, limit));
    assertEquals("cannot read " + file + ": " + message, e.getMessage());
  }

  @Test
  void refusesToWriteAHeaderThatItWouldNotRead() {
    Map<String, String> metadata = Map.of("a", "x".repeat(1 << 24));
    ModelFileException e =
        assertThrows(ModelFileException.class, () -> TensorFile.write(file(), metadata, List.of()));
    String start = "cannot write " + file() + ": its names and metadata would make a header of 16777";
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
    assertTrue(e.getMessage().endsWith(" bytes, more than the limit of 16777216"), e.getMessage());
    assertTrue(Files.notExists(file()));
  }

  @Test
  void writesTheLongestHeaderThatItReads() {
    String rest = "{\"__metadata__\":{\"crc32c\":\"00000000\"},\"\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}";
    String name = "x".repeat(TensorFile.HEADER_LIMIT - rest.length());
    TensorFile.write(file(), Map.of(), List.of(Tensor.matrix(name, Matrix.zeros(1, 1))));
    assertEquals(Long.BYTES + TensorFile.HEADER_LIMIT + Float.BYTES, file().toFile().length());
    assertEquals(Set.of(name), TensorFile.read(file(), Long.MAX_VALUE).tensors().keySet());
  }

  /** Whatever one bit of a file becomes, and wherever it ends: it is refused, or says what it said. */
  @Test
  void noBitCanBeChangedUnnoticed() throws IOException {
    TensorFile.write(file(), Map.of("network", "{\"slope\":0.01}"), List.of(
        Tensor.matrix("w", Matrix.of(2, 2, 1, 2, 3, 4)), Tensor.vector("b", Matrix.of(1, 1, 5))));
    byte[] good = Files.readAllBytes(file());
    TensorFile expected = read(good);
    int unnoticed = 0;
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] damaged = good.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        TensorFile content = read(damaged);
        if (content.metadata().containsKey(Checksum.KEY)) {
          assertEquals(expected, content, "bit " + bit);
        } else {
          unnoticed++;
        }
      } catch (ModelFileException e) {
        assertTrue(e.getMessage().startsWith("cannot read " + file()), e.getMessage());
      }
    }
    assertTrue(unnoticed <= 8 * Checksum.KEY.length(), "a checksum of another name is none, but that alone");
    for (int length = 0; length < good.length; length++) {
      byte[] shorter = Arrays.copyOf(good, length);
      assertThrows(ModelFileException.class, () -> read(shorter));
    }
    assertThrows(ModelFileException.class, () -> read(Arrays.copyOf(good, good.length + 1)));
  }

  /** Each of these files claims to hold gigabytes. */
  @Test
  void allocatesNothingForWhatAFileOnlyClaimsToHold() throws IOException {
    String gigabytes = "\"dtype\":\"F32\",\"shape\":[536870911],\"data_offsets\":[0,2147483644]";
    List<byte[]> files = List.of(
        Bytes.file("{\"t\":{" + gigabytes + "}}", 4),
        Bytes.file("{\"t\":{\"dtype\":\"F32\",\"shape\":[536870911],\"data_offsets\":[0,4]}}", 4),
        new byte[] {0, 0, 0, 1, 0, 0, 0, 0, '{', '}'},
        new byte[] {0, 0, 0, 0, 0, 0, 0, 0x40, '{', '}'});
    for (byte[] bytes : files) {
      Files.write(file(), bytes);
      assertThrows(ModelFileException.class, () -> TensorFile.read(file(), Long.MAX_VALUE)); // what comes first loads classes
      long before = THREADS.getCurrentThreadAllocatedBytes();
      assertThrows(ModelFileException.class, () -> TensorFile.read(file(), Long.MAX_VALUE));
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < 1 << 18, () -> allocated + " bytes");
    }
  }

  /** Headers that have as much in them as fits: lists, maps and names of one byte or none. */
  @Test
  void allocatesInProportionToTheHeader() throws IOException {
    for (String filler : List.of("[],", "{},", "0,", "\"\",", "\"a\":0,", "\"\\n\",")) {
      boolean map = filler.contains(":");
      StringBuilder header = new StringBuilder(map ? "{" : "{\"t\":[");
      for (int i = 0; i < 100_000; i++) {
        header.append(map ? "\"" + i + "\":0," : filler);
      }
      byte[] bytes = Bytes.file(header.append(map ? "\"\":0}" : "0]}").toString(), 0);
      Files.write(file(), bytes);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      assertThrows(ModelFileException.class, () -> TensorFile.read(file(), Long.MAX_VALUE));
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < 48L * bytes.length, () -> filler + ": " + allocated + " bytes for " + bytes.length);
    }
  }
}
