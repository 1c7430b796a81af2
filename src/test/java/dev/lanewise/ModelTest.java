package dev.lanewise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Column;
import dev.lanewise.data.Csv;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Imputation;
import dev.lanewise.data.Preprocessing;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Scaler;
import dev.lanewise.data.Table;
import dev.lanewise.io.ModelFileException;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From raw rows to answers, through a file. */
class ModelTest {

  private static final Preprocessing PREPROCESSING = Preprocessing.standard().imputeNumbers(Imputation.MEAN);

  @TempDir Path directory;
  private Table rows;

  @BeforeEach
  void readRows() throws IOException {
    StringBuilder csv = new StringBuilder("length,colour,price,kind\n");
    for (int i = 0; i < 60; i++) {
      String colour = List.of("red", "green", "blue").get(i % 3);
      String length = i % 10 == 7 ? "" : Integer.toString(i % 3 * 10 + i % 5);
      csv.append(length).append(',').append(colour).append(',').append(100 + i % 3 * 50 + i % 7).append(',')
          .append(i % 3 == 0 ? "small" : i % 3 == 1 ? "middle" : "large").append('\n');
    }
    Path file = directory.resolve("things.csv");
    Files.writeString(file, csv);
    rows = Csv.of(file).read();
  }

  private static Network network(int inputs, int outputs, Activation activation) {
    return Network.input(inputs).dense(12, Activation.TANH).dense(outputs, activation).seed(1).build();
  }

  @Test
  void classes() {
    Preprocessor raw = PREPROCESSING.fit(rows.without("price"), "kind");
    Network network = network(4, 3, Activation.SOFTMAX);
    network.fit(raw.dataset(rows.without("price")), Fit.with(Loss.CROSS_ENTROPY).learningRate(0.5).epochs(60));
    Path file = directory.resolve("things.lanewise");
    Model.of(raw, network).save(file);

    Model model = Model.load(file);
    assertEquals(raw, model.preprocessor());
    assertEquals(network.predict(raw.transform(rows.without("price"))), model.predict(rows.without("price")));
    List<String> kinds = model.classify(rows.without("price", "kind"));
    assertEquals("small", kinds.get(0));
    assertEquals("middle", kinds.get(1));
    assertEquals("large", kinds.get(2));
    assertEquals("large", model.classify("22", "blue"));
    assertEquals("small", model.classify(Map.of("colour", "red", "length", "")));
    assertArrayEquals(model.predict(rows.without("price")).row(1), model.predict("11", "green"));
    assertArrayEquals(model.predict("11", "green"), model.predict(Map.of("length", "11", "colour", "green")));
    assertThrows(DataException.class, () -> model.classify("22", "pink"));
  }

  @Test
  void twoClassesWithOneOutput() {
    Table two = rows.without("price").rows(IntStream.range(0, 60).filter(i -> i % 3 > 0).toArray());
    Preprocessor raw = PREPROCESSING.fit(two, "kind");
    Network network = network(raw.featureNames().size(), 1, Activation.SIGMOID);
    network.fit(raw.transform(two), raw.labels(two), Fit.with(Loss.BINARY_CROSS_ENTROPY).learningRate(0.5).epochs(60));
    Model model = Model.of(raw, network);
    assertEquals(List.of("large", "middle"), raw.classNames());
    assertEquals(List.of("middle", "large"), model.classify(two).subList(0, 2));
    float[] shares = model.predict("22", "blue");
    assertEquals(1, shares[0] + shares[1], 1e-6);
    assertTrue(shares[0] > 0.5f, "class 0 is " + raw.classNames().getFirst());
  }

  /** Whose outputs are no probabilities, so that 1 − a is nothing. */
  @ParameterizedTest
  @CsvSource({"1, identity, true", "1, tanh, false", "2, identity, false"})
  void twoClassesUnderAHinge(int outputs, String activation, boolean squared) {
    Table two = rows.without("price").rows(IntStream.range(0, 60).filter(i -> i % 3 > 0).toArray());
    Preprocessor raw = PREPROCESSING.fit(two, "kind");
    Network network = network(raw.featureNames().size(), outputs, Activation.named(activation).orElseThrow());
    Fit fit = Fit.with(squared ? Loss.SQUARED_HINGE : Loss.HINGE).learningRate(0.05).epochs(60);
    network.fit(raw.transform(two), raw.labels(two), fit);
    Model model = Model.of(raw, network);
    assertFalse(model.predictsProbabilities());
    assertEquals(List.of("middle", "large"), model.classify(two).subList(0, 2));
    assertEquals(network.predict(raw.transform(two)), model.predict(two));
    assertEquals(outputs, model.predict("22", "blue").length);
  }

