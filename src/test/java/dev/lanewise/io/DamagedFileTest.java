package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.Network;
import dev.lanewise.data.Mutations;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of damaged files: read or refused, with memory for what is in them alone. */
@Tag("damage")
class DamagedFileTest {

  private static final String[] TOKENS = {
    "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u0000", "\\ud83d", "null", "-1", "0", "1e999", "4294967296",
    "9223372036854775807", "18446744073709551616", "\"a\":", "[[[[[[[[", "\"shape\":[2147483647]", "\"dtype\":\"F64\"",
    "\"data_offsets\":[0,2147483644]"
  };

  /** A file has some hundred bytes; what is thrown has its stack. */
  private static final long MOST_BYTES = 1 << 17;

  /** What has not been thrown before loads classes. */
  private static final int WARM_UP = 1000;

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("x.lanewise");
  }

  /**
   * What has a checksum is refused or the same as before. Without one, the JSON and the numbers may have become others.
   */
  @Test
  void modelsAreReadOrRefused() throws IOException {
    Map<String, Object> network = Map.of(
        "inputs", 5,
        "layers", List.of(
            Map.of("outputs", 7, "activation", "leaky relu", "slope", 0.01),
            Map.of("outputs", 3, "activation", "softmax", "dropout", 0.25)));
    ModelFile.builder()
        .json("network", network)
        .json("training", Map.of("epochs", 2, "losses", List.of(0.5, 1e-9), "seed", Long.MIN_VALUE, "note", "größe\n"))
        .tensor("layers.0.weight", Matrix.zeros(5, 7))
        .vector("layers.0.bias", Matrix.zeros(1, 7))
        .tensor("layers.1.weight", Matrix.zeros(7, 3))
        .vector("layers.1.bias", Matrix.zeros(1, 3))
        .write(file);
    byte[] good = Files.readAllBytes(file);
    TensorFile expected = TensorFile.read(file, Long.MAX_VALUE);
    check(Mutations.of(good, withoutChecksum(good)), () -> {
      TensorFile content = TensorFile.read(file, Long.MAX_VALUE);
      if (content.metadata().containsKey(Checksum.KEY)) {
        assertEquals(expected, content);
      }
      readAll(ModelFile.read(file));
    });
  }

  /** Whoever goes on with a run is told what is wrong with it by the one exception that is documented, before the fit begins. */
  @Test
  void checkpointsAreResumedOrRefused() throws IOException {
    Matrix x = Matrix.of(4, 2, 1, 2, 3, 4, 5, 6, 7, 8);
    int[] labels = {0, 1, 0, 1};
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adam()).validation(x, labels).earlyStopping(3).epochs(2);
    Network.input(2).dense(2, Activation.elu(0.5), Dense::batchNorm).dense(2, Activation.SOFTMAX).build()
        .fit(x, labels, fit.checkpoint(file, 1));
    byte[] good = withoutChecksum(Files.readAllBytes(file));
    check(Mutations.of(good), 1 << 19, () -> Network.resume(file));
  }

  /** As a network is made of a file. */
  private static void readAll(ModelFile model) {
    JsonObject network = model.json("network");
    int inputs = network.integer("inputs", 1, Integer.MAX_VALUE);
    int index = 0;
    for (JsonObject layer : network.objects("layers")) {
      int outputs = layer.integer("outputs", 1, Integer.MAX_VALUE);
      layer.text("activation");
      if (layer.has("slope")) {
        layer.number("slope");
      }
      model.tensor("layers." + index + ".weight", inputs, outputs);
      model.tensor("layers." + index + ".bias", 1, outputs);
      inputs = outputs;
      index++;
    }
    JsonObject training = model.json("training");
    training.numbers("losses");
    training.integer("seed");
  }

  private static byte[] withoutChecksum(byte[] file) {
    String without = new String(file, StandardCharsets.ISO_8859_1)
        .replaceFirst(",\"crc32c\":\"[0-9a-f]{8}\"", " ".repeat(20));
    assertEquals(file.length, without.length());
    return without.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void filesOfPythonAreReadOrRefused() throws Exception {
    byte[][] good = new byte[2][];
    for (int i = 0; i < good.length; i++) {
      String name = List.of("shapes.safetensors", "types.safetensors").get(i);
      good[i] = Files.readAllBytes(Path.of(getClass().getResource("/safetensors/" + name).toURI()));
    }
    check(Mutations.of(good), () -> assertFalse(Tensors.load(file).containsKey("__metadata__")));
  }

  private void check(Mutations mutations, Runnable read) throws IOException {
    check(mutations, MOST_BYTES, read);
  }

  private void check(Mutations mutations, long most, Runnable read) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      try {
        read(mutations.mutant(i), read);
      } catch (IOException refused) {
        // as it may be
      }
    }
    mutations.tokens(TOKENS).allocatingAtMost(most).check(bytes -> read(bytes, read));
  }

  /** The one exception that is documented becomes one that the check knows. */
  private void read(byte[] bytes, Runnable read) throws IOException {
    Bytes.write(file, bytes);
    try {
      read.run();
    } catch (ModelFileException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
