package dev.lanewise.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.file.Replaced;
import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a model file holds, under which names, and the sentences that refuse another one. */
class ModelFileTest {

  private static final Matrix WEIGHT = Matrix.of(2, 3, 1, 2, 3, 4, 5, 6);
  private static final Matrix BIAS = Matrix.of(1, 3, 7, 8, 9);

  private static final Map<String, Object> NETWORK = Map.of(
      "inputs", 2,
      "layers", List.of(Map.of("outputs", 3, "activation", "leaky relu", "slope", 0.01, "bias", true, "norm", false)),
      "momentum", 1,
      "counter", Long.MAX_VALUE,
      "loss", Arrays.asList(0.5, 1, null));

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("iris.lanewise");
  }

  private ModelFile model() {
    ModelFile.builder()
        .json("network", NETWORK)
        .tensor("layers.0.weight", WEIGHT)
        .vector("layers.0.bias", BIAS)
        .write(file);
    return ModelFile.read(file);
  }

  @Test
  void holdsWhatWasWritten() {
    ModelFile model = model();
    assertEquals(file.toString(), model.name());
    assertEquals(List.of("layers.0.weight", "layers.0.bias"), List.copyOf(model.tensorNames()));
    assertEquals(WEIGHT, model.tensor("layers.0.weight", 2, 3));
    assertEquals(BIAS, model.tensor("layers.0.bias", 1, 3));
    assertTrue(model.hasTensor("layers.0.bias"));
    assertFalse(model.hasTensor("layers.1.bias"));
    assertTrue(model.hasJson("network"));
    assertFalse(model.hasJson("training"));
    JsonObject network = model.json("network");
    assertEquals(NETWORK.keySet(), network.keys());
    assertEquals(2, network.integer("inputs", 1, 2));
    assertEquals(Long.MAX_VALUE, network.integer("counter"));
    assertEquals(1.0, network.number("momentum"));
    assertArrayEquals(new double[] {0.5, 1, Double.NaN}, network.numbers("loss"));
    JsonObject layer = network.objects("layers").getFirst();
    assertEquals("leaky relu", layer.text("activation"));
    assertEquals(0.01, layer.number("slope"));
    assertTrue(layer.flag("bias"));
    assertFalse(layer.flag("norm"));
    assertEquals(Map.of("outputs", 3L, "activation", "leaky relu", "slope", 0.01, "bias", true, "norm", false), layer.asMap());
  }

  @Test
  void mapsLieWithinMaps() {
    ModelFile.builder().json("a", Map.of("b", Map.of("c", Collections.singletonMap("d", null)))).write(file);
    JsonObject c = ModelFile.read(file).json("a").object("b").object("c");
    assertEquals("{\"d\":null}", c.toString());
    assertFalse(c.has("d"));
    assertFalse(c.has("e"));
    assertMessage("a.b.c.d must be a string, but is null", () -> c.text("d"));
    assertMessage("a.b.c.e is missing, which must be a map", () -> c.object("e"));
  }

  /** JSON has no word for either: a string is put there, and null for what is no number. */
  @Test
  void infinitiesComeBack() {
    double[] numbers = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, -0.5};
    assertEquals(Arrays.asList("-Infinity", "Infinity", null, -0.5), JsonObject.list(numbers));
    ModelFile.builder().json("a", Map.of("b", JsonObject.list(numbers))).write(file);
    assertArrayEquals(numbers, ModelFile.read(file).json("a").numbers("b"));
    ModelFile.builder().json("a", Map.of("b", List.of("infinite"))).write(file);
    JsonObject other = ModelFile.read(file).json("a");
    assertMessage("a.b must be a list of numbers, but is a list of 1", () -> other.numbers("b"));
  }

  @Test
  void namesThePlaceOfAValueInAList() {
    ModelFile.builder().json("a", Map.of("list", List.of(Map.of(), 1), "map", Map.of("b", 1, "c", 2))).write(file);
    JsonObject a = ModelFile.read(file).json("a");
    assertMessage("a.list[1] must be a map, but is 1", () -> a.objects("list"));
    assertMessage("a.map must be a list, but is a map of 2", () -> a.objects("map"));
  }

  /** The layout that the page promises to programs of other languages. */
  @Test
  void isAFileOfSafetensors() throws IOException {
    model();
    Map<String, String> metadata = new LinkedHashMap<>(TensorFile.read(file, Long.MAX_VALUE).metadata());
    assertEquals(List.of("format", "version", "network", "crc32c"), List.copyOf(metadata.keySet()));
    assertEquals("lanewise", metadata.get("format"));
    assertEquals("1", metadata.get("version"));
    assertTrue(metadata.get("network").contains("\"inputs\":2"));
    String header = Bytes.header(file);
    assertTrue(header.contains("\"layers.0.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],"), "rows x columns");
    assertTrue(header.contains("\"layers.0.bias\":{\"dtype\":\"F32\",\"shape\":[3],"), "one dimension");
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, Bytes.floats(file));
  }

  @Test
  void equalModelsAreEqualFiles() throws IOException {
    model();
    byte[] first = Files.readAllBytes(file);
    model();
    assertArrayEquals(first, Files.readAllBytes(file));
  }

  @Test
  void refusesOtherShapes() {
    ModelFile model = model();
    assertMessage("layers.0.weight must be 3 x 2, but the file has 2 x 3", () -> model.tensor("layers.0.weight", 3, 2));
    assertMessage("layers.0.weight must be 1 x 6, but the file has 2 x 3", () -> model.tensor("layers.0.weight", 1, 6));
    assertMessage("layers.0.weight must be 3 x 3, but the file has 2 x 3", () -> model.tensor("layers.0.weight", 3, 3));
    assertMessage("layers.0.bias must be 1 x 4, but the file has 3", () -> model.tensor("layers.0.bias", 1, 4));
    assertMessage("layers.0.bias must be 3 x 1, but the file has 3", () -> model.tensor("layers.0.bias", 3, 1));
    assertMessage("it has no tensor layers.1.weight, which must be 3 x 4", () -> model.tensor("layers.1.weight", 3, 4));
    TensorFile.write(file, Map.of("format", "lanewise", "version", "1"), List.of(
        new Tensor("cube", List.of(2, 3, 1), WEIGHT), new Tensor("number", List.of(), Matrix.zeros(1, 1))));
    ModelFile other = ModelFile.read(file);
    assertMessage("cube must be 2 x 3, but the file has 2 x 3 x 1", () -> other.tensor("cube", 2, 3));
    assertMessage("number must be 2 x 3, but the file has a single number", () -> other.tensor("number", 2, 3));
    assertEquals(Matrix.zeros(1, 1), other.tensor("number", 1, 1));
  }

  @Test
  void refusesOtherValues() {
    ModelFile model = model();
    JsonObject network = model.json("network");
    JsonObject layer = network.objects("layers").getFirst();
    assertMessage("it has no \"training\" among its metadata", () -> model.json("training"));
    assertMessage("network.seed is missing, which must be a whole number", () -> network.integer("seed"));
    assertMessage("network.inputs must be from 3 to 9, but is 2", () -> network.integer("inputs", 3, 9));
    assertMessage("network.inputs must be from 0 to 1, but is 2", () -> network.integer("inputs", 0, 1));
    assertMessage("network.counter must be from 1 to 2147483647, but is 9223372036854775807",
        () -> network.integer("counter", 1, Integer.MAX_VALUE));
    assertMessage("network.inputs must be a string, but is 2", () -> network.text("inputs"));
    assertMessage("network.inputs must be a map, but is 2", () -> network.object("inputs"));
    assertMessage("network.inputs must be a list, but is 2", () -> network.objects("inputs"));
    assertMessage("network.layers must be true or false, but is a list of 1", () -> network.flag("layers"));
    assertMessage("network.layers must be a list of numbers, but is a list of 1", () -> network.numbers("layers"));
    assertMessage("network.loss[0] must be a map, but is 0.5", () -> network.objects("loss"));
    assertMessage("network.layers[0].slope must be a whole number, but is 0.01", () -> layer.integer("slope"));
    assertMessage("network.layers[0].activation must be a number, but is \"leaky relu\"",
        () -> layer.number("activation"));
    assertMessage("network.layers[0].activation must be known, but is \"leaky relu\"", () -> {
      throw layer.refuse("activation", "known");
    });
  }

  @Test
  void refusesWhatIsNoModelOfThisVersion() {
    assertRefused("it is not a model of Lanewise, its format being missing", Map.of());
    assertRefused("it is not a model of Lanewise, its format being \"pt\"", Map.of("format", "pt", "version", "1"));
    assertRefused("it is of version none, but only version 1 is known here", Map.of("format", "lanewise"));
    assertRefused("it is of version \"2\", but only version 1 is known here",
        Map.of("format", "lanewise", "version", "2"));
  }

  /** What is to be thought of the rest only the next version knows. */
  @Test
  void refusesAnotherVersionBeforeItReadsTheNumbers() throws IOException {
    String header = "{\"__metadata__\":{\"format\":\"lanewise\",\"version\":\"2\",\"crc32c\":\"of another kind\"},"
        + "\"t\":{\"dtype\":\"F32\",\"shape\":[1000000],\"data_offsets\":[0,4000000]}}";
    Bytes.write(file, Bytes.file(header, 4_000_000));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertMessage("it is of version \"2\", but only version 1 is known here", () -> ModelFile.read(file));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 1_000_000, () -> allocated + " bytes");
  }

  private void assertRefused(String message, Map<String, String> metadata) {
    TensorFile.write(file, metadata, List.of());
    assertMessage(message, () -> ModelFile.read(file));
  }

  @Test
  void refusesJsonThatIsDamaged() {
    Map<String, String> metadata = Map.of("format", "lanewise", "version", "1", "network", "{\"a\":", "training", "[]");
    TensorFile.write(file, metadata, List.of());
    ModelFile model = ModelFile.read(file);
    assertMessage("network is damaged: the JSON ends too early", () -> model.json("network"));
    assertMessage("training must be a map, but is a list of 0", () -> model.json("training"));
  }

  @Test
  void refusesFilesBeyondTheLimit() {
    model();
    long length = file.toFile().length();
    assertEquals(WEIGHT, ModelFile.read(file, length).tensor("layers.0.weight", 2, 3));
    assertMessage("it has " + length + " bytes, more than the limit of 99", () -> ModelFile.read(file, 99));
  }

  @Test
  void headersAreReadWithoutNumbers() throws IOException {
    ModelFile.builder().json("network", NETWORK).tensor("a", Matrix.zeros(1000, 1000)).vector("b", BIAS).write(file);
    ModelHeader header = ModelHeader.read(file);
    assertEquals(file.toString(), header.name());
    assertEquals(List.of("a", "b"), List.copyOf(header.tensorNames()));
    assertEquals(4_000_012, header.bytes());
    assertEquals(2, header.json("network").integer("inputs"));
    assertFalse(header.hasJson("training"));
    header.requireTensor("a", 1000, 1000);
    assertMessage("a must be 2 x 2, but the file has 1000 x 1000", () -> header.requireTensor("a", 2, 2));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    ModelHeader.read(file);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 1_000_000, () -> allocated + " bytes");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1; // a number, which is not looked at
    Bytes.write(file, bytes);
    assertEquals(4_000_012, ModelHeader.read(file).bytes());
  }

  @Test
  void headersAreRefusedAsFilesAre() throws IOException {
    assertMessage("it does not exist", () -> ModelHeader.read(file));
    TensorFile.write(file, Map.of("format", "lanewise", "version", "2"), List.of());
    assertMessage("it is of version \"2\", but only version 1 is known here", () -> ModelHeader.read(file));
    TensorFile.write(file, Map.of(), List.of());
    assertMessage("it is not a model of Lanewise, its format being missing", () -> ModelHeader.read(file));
    model();
    Bytes.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 1));
    assertMessage("its header tells of 36 bytes of data, but 35 bytes follow it", () -> ModelHeader.read(file));
  }

  /** Not that of the checksum's name either, without which nothing would be checked. */
  @Test
  void noBitOfAModelCanBeChangedUnnoticed() throws IOException {
    model();
    byte[] good = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] damaged = good.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Bytes.write(file, damaged);
      assertThrows(ModelFileException.class, () -> ModelFile.read(file), "bit " + bit);
    }
    Bytes.write(file, new String(good, ISO_8859_1).replace("crc32c", "crc32b").getBytes(ISO_8859_1));
    assertMessage("it is damaged, its checksum being named \"crc32b\" instead of \"crc32c\"", () -> ModelFile.read(file));
  }

  /** As by a program that changes something, which the page allows. */
  @Test
  void readsWhatHasNoChecksum() throws IOException {
    model();
    String text = Files.readString(file, ISO_8859_1).replaceFirst(",\"crc32c\":\"[0-9a-f]{8}\"", " ".repeat(20));
    Bytes.write(file, text.getBytes(ISO_8859_1));
    assertEquals(WEIGHT, ModelFile.read(file).tensor("layers.0.weight", 2, 3));
  }

  /** As a server reads a model that is trained further: never the length of one file with the bytes of another. */
  @Test
  void readsWhileTheFileIsReplaced() throws IOException {
    model();
    byte[] one = Files.readAllBytes(file);
    ModelFile.builder().tensor("layers.0.weight", WEIGHT).tensor("more", Matrix.zeros(40, 1)).write(file);
    try (Replaced replaced = new Replaced(file, one, Files.readAllBytes(file))) {
      while (!replaced.isEnough()) {
        assertEquals(WEIGHT, ModelFile.read(file).tensor("layers.0.weight", 2, 3));
        assertTrue(ModelFile.isModel(file));
      }
    }
  }

  @Test
  void readsOnAnInterruptedThread() {
    model();
    Thread.currentThread().interrupt();
    try {
      assertTrue(ModelFile.isModel(file));
      assertEquals(WEIGHT, ModelFile.read(file).tensor("layers.0.weight", 2, 3));
    } finally {
      assertTrue(Thread.interrupted(), "the interrupt is still there");
    }
  }

  /** Whose tensors may be of types that nobody knows yet. */
  @Test
  void aFileOfALaterVersionIsAModel() throws IOException {
    model();
    String text = Files.readString(file, ISO_8859_1);
    Bytes.write(file, text.replace("\"version\":\"1\"", "\"version\":\"2\"").replace("F32", "F64").getBytes(ISO_8859_1));
    assertTrue(ModelFile.isModel(file));
    assertMessage("it is of version \"2\", but only version 1 is known here", () -> ModelFile.read(file));
    assertMessage("it is of version \"2\", but only version 1 is known here", () -> ModelHeader.read(file));
    Bytes.write(file, text.replace("\"format\":\"lanewise\"", "\"format\":\"anything\"").getBytes(ISO_8859_1));
    assertFalse(ModelFile.isModel(file));
  }

  /** Until it is written it gets a checksum and the number of its epochs. */
  @Test
  void refusesWhatWouldBeTooLongByThenAsNow() {
    int room = TensorFile.HEADER_LIMIT - 200;
    String message = assertThrows(
        ModelFileException.class, () -> ModelFile.builder().json("long", Map.of("x", "y".repeat(room))).requireWritable(file)).getMessage();
    assertTrue(message.contains("would make a header of "), message);
    ModelFile.Builder shorter = ModelFile.builder().json("long", Map.of("x", "y".repeat(room - 400)));
    shorter.requireWritable(file);
    assertThrows(ModelFileException.class, () -> shorter.requireWritable(file, 400));
  }

  @Test
  void refusesToWriteInVain() {
    Path nowhere = directory.resolve("missing/iris.lanewise");
    ModelFileException e = assertThrows(ModelFileException.class, () -> ModelFile.builder().write(nowhere));
    assertEquals("cannot write " + nowhere + ": there is no directory " + nowhere.getParent(), e.getMessage());
  }

  @Test
  void refusesNamesThatAreTaken() {
    ModelFile.Builder builder = ModelFile.builder().json("network", Map.of()).tensor("a", WEIGHT);
    assertIllegal("there is a tensor a already", () -> builder.tensor("a", BIAS));
    assertIllegal("a must have one row, but is 2 x 3", () -> builder.vector("a", WEIGHT));
    assertIllegal("no tensor can be named __metadata__, which safetensors keeps for itself",
        () -> builder.vector("__metadata__", BIAS));
    for (String taken : List.of("network", "format", "version", "crc32c")) {
      assertIllegal("the metadata have their " + taken + " already", () -> builder.json(taken, Map.of()));
    }
    assertIllegal("there is no JSON for the number NaN", () -> builder.json("training", Map.of("loss", Double.NaN)));
    builder.write(file);
    assertEquals(WEIGHT, ModelFile.read(file).tensor("a", 2, 3), "what was refused has changed nothing");
  }

  private void assertMessage(String message, Executable refused) {
    assertEquals("cannot read " + file + ": " + message, assertThrows(ModelFileException.class, refused).getMessage());
  }

  private static void assertIllegal(String message, Executable refused) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, refused).getMessage());
  }
}