  @Test
  void whetherTheyAreProbabilities() {
    Table classes = rows.without("price");
    Preprocessor raw = PREPROCESSING.fit(classes, "kind");
    assertTrue(Model.of(raw, network(4, 3, Activation.SOFTMAX)).predictsProbabilities());
    assertTrue(Model.of(raw, network(4, 3, Activation.SIGMOID)).predictsProbabilities());
    assertFalse(Model.of(raw, network(4, 3, Activation.IDENTITY)).predictsProbabilities());
    Preprocessor numbers = PREPROCESSING.fitRegression(rows.without("kind"), "price");
    assertFalse(Model.of(numbers, network(4, 1, Activation.SIGMOID)).predictsProbabilities());
  }

  @Test
  void numbers() {
    Preprocessor raw =
        PREPROCESSING.scaleTargets(Scaler.STANDARD).fitRegression(rows.without("kind"), "price");
    Network network = network(4, 1, Activation.IDENTITY);
    network.fit(raw.dataset(rows.without("kind")).x(), raw.targets(rows), Fit.with(Loss.MSE).learningRate(0.1).epochs(100));
    Path file = directory.resolve("prices.lanewise");
    Model.of(raw, network).save(file);
    Model model = Model.load(file);
    Matrix prices = model.predict(rows.without("kind"));
    for (int i = 0; i < 60; i++) {
      assertEquals(100 + i % 3 * 50 + i % 7, prices.get(i, 0), 12, "row " + i);
    }
    assertThrows(IllegalStateException.class, () -> model.classify(rows.without("kind")));
  }

  /** One row of a file that no network can answer, which is told by its line. */
  @Test
  void answersThatAreNoNumbers() throws IOException {
    Table near = Csv.of("near.csv", new ByteArrayInputStream("a,b,y\n1,2,p\n3,4,q\n".getBytes(UTF_8))).read();
    Table far = Csv.of("far.csv", new ByteArrayInputStream("a,b\n1,2\n3e38,3e38\n".getBytes(UTF_8))).read();
    Network network = Network.of(1, new int[] {2, 2, 2}, Activation.IDENTITY, Activation.IDENTITY);
    network.layers().getFirst().setWeights(Matrix.of(2, 2, 3, 3, 0, 0));
    network.layers().getLast().setWeights(Matrix.of(2, 2, 1, 1, -1, -1)); // ∞ − ∞ for values so large
    Model model = Model.of(Preprocessing.unscaled().fit(near, "y"), network);
    String message =
        "far.csv, row 3, column \"y\": the network's answer is NaN, as the row has values far from those it was trained on";
    assertEquals(message, assertThrows(DataException.class, () -> model.predict(far)).getMessage());
    assertEquals(message, assertThrows(DataException.class, () -> model.classify(far)).getMessage());
    String ofOne = "the network's answer is NaN, as the row has values far from those it was trained on";
    assertEquals(ofOne, assertThrows(DataException.class, () -> model.predict("3e38", "3e38")).getMessage());
    assertEquals(ofOne, assertThrows(DataException.class, () -> model.classify("3e38", "3e38")).getMessage());
    Map<String, String> row = Map.of("a", "3e38", "b", "3e38");
    assertEquals(ofOne, assertThrows(DataException.class, () -> model.predict(row)).getMessage());
    assertEquals(ofOne, assertThrows(DataException.class, () -> model.classify(row)).getMessage());
  }

  @Test
  void answersThatAreInfinite() throws IOException {
    Table near = Csv.of("near.csv", new ByteArrayInputStream("a,b,y\n1,2,5\n3,4,6\n".getBytes(UTF_8))).read();
    Table far = Csv.of("far.csv", new ByteArrayInputStream("a,b\n1,2\n-3e38,-3e38\n".getBytes(UTF_8))).read();
    Network network = Network.of(1, new int[] {2, 1}, Activation.IDENTITY);
    network.layers().getFirst().setWeights(Matrix.of(2, 1, 3, 3));
    Model model = Model.of(Preprocessing.unscaled().fitRegression(near, "y"), network);
    String ofOne = "the network's answer is -Infinity, as the row has values far from those it was trained on";
    assertEquals(
        "far.csv, row 3, column \"y\": " + ofOne, assertThrows(DataException.class, () -> model.predict(far)).getMessage());
    assertEquals(ofOne, assertThrows(DataException.class, () -> model.predict("-3e38", "-3e38")).getMessage());
  }

