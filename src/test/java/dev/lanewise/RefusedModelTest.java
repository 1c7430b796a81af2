package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.io.JsonObject;
import dev.lanewise.io.ModelFile;
import dev.lanewise.io.ModelFileException;
import dev.lanewise.io.Tensors;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of networks and of runs that say what cannot be: refused in one sentence, before there is memory for their tensors. */
class RefusedModelTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int ROWS = 40;
  private static final Matrix X = TestData.normal(1, ROWS, 5);
  private static final int[] LABELS = TestData.labels(2, ROWS, 3);

  @TempDir Path directory;

  // --------------------------------------------------------------------------------------------------------- the header

  /** A tensor that a header tells of; its bytes are zeros that take no room on the disk. */
  private record Claim(String name, String type, int bytesEach, List<Integer> shape) {

    static Claim floats(String name, Integer... shape) {
      return new Claim(name, "F32", Float.BYTES, List.of(shape));
    }

    long bytes() {
      long bytes = bytesEach;
      for (int each : shape) {
        bytes *= each;
      }
      return bytes;
    }

    String entry(long begin) {
      return ",\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":["
          + begin + "," + (begin + bytes()) + "]}";
    }
  }

  private static String layer(int outputs, String activation, String more) {
    return "{\"outputs\":" + outputs + ",\"activation\":\"" + activation + "\",\"initializer\":\"scaled_normal\"" + more + "}";
  }

  private static String network(int inputs, String... layers) {
    return "{\"inputs\":" + inputs + ",\"layers\":[" + String.join(",", layers) + "],\"epochs\":0,\"loss\":\"mse\"}";
  }

  private Path claiming(String network, Claim... claims) throws IOException {
    Path file = directory.resolve("claims.lanewise");
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"lanewise\",\"version\":\"1\",\"network\":\"");
    header.append(network.replace("\"", "\\\"")).append("\"}");
    long end = 0;
    for (Claim claim : claims) {
      header.append(claim.entry(end));
      end += claim.bytes();
    }
    byte[] utf8 = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(0);
      out.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(utf8.length).array());
      out.write(utf8);
      out.setLength(Long.BYTES + utf8.length + end);
    }
    return file;
  }

  private static String refusal(Path file, Runnable read) {
    String message = assertThrows(ModelFileException.class, read::run).getMessage();
    String begin = "cannot read " + file + ": ";
    assertTrue(message.startsWith(begin), message);
    return message.substring(begin.length());
  }

  private void assertRefusedUnread(String reason, String network, Claim... claims) throws IOException {
    Path file = claiming(network, claims);
    refusal(file, () -> Network.load(file)); // classes are loaded now
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertEquals(reason, refusal(file, () -> Network.load(file)));
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 1 << 20, () -> reason + ": " + allocated + " bytes");
  }

  /** Each of these files is as long as it says, and most have numbers for half a gigabyte. */
  @Test
  void whatTheHeaderTells() throws IOException {
    Claim bias = Claim.floats("layers.0.bias", 64);
    String small = network(5, layer(64, "relu", ""));
    assertRefusedUnread(
        "layers.0.weight must be 5 x 64, but the file has 150000000", small, Claim.floats("layers.0.weight", 150_000_000), bias);
    assertRefusedUnread(
        "tensor \"layers.0.weight\" is of type U8, but those of a model are F32",
        small, new Claim("layers.0.weight", "U8", 1, List.of(600_000_000)), bias);
    assertRefusedUnread(
        "tensor \"layers.0.weight\" is of type U32, but those of a model are F32",
        small, new Claim("layers.0.weight", "U32", 4, List.of(5, 64)), bias);
    assertRefusedUnread(
        "tensor \"layers.0.weight\" is of type F64, but those of a model are F32",
        small, new Claim("layers.0.weight", "F64", 8, List.of(5, 64)), bias);
    assertRefusedUnread(
        "it has no tensor layers.0.bias, which must be 1 x 100000000",
        network(1, layer(100_000_000, "relu", "")), Claim.floats("layers.0.weight", 1, 100_000_000));
    assertRefusedUnread(
        "it has a tensor \"more\", which nothing in it asks for",
        small, Claim.floats("layers.0.weight", 5, 64), bias, Claim.floats("more", 150_000_000));
    assertRefusedUnread(
        "it has a tensor \"optimizer.layers.0.weight.0\", which nothing in it asks for",
        small, Claim.floats("layers.0.weight", 5, 64), bias, Claim.floats("optimizer.layers.0.weight.0", 5, 64));
  }

  /** The sentences are those of the builder. */
  @Test
  void layersThatTheBuilderRefuses() throws IOException {
    Claim[] claims = {
      Claim.floats("layers.0.weight", 5, 4), Claim.floats("layers.0.bias", 4),
      Claim.floats("layers.1.weight", 4, 3), Claim.floats("layers.1.bias", 3)
    };
    assertRefusedUnread(
        "softmax is legal as the last activation only, but layer 0 is not the last",
        network(5, layer(4, "softmax", ""), layer(3, "softmax", "")), claims);
    assertRefusedUnread(
        "the last layer has dropout: it would drop the network's own outputs",
        network(5, layer(4, "relu", ""), layer(3, "relu", ",\"dropout\":0.5")), claims);
    assertRefusedUnread("a network needs at least one layer", network(5), claims);
    assertRefusedUnread(
        "network.layers[0].dropout must be in 0..1, 1 excluded, but is 0.99999999",
        network(5, layer(4, "relu", ",\"dropout\":0.99999999"), layer(3, "relu", "")), claims);
    assertRefusedUnread(
        "network.layers[0].dropout must be in 0..1, 1 excluded, but is -0.5",
        network(5, layer(4, "relu", ",\"dropout\":-0.5"), layer(3, "relu", "")), claims);
    assertRefusedUnread(
        "network.layers[0].normalization must be batch or layer, but is \"group\"",
        network(5, layer(4, "relu", ",\"normalization\":\"group\""), layer(3, "relu", "")), claims);
    assertRefusedUnread(
        "network.layers[1].initializer must be the name of an initializer, but is \"zeros\"",
        network(5, layer(4, "relu", ""), layer(3, "relu", "").replace("scaled_normal", "zeros")), claims);
    assertRefusedUnread(
        "network.layers[0].activation must be the name of a built-in activation, or of one that is passed to load, "
            + "but is \"leaky_relu(1e300)\"",
        network(5, layer(4, "leaky_relu(1e300)", ""), layer(3, "relu", "")), claims);
    assertRefusedUnread(
        "network.epochs must be from 0 to 9007199254740992, but is 9223372036854775807",
        network(5, layer(4, "relu", ""), layer(3, "relu", "")).replace("\"epochs\":0", "\"epochs\":9223372036854775807"), claims);
    assertRefusedUnread(
        "network.epochs must be from 0 to 9007199254740992, but is -1",
        network(5, layer(4, "relu", ""), layer(3, "relu", "")).replace("\"epochs\":0", "\"epochs\":-1"), claims);
    assertRefusedUnread(
        "network.threshold must be finite as a float, but is 1.0E39",
        network(5, layer(4, "relu", ""), layer(3, "relu", "")).replace("\"mse\"", "\"own\",\"threshold\":1e39"), claims);
  }

  /** One after the other is looked at, and not the first and the last alone. */
  @Test
  void softmaxInTheMiddle() throws IOException {
    Claim[] claims = {
      Claim.floats("layers.0.weight", 5, 4), Claim.floats("layers.0.bias", 4), Claim.floats("layers.1.weight", 4, 4),
      Claim.floats("layers.1.bias", 4), Claim.floats("layers.2.weight", 4, 3), Claim.floats("layers.2.bias", 3)
    };
    String good = network(5, layer(4, "relu", ""), layer(4, "relu", ""), layer(3, "softmax", ""));
    assertEquals(3, Network.load(claiming(good, claims)).layers().size());
    assertRefusedUnread(
        "softmax is legal as the last activation only, but layer 1 is not the last",
        network(5, layer(4, "relu", ""), layer(4, "softmax", ""), layer(3, "softmax", "")), claims);
  }

  /** A loss that is not known is one of somebody's own, whatever number is in its name. */
  @Test
  void lossesThatAreNone() throws IOException {
    for (String name : List.of("huber(1e300)", "huber(1e-300)", "huber(0)", "own")) {
      Path file = claiming(
          network(5, layer(1, "relu", "")).replace("mse", name), Claim.floats("layers.0.weight", 5, 1),
          Claim.floats("layers.0.bias", 1));
      Network network = Network.load(file);
      assertEquals(
          "the network was trained on a loss of one's own, of which its file has the name \"" + name + "\" alone: give the loss",
          assertThrows(IllegalStateException.class, () -> network.evaluate(X, Matrix.zeros(ROWS, 1))).getMessage());
    }
  }

  /** What is saved after a fit has to be read again. */
  @Test
  void epochsThatNoFileCouldHold() throws IOException {
    String network = network(5, layer(1, "identity", "")).replace("\"epochs\":0", "\"epochs\":9007199254740990");
    Claim[] claims = {Claim.floats("layers.0.weight", 5, 1), Claim.floats("layers.0.bias", 1)};
    Path file = claiming(network, claims);
    Network loaded = Network.load(file);
    Fit fit = Fit.with(Loss.MSE);
    String message =
        assertThrows(IllegalArgumentException.class, () -> loaded.fit(X, Matrix.zeros(ROWS, 1), fit.epochs(3))).getMessage();
    assertEquals(
        "the network has been trained for 9007199254740990 epochs, and with 3 more no file could hold it: 9007199254740992 are "
            + "the most",
        message);
    loaded.fit(X, Matrix.zeros(ROWS, 1), fit.epochs(2));
    loaded.save(file);
    assertEquals(TestData.state(loaded), TestData.state(Network.load(file)));
    assertRefusedUnread(
        "network.epochs must be from 0 to 9007199254740992, but is 9007199254740993",
        network.replace("9007199254740990", "9007199254740993"), claims);
  }

  // ------------------------------------------------------------------------------------------------------- memory, limits

  @Test
  @Tag("process")
  void filesThatMemoryIsTooShortFor() throws Exception {
    for (int million : new int[] {8, 15, 25}) { // room for the tensors but no network; for none; and more than there is at all
      int outputs = million * 1_000_000;
      Path file = claiming(
          network(1, layer(outputs, "relu", "")), Claim.floats("layers.0.weight", 1, outputs),
          Claim.floats("layers.0.bias", outputs));
      JavaProcess process = JavaProcess.run(List.of("-Xmx100m"), Loads.class.getName(), file.toString());
      long bytes = 8L * outputs;
      String reason =
          million == 8
              ? "its network needs " + bytes + " bytes of memory beside the " + bytes + " of its tensors"
              : "its numbers need " + bytes + " bytes of memory";
      String message = process.out().strip();
      String begin = "cannot read " + file + ": " + reason + ", more than are left of the ";
      assertTrue(message.startsWith(begin), message + process.err());
      assertTrue(message.endsWith(" that this JVM may use"), message);
    }
  }

  /** In memory a layer of one output is as wide as one of sixteen. */
  @Test
  @Tag("process")
  void filesOfNarrowLayersThatMemoryIsTooShortFor() throws Exception {
    int inputs = 3_000_000;
    Path file = claiming(
        network(inputs, layer(1, "relu", "")), Claim.floats("layers.0.weight", inputs, 1), Claim.floats("layers.0.bias", 1));
    JavaProcess process = JavaProcess.run(List.of("-Xmx150m"), Loads.class.getName(), file.toString());
    String message = process.out().strip();
    assertTrue(
        message.startsWith(
            "cannot read " + file + ": its network needs " + (64L * inputs + 4) + " bytes of memory beside the " + (4L * inputs + 4)
                + " of its tensors"),
        message + process.err());
  }

  /** Prints why a network cannot be loaded. */
  static final class Loads {
    public static void main(String[] args) {
      try {
        System.out.println(Network.load(Path.of(args[0])));
      } catch (ModelFileException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void filesBeyondTheLimit() {
    Path file = directory.resolve("run");
    Network network = Network.of(1, new int[] {5, 3}, Activation.SOFTMAX);
    network.fit(X, LABELS, Fit.with(Loss.CROSS_ENTROPY).epochs(2).checkpoint(file, 1));
    long length = file.toFile().length();
    assertEquals(TestData.state(network), TestData.state(Network.load(file, length)));
    assertEquals(TestData.state(network), TestData.state(Network.resume(file, length)));
    String reason = "it has " + length + " bytes, more than the limit of " + (length - 1);
    assertEquals(reason, refusal(file, () -> Network.load(file, length - 1)));
    assertEquals(reason, refusal(file, () -> Network.resume(file, length - 1)));
    assertEquals(reason, refusal(file, () -> Model.load(file, length - 1)));
    assertEquals(reason, refusal(file, () -> Model.resume(file, length - 1)));
    String raw = "it has a network, but no preprocessing of raw rows";
    assertEquals(raw, refusal(file, () -> Model.load(file, length)));
    assertEquals(raw, refusal(file, () -> Model.resume(file, length)));
  }

  // -------------------------------------------------------------------------------------------------------- checkpoints

  private Path checkpoint(Optimizer optimizer) {
    Path file = directory.resolve("checkpoint");
    Network network =
        Network.input(5).dense(4, Activation.TANH, l -> l.batchNorm()).dense(3, Activation.SOFTMAX).seed(1).build();
    network.fit(X, LABELS, fit(optimizer).epochs(3).checkpoint(file, 1));
    return file;
  }

  private static Fit fit(Optimizer optimizer) {
    return Fit.with(Loss.CROSS_ENTROPY).optimizer(optimizer).batchSize(8).validationSplit(0.25).earlyStopping(9);
  }

  /** The same file with something changed in its {@code training}, or in its tensors. */
  private Path forged(Path file, Consumer<Map<String, Object>> training, Consumer<Map<String, Matrix>> tensors) {
    ModelFile good = ModelFile.read(file);
    Map<String, Object> run = new LinkedHashMap<>(good.json("training").asMap());
    run.put("fit", new LinkedHashMap<>(good.json("training").object("fit").asMap()));
    run.put("history", new LinkedHashMap<>(good.json("training").object("history").asMap()));
    training.accept(run);
    Map<String, Matrix> matrices = Tensors.load(file);
    tensors.accept(matrices);
    ModelFile.Builder builder = ModelFile.builder().json("network", good.json("network").asMap()).json("training", run);
    matrices.forEach(builder::tensor);
    Path forged = directory.resolve("forged");
    builder.write(forged);
    return forged;
  }

  @SuppressWarnings("unchecked") // as they were put there
  private static Map<String, Object> map(Map<String, Object> training, String key) {
    return (Map<String, Object>) training.get(key);
  }

  /** At once, and not when the fit begins; and by {@code load} too, which {@code info} goes by. */
  private void assertTraining(String reason, Path good, Consumer<Map<String, Object>> change) {
    Path file = forged(good, change, tensors -> {});
    assertEquals(reason, refusal(file, () -> Network.resume(file)));
    assertEquals(reason, refusal(file, () -> Network.load(file)));
  }

  /** As those of before a source was asked for it. */
  @Test
  void runsThatDoNotSayInWhichOrder() {
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).batchSize(8);
    Path run = directory.resolve("run");
    Network.input(5).dense(3, Activation.SOFTMAX).build().fit(X, LABELS, fit.epochs(1).checkpoint(run, 1));
    Source other = new OrderedSource(X, TestData.oneHot(LABELS, 3), ROWS, epoch -> IntStream.range(0, ROWS).toArray()) {
      @Override
      public String order() {
        return "in another way";
      }
    };
    assertThrows(IllegalArgumentException.class, () -> Network.resume(run).fit(other, fit.epochs(2)));
    Path old = forged(run, training -> training.remove("order"), tensors -> {});
    assertEquals(2, Network.resume(old).fit(other, fit.epochs(2)).epochs().size());
  }

  @Test
  void runsThatAreNone() {
    Path good = checkpoint(Optimizer.adam());
    Path same = forged(good, training -> {}, tensors -> {});
    assertEquals(4, Network.resume(same).fit(X, LABELS, fit(Optimizer.adam()).epochs(4)).epochs().size());

    assertTraining("training.fit is missing, which must be a map", good, Map::clear);
    assertTraining("training.fit.seed is missing, which must be a string", good, run -> map(run, "fit").remove("seed"));
    assertTraining("training.fit.l1 must be a string, but is 0.5", good, run -> map(run, "fit").put("l1", 0.5));
    for (String text :
        List.of(
            "", "Adam", "Adam[]", "Adam[beta1=0.9]", "Eve[decay=0.0]", "[decay=0.0]",
            "Adam[beta1=x, beta2=0.999, epsilon=1.0E-8, decay=0.0]", "Adam[beta1=1.0, beta2=0.999, epsilon=1.0E-8, decay=0.0]",
            "Adam[beta1=0.90, beta2=0.999, epsilon=1.0E-8, decay=0.0]")) {
      assertTraining(
          "training.fit.optimizer must be an optimizer as a fit writes it, but is \"" + text + "\"",
          good, run -> map(run, "fit").put("optimizer", text));
    }
    assertTraining( // a pattern would take the square of its length
        "training.fit.optimizer must be an optimizer as a fit writes it, but is \"" + "a".repeat(40) + "…\"",
        good, run -> map(run, "fit").put("optimizer", "a".repeat(1 << 21)));
    for (String text : List.of("", "1.5", "9223372036854775808")) {
      assertTraining(
          "training.fit.seed must be a whole number as text, but is \"" + text + "\"", good, run -> map(run, "fit").put("seed", text));
    }
    for (String text :
        List.of(
            "", "EarlyStopping[]", "EarlyStopping[patience=0, minDelta=0.0]", "EarlyStopping[patience=9999999999, minDelta=0.0]",
            "EarlyStopping[patience=1, minDelta=-1.0]", "EarlyStopping[patience=1, minDelta=1-1]")) {
      assertTraining(
          "training.fit.early stopping must be none, or an early stopping as a fit writes it, but is \"" + text + "\"",
          good, run -> map(run, "fit").put("early stopping", text));
    }
    assertTraining("training.order must be a string, but is 1", good, run -> run.put("order", 1));
    assertTraining("training.rows must be -1 or more, but is -2", good, run -> run.put("rows", -2));
    assertTraining("training.steps must be from 0 to 9007199254740992, but is -1", good, run -> run.put("steps", -1));
    assertTraining(
        "training.steps must be from 0 to 9007199254740992, but is 9223372036854775807",
        good, run -> run.put("steps", Long.MAX_VALUE));
    assertTraining("training.epochs must be from 1 to 2147483647, but is 0", good, run -> run.put("epochs", 0));
    assertTraining(
        "training.history.loss must be a list of 4 numbers, but is a list of 3", good, run -> run.put("epochs", 4));
    assertTraining("training.best must be from 1 to 3, but is 4", good, run -> run.put("best", 4));
    assertTraining("training.best must be from 1 to 3, but is 0", good, run -> run.put("best", 0));
    assertTraining(
        "training.best must be from 0 to 0, but is 2", good, run -> {
          run.put("best", 2);
          map(run, "fit").put("early stopping", "none");
        });
    for (String column :
        List.of("loss", "seconds", "samples_per_second", "learning_rate", "validation_loss", "validation_accuracy")) {
      assertTraining(
          "training.history." + column + " is missing, which must be a list", good, run -> map(run, "history").remove(column));
    }
    assertHistory("loss has a value of NaN, but must be finite", good, Double.NaN);
    assertHistory("seconds has a value of -1.0, but must be finite and not negative", good, -1);
    assertHistory("seconds has a value of Infinity, but must be finite and not negative", good, Double.POSITIVE_INFINITY);
    assertHistory("samples_per_second has a value of -1.0, but must be not negative", good, -1);
    assertHistory("learning_rate has a value of Infinity, but must be finite and not negative", good, Double.POSITIVE_INFINITY);
    assertHistory("learning_rate has a value of -0.1, but must be finite and not negative", good, -0.1);
    assertHistory("validation_accuracy has a value of 1.5, but must be from 0 to 1", good, 1.5);
    assertHistory("validation_accuracy has a value of -0.5, but must be from 0 to 1", good, -0.5);
  }

  /** Texts of a file are shown in part, and without what a terminal would obey. */
  @Test
  void showsLittleOfWhatOptionsSay() {
    Path good = checkpoint(Optimizer.adam());
    Path forged = forged(good, run -> map(run, "fit").put("loss", "\u001b[2J" + "x".repeat(1 << 20)), tensors -> {});
    Fit fit = fit(Optimizer.adam()).epochs(4);
    String message = assertThrows(IllegalArgumentException.class, () -> Network.resume(forged).fit(X, LABELS, fit)).getMessage();
    assertEquals(
        forged + " was saved by a fit with loss ?[2J" + "x".repeat(396) + "…, but this one has cross_entropy: a run goes on as it began",
        message);
    Path ordered = forged(good, run -> run.put("order", "\u001b[2J" + "x".repeat(1 << 20)), tensors -> {});
    assertEquals(
        ordered + " was saved by a fit whose rows were shuffled ?[2J" + "x".repeat(396)
            + "…, but those of this one are among all rows in memory: a run goes on as it began",
        assertThrows(IllegalArgumentException.class, () -> Network.resume(ordered).fit(X, LABELS, fit)).getMessage());
  }

  private void assertHistory(String reason, Path good, double value) {
    String column = reason.substring(0, reason.indexOf(' '));
    Object json = Double.isNaN(value) ? "" : Double.isInfinite(value) ? Double.toString(value) : (Object) value;
    List<Object> list = new ArrayList<>(List.of(0.5, 0.5));
    list.add(json.equals("") ? null : json);
    assertTraining("training.history." + reason, good, run -> map(run, "history").put(column, list));
  }

  /** Where the clock is coarse, rows may have taken no time. */
  @Test
  void samplesPerSecondMayBeInfinite() {
    Fit fit = fit(Optimizer.adam()).epochs(4);
    Path coarse =
        forged(
            checkpoint(Optimizer.adam()),
            run -> {
              map(run, "history").put("seconds", JsonObject.list(0.5, 0, 0.25));
              map(run, "history").put("samples_per_second", JsonObject.list(60.5, Double.POSITIVE_INFINITY, 121));
            },
            tensors -> {});
    List<Epoch> epochs = Network.resume(coarse).fit(X, LABELS, fit).epochs().subList(0, 3);
    assertEquals(List.of(0.5, 0.0, 0.25), epochs.stream().map(Epoch::seconds).toList());
    assertEquals(
        List.of(60.5, Double.POSITIVE_INFINITY, 121.0), epochs.stream().map(Epoch::samplesPerSecond).toList());
  }

  /** Every optimizer has the arrays it says, and no other. */
  @Test
  void arraysThatTheRunDoesNotHave() {
    for (Optimizer optimizer :
        List.of(
            Optimizer.sgd().decay(0.5), Optimizer.momentum(0.9), Optimizer.nesterov(0.5), Optimizer.rmsProp(), Optimizer.adagrad(),
            Optimizer.adamW())) {
      Path good = checkpoint(optimizer);
      assertEquals(4, Network.resume(good).fit(X, LABELS, fit(optimizer).epochs(4)).epochs().size());
      String more = "optimizer.layers.1.bias." + optimizer.memories();
      Path added = forged(good, run -> {}, tensors -> tensors.put(more, Matrix.zeros(1, 3)));
      assertEquals("it has a tensor \"" + more + "\", which nothing in it asks for", refusal(added, () -> Network.resume(added)));
      if (optimizer.memories() > 0) {
        String last = "optimizer.layers.0.scale." + (optimizer.memories() - 1);
        Path cut = forged(good, run -> {}, tensors -> tensors.remove(last));
        assertEquals("it has no tensor " + last + ", which must be 1 x 4", refusal(cut, () -> Network.resume(cut)));
        Path bent = forged(good, run -> {}, tensors -> tensors.put(last, Matrix.zeros(4, 1)));
        assertEquals(last + " must be 1 x 4, but the file has 4 x 1", refusal(bent, () -> Network.resume(bent)));
      }
    }
  }

  @Test
  void numbersThatARunCannotHave() {
    Path adam = checkpoint(Optimizer.adam());
    assertNumber(adam, "best.layers.0.weight", Float.NaN);
    assertNumber(adam, "best.layers.1.bias", Float.POSITIVE_INFINITY);
    assertNumber(adam, "best.layers.0.running_variance", -1f);
    assertNumber(adam, "best.layers.0.running_variance", Float.POSITIVE_INFINITY);
    assertNumber(adam, "optimizer.layers.0.weight.0", Float.NaN);
    assertNumber(adam, "optimizer.layers.1.bias.0", Float.NEGATIVE_INFINITY);
    assertNumber(adam, "optimizer.layers.0.scale.1", -1e-9f);
    assertNumber(adam, "optimizer.layers.0.weight.1", Float.NaN);
    assertNumber(checkpoint(Optimizer.momentum(0.9)), "optimizer.layers.0.weight.0", Float.POSITIVE_INFINITY);
    assertNumber(checkpoint(Optimizer.rmsProp()), "optimizer.layers.0.weight.0", -1f);
    assertNumber(checkpoint(Optimizer.adagrad()), "optimizer.layers.1.weight.0", -1f);
  }

  private void assertNumber(Path good, String tensor, float value) {
    Path file = forged(good, run -> {}, tensors -> tensors.get(tensor).data()[1] = value);
    assertEquals(tensor + " has a value of " + value, refusal(file, () -> Network.resume(file)));
    assertEquals(tensor + " has a value of " + value, refusal(file, () -> Network.load(file)));
  }

  /** A gradient whose square is no float leaves an infinite one behind, in a run that goes on, and so does its checkpoint. */
  @Test
  void squaresMayBeInfinite() {
    Matrix y = Matrix.zeros(ROWS, 1);
    y.set(3, 0, 1e19f); // the loss is finite, and the gradient's square is not
    for (Optimizer optimizer : List.of(Optimizer.adam(), Optimizer.rmsProp(), Optimizer.adagrad())) {
      Path file = directory.resolve("squares");
      Fit fit = Fit.with(Loss.MSE).optimizer(optimizer).batchSize(4).shuffle(false);
      Matrix x = X.copy();
      x.set(3, 0, 1e3f);
      Network whole = Network.of(1, new int[] {5, 1}, Activation.IDENTITY);
      whole.fit(x, y, fit.epochs(4));
      Network.of(1, new int[] {5, 1}, Activation.IDENTITY).fit(x, y, fit.epochs(2).checkpoint(file, 1));
      String name = "optimizer.layers.0.weight." + (optimizer.memories() - 1);
      assertEquals(Float.POSITIVE_INFINITY, Tensors.load(file).get(name).get(0, 0));
      Network resumed = Network.resume(file);
      resumed.fit(x, y, fit.epochs(4));
      assertEquals(TestData.state(whole), TestData.state(resumed));
    }
  }
}