  /** Only the second of two targets is. */
  @Test
  void answersOfWhichOneIsInfinite() throws IOException {
    Table near = Csv.of("near.csv", new ByteArrayInputStream("a,y,z\n1,2,5\n3,4,6\n".getBytes(UTF_8))).read();
    Table far = Csv.of("far.csv", new ByteArrayInputStream("a\n1\n3e38\n".getBytes(UTF_8))).read();
    Network network = Network.of(1, new int[] {1, 2}, Activation.IDENTITY);
    network.layers().getFirst().setWeights(Matrix.of(1, 2, 1, 3));
    Model model = Model.of(Preprocessing.unscaled().fitRegression(near, "y", "z"), network);
    assertEquals(
        "far.csv, row 3, column \"z\": the network's answer is Infinity, as the row has values far from those it was trained on",
        assertThrows(DataException.class, () -> model.predict(far)).getMessage());
  }

  /** Of two models of one network each saves its own preprocessing, and the network that of the last. */
  @Test
  void eachModelHasItsOwnPreprocessing() {
    Preprocessor standard = PREPROCESSING.fit(rows.without("price"), "kind");
    Preprocessor minMax = Preprocessing.minMax().imputeNumbers(Imputation.MEAN).fit(rows.without("price"), "kind");
    Network network = network(4, 3, Activation.SOFTMAX);
    Model first = Model.of(standard, network);
    Model last = Model.of(minMax, network);
    Path file = directory.resolve("things.lanewise");
    first.save(file);
    assertEquals(standard, Model.load(file).preprocessor());
    last.save(file);
    assertEquals(minMax, Model.load(file).preprocessor());
    network.save(file);
    assertEquals(minMax, Model.load(file).preprocessor());
  }

  @Test
  void checkpointsHaveThePreprocessing() {
    Preprocessor raw = PREPROCESSING.fit(rows.without("price"), "kind");
    Network network = network(4, 3, Activation.SOFTMAX);
    Model.of(raw, network);
    Path file = directory.resolve("run.lanewise");
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).epochs(3);
    network.fit(raw.dataset(rows.without("price")), fit.checkpoint(file, 1));

    Model resumed = Model.resume(file);
    resumed.network().fit(resumed.preprocessor().dataset(rows.without("price")), fit.epochs(5));
    Network whole = network(4, 3, Activation.SOFTMAX);
    whole.fit(raw.dataset(rows.without("price")), fit.epochs(5));
    assertEquals(TestData.parameters(whole), TestData.parameters(resumed.network()));
  }

  /** Categories that no header has room for: before a network is trained whose checkpoints could not be written. */
  @Test
  void preprocessingThatNoFileHasRoomFor() {
    Table wide = Table.of(
        Column.text("c", "x".repeat(9_000_000), "y".repeat(9_000_000), "z"), Column.text("kind", "p", "q", "p"));
    Preprocessor raw = Preprocessing.standard().fit(wide, "kind");
    Network network = Network.of(1, new int[] {3, 2}, Activation.SOFTMAX);
    List<Matrix> before = TestData.parameters(network);
    Model model = Model.of(raw, network);
    Path file = directory.resolve("wide.lanewise");
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).epochs(1).checkpoint(file, 1);
    for (Executable each : List.<Executable>of(
        () -> model.save(file), () -> network.save(file), () -> model.requireWritable(file),
        () -> network.fit(raw.dataset(wide), fit))) {
      String message = assertThrows(ModelFileException.class, each).getMessage();
      assertTrue(message.startsWith("cannot write " + file + ": its names and metadata would make a header of 180"), message);
      assertTrue(message.endsWith(" bytes, more than the limit of 16777216"), message);
    }
    assertEquals(before, TestData.parameters(network));
    assertTrue(Files.notExists(file));
  }

  /** What a checkpoint has room for at first and would not have once its history is long. */
  @Test
  void historyThatNoFileHasRoomFor() {
    Table wide = Table.of(Column.text("c", "x".repeat(2_000_000), "y", "z"), Column.text("kind", "p", "q", "p"));
    Preprocessor raw = Preprocessing.standard().fit(wide, "kind");
    Network network = Network.of(1, new int[] {3, 2}, Activation.SOFTMAX);
    Model.of(raw, network);
    List<Matrix> before = TestData.parameters(network);
    Path file = directory.resolve("long.lanewise");
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).epochs(100_000).checkpoint(file, 100_000);
    String message = assertThrows(ModelFileException.class, () -> network.fit(raw.dataset(wide), fit)).getMessage();
    assertTrue(message.startsWith("cannot write " + file + ": its names and metadata would make a header of 17"), message);
    assertEquals(before, TestData.parameters(network));
    network.fit(raw.dataset(wide), fit.stopWhen(epoch -> epoch.number() == 2)); // which may end sooner, and does
    assertEquals(2, Network.load(file).epochsTrained());
  }

  /** One output tells two classes apart, of which this has one. */
  @Test
  void oneClass() throws IOException {
    Table one = Table.of(Column.numeric("x", 1, 2), Column.text("kind", "only", "only"));
    Preprocessor raw = Preprocessing.standard().fit(one, "kind");
    Network network = Network.of(1, new int[] {1, 1}, Activation.SIGMOID);
    String reason = "the preprocessing knows one class, \"only\", but a model tells two and more apart";
    assertEquals(reason, assertThrows(IllegalArgumentException.class, () -> Model.of(raw, network)).getMessage());

    Path file = directory.resolve("one.lanewise");
    Table two = Table.of(Column.numeric("x", 1, 2), Column.text("kind", "only", "also"));
    Model.of(Preprocessing.standard().fit(two, "kind"), network).save(file);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String name = "\\\"also\\\",";
    assertTrue(text.contains(name), text);
    String claimed = text.replace(name, " ".repeat(name.length())).replaceFirst(",\"crc32c\":\"[0-9a-f]{8}\"", " ".repeat(20));
    Files.writeString(file, claimed, StandardCharsets.ISO_8859_1);
    assertEquals("cannot read " + file + ": " + reason, assertThrows(ModelFileException.class, () -> Model.load(file)).getMessage());
  }

  @Test
  void whatDoesNotGoTogether() {
    Preprocessor raw = PREPROCESSING.fit(rows.without("price"), "kind");
    Path forged = directory.resolve("forged.lanewise");
    for (Network network : List.of(network(4, 2, Activation.SOFTMAX), network(4, 1, Activation.SIGMOID))) {
      String message = "the preprocessing makes 4 inputs and wants 3 outputs, but the network is " + network;
      assertEquals(message, assertThrows(IllegalArgumentException.class, () -> Model.of(raw, network)).getMessage());
      network.file(raw.toMap()).write(forged);
      assertEquals(
          "cannot read " + forged + ": " + message, assertThrows(ModelFileException.class, () -> Model.load(forged)).getMessage());
    }
    Preprocessor two = Preprocessing.unscaled().fit(Table.of(Column.numeric("a", 1, 2), Column.text("b", "p", "q")), "b");
    String message = "the preprocessing makes 1 inputs and wants 2 outputs, but the network is 1-3";
    Network three = Network.of(1, new int[] {1, 3}, Activation.SOFTMAX);
    assertEquals(message, assertThrows(IllegalArgumentException.class, () -> Model.of(two, three)).getMessage());
    Path model = directory.resolve("model.lanewise");
    Model.of(raw, network(4, 3, Activation.SOFTMAX)).save(model);
    assertEquals(
        "cannot read " + model + ": it is a model and no checkpoint: load it, and fit it anew",
        assertThrows(ModelFileException.class, () -> Model.resume(model)).getMessage());
    Path file = directory.resolve("bare.lanewise");
    network(4, 3, Activation.SOFTMAX).save(file);
    assertEquals(
        "cannot read " + file + ": it has a network, but no preprocessing of raw rows",
        assertThrows(ModelFileException.class, () -> Model.load(file)).getMessage());
    ByteArrayOutputStream bare = new ByteArrayOutputStream();
    network(4, 3, Activation.SOFTMAX).save(bare);
    assertEquals(
        "cannot read the stream: it has a network, but no preprocessing of raw rows",
        assertThrows(ModelFileException.class, () -> Model.load(new ByteArrayInputStream(bare.toByteArray()))).getMessage());
  }

  @Test
  void streams() throws IOException {
    Preprocessor raw = PREPROCESSING.fit(rows.without("price"), "kind");
    Model model = Model.of(raw, network(4, 3, Activation.SOFTMAX));
    Path file = directory.resolve("m.lanewise");
    model.requireWritable(file);
    assertTrue(Files.notExists(file));
    model.save(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.save(out);
    assertArrayEquals(Files.readAllBytes(file), out.toByteArray());
    Model loaded = Model.load(new ByteArrayInputStream(out.toByteArray()), out.size());
    assertEquals(model.preprocessor(), loaded.preprocessor());
    assertEquals(TestData.parameters(model.network()), TestData.parameters(loaded.network()));
    assertThrows(ModelFileException.class, () -> Model.load(new ByteArrayInputStream(out.toByteArray()), out.size() - 1));
    Path elsewhere = directory.resolve("none").resolve("m.lanewise");
    assertThrows(ModelFileException.class, () -> model.requireWritable(elsewhere));
  }
}
