package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.JavaProcess;
import dev.lanewise.Model;
import dev.lanewise.Network;
import dev.lanewise.data.Column;
import dev.lanewise.data.Csv;
import dev.lanewise.data.Preprocessing;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.StreamSource;
import dev.lanewise.data.Table;
import dev.lanewise.io.Tensors;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** {@code train}, {@code evaluate}, {@code predict} and {@code info}, from files to exit codes. */
class CommandsTest {

  @TempDir Path folder;
  private Path iris;

  /** Fisher's irises (1936), which are in the public domain. */
  @BeforeEach
  void copyIris() throws IOException {
    iris = folder.resolve("iris.csv");
    try (InputStream in = CommandsTest.class.getResourceAsStream("/iris.csv")) {
      Files.copy(in, iris);
    }
  }

  record Result(int code, String out, String err) {}

  static Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(List.of(args), new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Path train(String... more) {
    Path model = folder.resolve("iris.lanewise");
    List<String> args = new ArrayList<>(List.of(
        "train", iris.toString(), "--label", "species", "--hidden", "16,8", "--epochs", "60", "--out", model.toString()));
    args.addAll(List.of(more));
    Result result = run(args.toArray(String[]::new));
    assertEquals(0, result.code, result.err);
    return model;
  }

  private static double figure(String json, String name) {
    return Double.parseDouble(json.replaceAll(".*\"" + name + "\":([0-9.eE+-]+).*", "$1").strip());
  }

  /** What is trained by then is saved all the same. */
  @Test
  @Timeout(60)
  void timeThatIsOver() throws IOException {
    Path model = folder.resolve("timed.lanewise");
    Result result = run(
        "train", iris.toString(), "--label", "species", "--hidden", "8", "--epochs", "100000000", "--time-limit", "1s",
        "--out", model.toString());
    assertEquals(0, result.code, result.err);
    assertTrue(result.out.lines().anyMatch(line -> line.matches("stopped by the time limit in epoch \\d+.*")), result.out);
    assertTrue(result.out.contains("saved " + model), result.out);
    assertEquals(0, run("evaluate", model.toString(), iris.toString()).code);
  }

  @Test
  void fromRowsToAnswers() throws IOException {
    Path model = folder.resolve("iris.lanewise");
    Result trained = run(
        "train", iris.toString(), "--label", "species", "--hidden", "16,8", "--epochs", "60", "--early-stop", "20",
        "--learning-rate", "0.01", "--out", model.toString());
    assertEquals(0, trained.code, trained.err);
    List<String> lines = trained.out.lines().toList();
    assertTrue(lines.stream().anyMatch(l -> l.matches(
        "epoch 10/60  loss \\d\\.\\d{4}  validation \\d\\.\\d{4}, accuracy [01]\\.\\d{4}  [\\d,]+ rows/s  0:0\\d left")), trained.out);
    assertTrue(trained.out.contains("On the validation rows:"), trained.out);
    assertTrue(trained.out.matches("(?s).* virginica +[01]\\.\\d\\d .*"), trained.out);
    assertTrue(lines.indexOf("saved " + model) > 0, trained.out);
    assertTrue(lines.indexOf("saved " + model) < lines.indexOf("On the validation rows:"), trained.out);

    Result judged = run("evaluate", model.toString(), iris.toString(), "--json");
    assertEquals(0, judged.code, judged.err);
    assertTrue(figure(judged.out, "accuracy") >= 0.95, judged.out);
    assertEquals(150, figure(judged.out, "rows"));
    assertTrue(figure(judged.out, "log_loss") < 0.2, judged.out);
    assertTrue(run("evaluate", model.toString(), iris.toString()).out.contains("weighted avg"));

    Path unknown = folder.resolve("unknown.csv");
    Files.writeString(unknown, "petal_width,petal_length,sepal_width,sepal_length\n0.2,1.4,3.5,5.1\n2.1,5.6,2.8,6.4\n");
    Result answered = run("predict", model.toString(), unknown.toString());
    assertEquals("species\nsetosa\nvirginica\n", answered.out.replace(System.lineSeparator(), "\n"));
    Result shares = run("predict", model.toString(), unknown.toString(), "--json", "--probabilities");
    float[] setosa = Model.load(model).predict("5.1", "3.5", "1.4", "0.2");
    assertArrayEquals(
        new double[] {setosa[0], setosa[1], setosa[2]},
        new double[] {
          figure(shares.out.lines().findFirst().orElseThrow(), "p\\(setosa\\)"),
          figure(shares.out.lines().findFirst().orElseThrow(), "p\\(versicolor\\)"),
          figure(shares.out.lines().findFirst().orElseThrow(), "p\\(virginica\\)")
        },
        1e-7);

    Result info = run("info", model.toString());
    assertTrue(info.out.contains("predicts species: one of setosa, versicolor, virginica"), info.out);
    assertTrue(info.out.contains("columns: sepal_length, sepal_width, petal_length, petal_width"), info.out);
    assertTrue(info.out.contains("inputs: sepal_length, sepal_width, petal_length, petal_width"), info.out);
    assertTrue(info.out.contains("epochs trained, loss cross_entropy"), info.out);
  }

  @Test
  void standardInput() throws IOException {
    Path model = train("--quiet");
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(iris)));
      Result answered = run("predict", model.toString());
      assertEquals(0, answered.code, answered.err);
      assertEquals(151, answered.out.lines().count());
      assertEquals(run("predict", model.toString(), iris.toString()).out, answered.out);
    } finally {
      System.setIn(before);
    }
  }

  /** Neither to judge nor to answer: it says nothing of a row. */
  @Test
  void aColumnThatWasLeftOut() throws IOException {
    String rows = Files.readString(iris);
    Path alike = Files.writeString(folder.resolve("alike.csv"), rows.replaceAll("(?m)^", "7,").replaceFirst("7", "id"));
    Path model = folder.resolve("alike.lanewise");
    Result trained = run(
        "train", alike.toString(), "--label", "species", "--ignore", "id", "--validation", iris.toString(), "--epochs", "3",
        "--out", model.toString(), "--quiet");
    assertEquals(0, trained.code, trained.err);
    for (String command : List.of("evaluate", "predict")) {
      Result without = run(command, model.toString(), iris.toString());
      assertEquals(0, without.code, without.err);
      assertEquals(without, run(command, model.toString(), alike.toString()));
    }
  }

  /** What a column held in training it holds for good: {@code 01} alone in a file looks like a number, and is no {@code 1}. */
  @Test
  void textThatLooksLikeNumbers() throws IOException {
    Path codes = folder.resolve("codes.csv");
    Files.writeString(codes, "t,y\n" + "1,a\n01,b\nx,c\n007,1.50\n".repeat(20));
    Path model = folder.resolve("codes.lanewise");
    Path alone = Files.writeString(folder.resolve("alone.csv"), "t,y\n01,b\n");
    Result trained = run(
        "train", codes.toString(), "--label", "y", "--learning-rate", "0.05", "--validation", alone.toString(), "--out",
        model.toString(), "--quiet");
    assertEquals(0, trained.code, trained.err);
    for (String[] row : new String[][] {{"1", "a"}, {"01", "b"}, {"x", "c"}, {"007", "1.50"}}) {
      Path rows = Files.writeString(folder.resolve("row.csv"), "t\n" + row[0] + "\n");
      assertEquals("y\n" + row[1] + "\n", run("predict", model.toString(), rows.toString()).out);
      assertEquals(run("predict", model.toString(), rows.toString()), fed(Files.readAllBytes(rows), "predict", model.toString()));
    }
    Path numbers = Files.writeString(folder.resolve("numbers.csv"), "t,y\n007,1.50\n");
    Result judged = run("evaluate", model.toString(), numbers.toString(), "--json");
    assertEquals(0, judged.code, judged.err);
    assertEquals(1, figure(judged.out, "accuracy"));
    assertEquals(judged, fed(Files.readAllBytes(numbers), "evaluate", model.toString(), "-", "--json"));
    Files.writeString(numbers, "t,y\n7,1.50\n");
    assertTrue(run("evaluate", model.toString(), numbers.toString()).err.contains("row 2, column \"t\": \"7\" is none of"));
    Files.writeString(numbers, "t,y\n1,1.5\n");
    Result validated = run("train", codes.toString(), "--label", "y", "--validation", numbers.toString(), "--quiet");
    assertTrue(validated.err.contains("row 2, column \"y\": \"1.5\" is not one of"), validated.err);
  }

  /** The command, with those bytes as standard input. */
  private static Result fed(byte[] input, String... args) {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(input));
      return run(args);
    } finally {
      System.setIn(before);
    }
  }

  /** As floats the two labels are one, which would be a single class. */
  @Test
  void numbersTooLargeForClasses() throws IOException {
    Path ids = Files.writeString(folder.resolve("ids.csv"), "x,id\n1,16777216\n2,16777217\n3,16777216\n4,5\n");
    Path model = folder.resolve("ids.lanewise");
    Result trained = run("train", ids.toString(), "--label", "id", "--epochs", "2", "--out", model.toString(), "--quiet");
    assertEquals(0, trained.code, trained.err);
    assertFalse(Model.load(model).preprocessor().isClassification());
  }

  @Test
  void numbers() {
    Path model = folder.resolve("widths.lanewise");
    Result trained = run(
        "train", iris.toString(), "--label", "petal_width", "--ignore", "species", "--epochs", "80", "--validation", "0.2",
        "--out", model.toString(), "--quiet");
    assertEquals(0, trained.code, trained.err);
    Result judged = run("evaluate", model.toString(), iris.toString(), "--json");
    assertEquals(0, judged.code, judged.err); // whatever else is in the file
    assertEquals(150, figure(judged.out, "rows"));
    Result refused = run("predict", model.toString(), iris.toString(), "--probabilities");
    assertEquals(2, refused.code);
    assertEquals("lanewise: --probabilities is for classes, but " + model + " predicts numbers", refused.err.strip());
    Result info = run("info", model.toString());
    assertTrue(info.out.contains("predicts petal_width\n".replace("\n", System.lineSeparator())), info.out);
  }

  @Test
  void aRunThatIsResumed() {
    Path checkpoint = folder.resolve("run");
    Path whole = folder.resolve("whole");
    Path resumed = folder.resolve("resumed");
    String[] common = {"train", iris.toString(), "--label", "species", "--hidden", "9", "--dropout", "0.1", "--quiet"};
    assertEquals(0, run(with(common, "--epochs", "12", "--out", whole.toString())).code);
    assertEquals(0, run(with(common, "--epochs", "5", "--checkpoint", checkpoint.toString())).code);
    Result more = run(with(common, "--epochs", "12", "--resume", checkpoint.toString(), "--out", resumed.toString()));
    assertEquals(0, more.code, more.err);
    assertArrayEquals(bytes(whole), bytes(resumed), "the same bits");

    common[5] = "10";
    Result another = run(with(common, "--resume", checkpoint.toString(), "--out", resumed.toString()));
    assertEquals(1, another.code);
    assertEquals(
        "lanewise: " + checkpoint + " is the checkpoint of 4-9-3, but the options make another network, 4-10-3",
        another.err.strip());
    assertArrayEquals(bytes(whole), bytes(resumed), "and the file of before is there");
  }

  /** The options that decide what is made of the columns, and what is said where they are not those of the run. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "--label y                                  | ",
    "--label a                                  | of a run for the classes of y, but the options make one for the numbers of a",
    "--label y --regression                     | of a run for the classes of y, but the options make one for the numbers of y",
    "--targets y,a                              | of a run for the classes of y, but the options make one for the numbers of y, a",
    "--label y --ignore b                       | of a run on the columns \"a\", \"b\", \"kind\", but the options make one on \"a\", \"kind\"",
    "--label y --hidden none                    | of 4-64-2, but the options make another network, 4-2",
    "--label y --scaler minmax                  | of a run that prepared column \"a\" in another way",
    "--label y --scaler best                    | --scaler is standard, minmax, robust or none, not best",
    "--label y --impute mean                    | of a run that prepared column \"a\" in another way",
    "--label y --ignore-unknown                 | of a run that prepared column \"kind\" in another way",
    "--label y --text a                         | of a run that took column \"a\" for numbers: --scaler, --impute, --ignore-unknown, --text, --numeric,",
    "--label y --hidden 9                       | of 4-64-2, but the options make another network, 4-9-2",
    "--label y --activation tanh                | with --activation relu in layer 0, but the options make one with --activation tanh there",
    "--label y --dropout 0.1                    | with --dropout 0.0 in layer 0, but the options make one with --dropout 0.1 there",
    "--label y --normalization layer            | with --normalization none in layer 0, but the options make one with --normalization",
    "--label y --early-stop 3                   | of a run without --early-stop, but the options make one with --early-stop 3",
    "--label y --seed 2                         | of a run with --seed 1, but the options make one with --seed 2",
    "--label y --validation 0.2                 | of a run that trained on 40 rows, but the options leave 32: --validation, --early-stop",
  })
  void aRunThatIsResumedUnderOtherOptions(String options, String sentence) throws IOException {
    Path rows = folder.resolve("rows.csv");
    StringBuilder csv = new StringBuilder("a,b,kind,y\n");
    for (int i = 0; i < 40; i++) {
      csv.append(i * 0.7 - 3).append(',').append(i * i % 17 / 3f).append(',').append(i % 3 == 0 ? "red" : "blue").append(',')
          .append(i / 7 % 2).append('\n');
    }
    Files.writeString(rows, csv);
    Path checkpoint = folder.resolve("run");
    String[] common = {"train", rows.toString(), "--quiet", "--epochs"};
    Result begun = run(with(common, "3", "--label", "y", "--checkpoint", checkpoint.toString()));
    assertEquals(0, begun.code, begun.err);
    List<String> more = new ArrayList<>(List.of("5", "--resume", checkpoint.toString()));
    more.addAll(List.of(options.split(" ")));
    Result resumed = run(with(common, more.toArray(String[]::new)));
    if (sentence == null) {
      assertEquals(0, resumed.code, resumed.err);
    } else {
      assertEquals(sentence.startsWith("--") ? 2 : 1, resumed.code, resumed.out);
      assertEquals(1, resumed.err.lines().count(), resumed.err);
      assertTrue(resumed.err.contains(sentence), resumed.err);
      assertEquals("", resumed.out);
    }
  }

  /** Text that was meant, and other classes, which no option decides. */
  @Test
  void aRunThatIsResumedWithColumnsOfAnotherKind() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.csv"), "a,y\n1,u\n2,v\n3,u\n4,v\n");
    Path checkpoint = folder.resolve("run");
    String[] common = {"train", rows.toString(), "--label", "y", "--quiet", "--epochs", "1"};
    assertEquals(0, run(with(common, "--text", "a", "--checkpoint", checkpoint.toString())).code);
    String start = "lanewise: " + checkpoint + " is the checkpoint of a run that ";
    Result numbers = run(with(common, "--resume", checkpoint.toString()));
    assertTrue(numbers.err.startsWith(start + "took column \"a\" for text: --scaler, "), numbers.err);
    Files.writeString(rows, "a,y\n1,u\n2,v\n3,u\n4,w\n");
    Result classes = run(with(common, "--text", "a", "--resume", checkpoint.toString()));
    assertTrue(classes.err.startsWith(start + "prepared column \"y\" in another way: --scaler, "), classes.err);
  }

  /** Runs of Java may stop early, or weigh classes, as no option says, or not know how many rows they have. */
  @Test
  void aRunThatIsResumedWithoutWhatNoOptionMakes() throws IOException {
    Table table = Csv.of(iris).read();
    Preprocessor raw = Preprocessing.standard().fit(table, "species");
    Path checkpoint = folder.resolve("run");
    Network stopping = Network.input(4).dense(64, Activation.RELU).dense(3, Activation.SOFTMAX).seed(1).build();
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adam()).seed(1).epochs(1).checkpoint(checkpoint, 1);
    Model.of(raw, stopping).network().fit(
        raw.transform(table), raw.labels(table),
        fit.validation(raw.transform(table), raw.labels(table)).earlyStopping(3, 0.5));
    String[] resume = {"train", iris.toString(), "--label", "species", "--resume", checkpoint.toString()};
    assertEquals(
        "lanewise: " + checkpoint + " is the checkpoint of a run with an early stopping that no option makes, but the options make one "
            + "with --early-stop 3",
        run(with(resume, "--early-stop", "3")).err.strip());

    Files.delete(checkpoint);
    Network weighted = Network.input(4).dense(64, Activation.RELU).dense(3, Activation.SOFTMAX).seed(1).build();
    Model.of(raw, weighted).network().fit(raw.transform(table), raw.labels(table), fit.classWeights(1, 2, 3));
    assertEquals(
        "lanewise: " + checkpoint + " was saved by a run with class weights that no option gives: a run goes on as it began",
        run(resume).err.strip());

    Network streamed = Network.input(4).dense(64, Activation.RELU).dense(3, Activation.SOFTMAX).seed(1).build();
    Files.delete(checkpoint);
    int[] left = {1};
    Model.of(raw, streamed).network().fit(StreamSource.of(4, 3, 1, epoch -> (into, row) -> {
      into.setLabel(row, 0);
      return left[0]-- > 0;
    }), fit);
    Result resumed = run(resume);
    assertEquals(1, resumed.code, resumed.out);
    assertEquals(
        "lanewise: " + checkpoint + " was saved by a fit whose rows were shuffled within a window of 1, but those of this one are among "
            + "all rows in memory: a run goes on as it began",
        resumed.err.strip());
  }

  /** A checkpoint that was made in Java may end in an activation that no option makes. */
  @Test
  void aRunThatIsResumedWithAnotherLastLayer() throws IOException {
    Table table = Csv.of(iris).read();
    Preprocessor raw = Preprocessing.standard().fit(table, "species");
    Network network = Network.input(4).dense(64, Activation.RELU).dense(3, Activation.SIGMOID).seed(1).build();
    Path checkpoint = folder.resolve("run");
    Fit fit = Fit.with(Loss.BINARY_CROSS_ENTROPY).seed(1).epochs(1).checkpoint(checkpoint, 1);
    Model.of(raw, network).network().fit(raw.transform(table), raw.labels(table), fit);
    Result resumed = run("train", iris.toString(), "--label", "species", "--resume", checkpoint.toString());
    assertEquals(1, resumed.code, resumed.out);
    assertEquals(
        "lanewise: " + checkpoint + " is the checkpoint of a run with activation sigmoid in layer 1, but the options make one with "
            + "activation softmax there",
        resumed.err.strip());
  }

  /** Before the rows are read. */
  @Test
  void aRunThatIsResumedForFewerEpochs() {
    Path checkpoint = folder.resolve("run");
    String[] common = {"--label", "species", "--quiet", "--epochs"};
    assertEquals(0, run(with(with(new String[] {"train", iris.toString()}, common), "2", "--checkpoint", checkpoint.toString())).code);
    for (String rows : List.of(iris.toString(), folder.resolve("none.csv").toString())) {
      Result resumed = run(with(with(new String[] {"train", rows}, common), "1", "--resume", checkpoint.toString()));
      assertEquals(2, resumed.code, resumed.out);
      assertEquals(
          "lanewise: " + checkpoint + " has a run of 2 epochs, but --epochs says 1: it counts all of them", resumed.err.strip());
      assertEquals("", resumed.out);
    }
  }

  /** Which the fit refuses itself, in words of Java. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "--optimizer sgd | with another --optimizer",
    "--batch-size 8  | with --batch-size 32, but this one has 8",
    "--clip-norm 2   | without --clip-norm, but this one has 2.0",
    "--l2 0.1        | without --l2, but this one has 0.1",
  })
  void aRunThatIsResumedUnderAnotherOptionOfTheFit(String option, String sentence) {
    Path checkpoint = folder.resolve("run");
    String[] common = {"train", iris.toString(), "--label", "species", "--quiet", "--epochs"};
    assertEquals(0, run(with(common, "1", "--checkpoint", checkpoint.toString())).code);
    Result resumed = run(with(with(common, "2", "--resume", checkpoint.toString()), option.split(" ")));
    assertEquals(1, resumed.code, resumed.out);
    assertEquals(
        "lanewise: " + checkpoint + " was saved by a run " + sentence + ": a run goes on as it began", resumed.err.strip());
  }

  @Test
  void aRunWithALimitThatIsResumedWithoutIt() {
    assertEquals(
        "with --clip-norm 2.0, but this one is without", refused(folder.resolve("run"), List.of("--clip-norm", "2")));
    assertEquals("with --l2 0.1, but this one is without", refused(folder.resolve("run"), List.of("--l2", "0.1")));
  }

  /** Neither has the value that checkpoints have for it: one is a file or a share, the other has none. */
  @Test
  void aRunThatIsResumedWithOtherValidationRowsOrClassWeights() throws IOException {
    Path checkpoint = folder.resolve("run");
    Path one = Files.writeString(
        folder.resolve("one.csv"), String.join("\n", Files.readAllLines(iris).subList(0, 2)));
    String[] all = {"--validation", iris.toString()};
    assertEquals("without --balanced, but this one has it", refused(checkpoint, List.of(), "--balanced"));
    assertEquals("with --balanced, but this one is without", refused(checkpoint, List.of("--balanced")));
    assertEquals("without --validation, but this one has 150 rows", refused(checkpoint, List.of(), all));
    assertEquals("with --validation of 150 rows, but this one is without", refused(checkpoint, List.of(all)));
    assertEquals(
        "with --validation of 1 row, but this one has 150 rows", refused(checkpoint, List.of("--validation", one.toString()), all));
  }

  /** How a run began, and how it does not go on. */
  private String refused(Path checkpoint, List<String> begun, String... resumed) {
    String[] common = {"train", iris.toString(), "--label", "species", "--quiet", "--epochs"};
    checkpoint.toFile().delete();
    Result first = run(with(with(common, "1", "--checkpoint", checkpoint.toString()), begun.toArray(String[]::new)));
    assertEquals(0, first.code, first.err);
    Result second = run(with(with(common, "2", "--resume", checkpoint.toString()), resumed));
    assertEquals(1, second.code, second.out);
    String start = "lanewise: " + checkpoint + " was saved by a run ";
    assertTrue(second.err.startsWith(start), second.err);
    return second.err.strip().substring(start.length()).replaceFirst(": a run goes on as it began$", "");
  }

  /** Fewer rows are trained on, so all columns are prepared in another way; but that is not what was forgotten. */
  @Test
  void aRunThatStopsEarlyIsResumedWithoutThat() {
    Path checkpoint = folder.resolve("run");
    String[] common = {"train", iris.toString(), "--label", "species", "--quiet", "--epochs"};
    Result begun = run(with(common, "2", "--early-stop", "3", "--checkpoint", checkpoint.toString()));
    assertEquals(0, begun.code, begun.err);
    String sentence = "lanewise: " + checkpoint + " is the checkpoint of a run with --early-stop 3, but the options make one ";
    Result without = run(with(common, "4", "--resume", checkpoint.toString()));
    assertEquals(sentence + "without --early-stop", without.err.strip());
    Result another = run(with(common, "4", "--early-stop", "4", "--resume", checkpoint.toString()));
    assertEquals(sentence + "with --early-stop 4", another.err.strip());
    Result none = run(with(common, "4", "--early-stop", "0", "--resume", checkpoint.toString()));
    assertEquals(2, none.code);
    assertEquals("lanewise: --early-stop must be positive, but is 0", none.err.strip());
    Result drawn = run(with(common, "4", "--early-stop", "3", "--seed", "2", "--resume", checkpoint.toString()));
    assertEquals(
        "lanewise: " + checkpoint + " is the checkpoint of a run with --seed 1, but the options make one with --seed 2",
        drawn.err.strip());
    Result more = run(with(common, "4", "--early-stop", "3", "--resume", checkpoint.toString()));
    assertEquals(0, more.code, more.err);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String[] with(String[] common, String... more) {
    List<String> all = new ArrayList<>(List.of(common));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** Exit code, and what the one line says. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "2 | train                                                     | lanewise: train needs the file data.csv (train --help explains)",
    "2 | predict                                                   | lanewise: predict needs the file model (predict --help explains)",
    "2 | train iris.csv                                            | needs --label, the column to predict, or --targets for several numbers",
    "2 | train iris.csv --lable species                            | unknown option --lable: did you mean --label? (train --help lists",
    "2 | train iris.csv --label species --hiden 3                  | unknown option --hiden: did you mean --hidden? (train --help lists",
    "2 | train iris.csv --label species --zz 3                     | lanewise: unknown option --zz (train --help lists the options)",
    "2 | evaluate iris.lanewise iris.csv more                      | \"more\" is an argument too many (evaluate --help explains)",
    "2 | evaluate iris.lanewise iris.csv -- --json                 | \"--json\" is an argument too many (evaluate --help explains)",
    "2 | evaluate iris.lanewise iris.csv -- --jsonn                | unknown option --jsonn: did you mean --json?",
    "2 | train iris.csv --label petal_width --hidden 1 --normalization layer | layer normalisation of one output",
    "2 | train iris.csv --label species --normalization batch --batch-size 1 | batch normalisation",
    "2 | train iris.csv --label species --label petal_width        | --label is given twice: --targets predicts several numbers",
    "2 | train iris.csv --label species --targets petal_width      | --label and --targets exclude each other: give one of them",
    "2 | train iris.csv --label species --epochs 1 --epochs 2      | lanewise: --epochs is given twice",
    "2 | train iris.csv --epochs 1 --label                         | --label needs a value",
    "2 | train iris.csv --label species --epochs --seed 3          | --epochs needs a value",
    "2 | train iris.csv --label species --balanced=maybe           | lanewise: --balanced takes no value",
    "2 | train iris.csv --label species --balanced=false           | lanewise: --balanced takes no value",
    "2 | train iris.csv --label species --quiet=true               | lanewise: --quiet takes no value",
    "2 | evaluate iris.lanewise iris.csv --json=                   | lanewise: --json takes no value",
    "2 | info --help=yes                                           | lanewise: --help takes no value",
    "2 | train EMPTY --label species                               | lanewise: data.csv must be the name of a file, but is empty",
    "2 | train iris.csv --label species --validation EMPTY         | lanewise: --validation must be the name of a file, but is empty",
    "2 | train iris.csv --label species --resume EMPTY             | lanewise: --resume must be the name of a file, but is empty",
    "2 | info EMPTY                                                | lanewise: model must be the name of a file, but is empty",
    "2 | train iris.csv --label species --ignore species           | --ignore leaves out species, which is to be predicted",
    "2 | train iris.csv --targets petal_width --ignore petal_width | --ignore leaves out petal_width, which is to be predicted",
    "1 | train iris.csv --label species --regression               | --label without --regression predicts text as a class",
    "1 | train iris.csv --targets petal_width,species              | row 2, column \"species\": \"setosa\" is not a number, which",
    "2 | train iris.csv --label species --epochs many              | lanewise: --epochs is a whole number, not many",
    "2 | train iris.csv --label species --epochs 99999999999       | lanewise: --epochs is at most 2147483647, not 99999999999",
    "2 | train iris.csv --label species --epochs -99999999999      | lanewise: --epochs is at least -2147483648, not -99999999999",
    "2 | train iris.csv --label species --seed 1.5                 | lanewise: --seed is a whole number, not 1.5",
    "2 | train iris.csv --label species --seed 9223372036854775808 | lanewise: --seed is at most 9223372036854775807, not 9223372036854775808",
    "2 | train iris.csv --label species --seed -9223372036854775809 | --seed is at least -9223372036854775808, not -92",
    "2 | train iris.csv --label species --early-stop long          | lanewise: --early-stop is a whole number, not long",
    "2 | train iris.csv --label species --early-stop 2147483648    | lanewise: --early-stop is at most 2147483647, not 2147483648",
    "2 | train iris.csv --label species --dropout much             | lanewise: --dropout is a number, not much",
    "2 | train iris.csv --label species --dropout EMPTY            | lanewise: --dropout needs a number",
    "2 | train iris.csv --label species --learning-rate EMPTY      | lanewise: --learning-rate needs a number",
    "2 | train iris.csv --label species --learning-rate fast       | lanewise: --learning-rate is a number, not fast",
    "2 | train iris.csv --label species --dropout 0.1f             | lanewise: --dropout is a number, not 0.1f",
    "2 | train iris.csv --label species --learning-rate 0x1p-2     | lanewise: --learning-rate is a number, not 0x1p-2",
    "2 | train iris.csv --label species --l2 ٠.١                   | lanewise: --l2 is a number, not ٠.١",
    "2 | train iris.csv --label species --l2 Infinity              | --l2 must be finite and not negative, but is Infinity",
    "2 | train iris.csv --label species --epochs ٣                 | lanewise: --epochs is a whole number, not ٣",
    "2 | train iris.csv --label species --seed ٣                   | lanewise: --seed is a whole number, not ٣",
    "2 | train iris.csv --label species --hidden ٣                 | lanewise: --hidden is a whole number, not ٣",
    "2 | train iris.csv --label species --validation 0x1p-2        | there is no file 0x1p-2",
    "2 | train iris.csv --label species --validation 0.2f          | there is no file 0.2f",
    "2 | digits --lr 1f                                            | lanewise: --lr is a number, not 1f",
    "2 | digits --lr 0x1p-7                                        | lanewise: --lr is a number, not 0x1p-7",
    "2 | digits --epochs ٣                                         | lanewise: --epochs is a whole number, not ٣",
    "2 | train iris.csv --label species --hidden 8,               | lanewise: --hidden needs a whole number",
    "2 | train iris.csv --label species --hidden 8,wide            | lanewise: --hidden is a whole number, not wide",
    "2 | train iris.csv --label species --activation leaky_relu(-1) | leaky_relu(-1): slope must be finite and not negative, but is -1.0",
    "2 | train iris.csv --label species --activation elu(0)        | elu(0): alpha must be finite and positive as a float, but is 0.0",
    "2 | train iris.csv --label species --hidden none --dropout 0.1 | --dropout is for hidden layers, and --hidden none makes none",
    "2 | train iris.csv --label species --hidden none --activation tanh | --activation is for hidden layers, and --hidden none makes none",
    "2 | train iris.csv --label species --hidden none --normalization batch | --normalization is for hidden layers",
    "2 | train iris.csv --label species --activation best          | --activation of hidden layers is relu, leaky_relu,",
    "2 | train iris.csv --label species --activation Softmax       | tanh, sigmoid or identity, not Softmax",
    "2 | train iris.csv --label species --optimizer best           | --optimizer is sgd, momentum",
    "2 | train iris.csv --label species --time-limit 9999999999s   | --time-limit is a number of at most 9 digits, and its unit, not 9999999999s",
    "2 | train iris.csv --label species --time-limit soon          | --time-limit is a number of seconds",
    "2 | train iris.csv --label species --validation most          | there is no file most",
    "2 | train iris.csv --label species --hidden 0                 | --hidden must be positive, but is 0",
    "2 | train iris.csv --label species --dropout 1                | --dropout must be in 0..1, 1 excluded",
    "2 | train iris.csv --label species --epochs 0                 | --epochs must be positive, but is 0",
    "2 | train iris.csv --label species --batch-size 0             | --batch-size must be positive, but is 0",
    "2 | train iris.csv --label species --learning-rate -1         | --learning-rate must be finite and positive",
    "2 | train iris.csv --label species --l2 -1                    | --l2 must be finite and not negative",
    "2 | train iris.csv --label species --clip-norm 0              | --clip-norm must be finite and positive",
    "2 | train iris.csv --label species --early-stop 0             | --early-stop must be positive, but is 0",
    "2 | train iris.csv --label species --time-limit 0s            | --time-limit must be positive, but is 0s",
    "2 | train iris.csv --label species --threads 0                | --threads must be positive, but is 0",
    "2 | train iris.csv --label species --validation 1.5           | between 0 and 1, not 1.5",
    "2 | train iris.csv --label species --validation NaN           | between 0 and 1, not NaN",
    "2 | train iris.csv --label species --delimiter x              | no quote, not x",
    "2 | train iris.csv --label species --checkpoint none/run      | --checkpoint",
    "2 | train none.csv --label species --checkpoint new.run --epochs 100001 | --checkpoint has room for the history of 100000 epochs, but --epochs says 100001",
    "2 | train none.csv --label species --checkpoint new.run --checkpoint-every 0 | --checkpoint-every must be positive, but is 0",
    "2 | train none.csv --label species --checkpoint-every 5       | how often --checkpoint FILE saves the run, but there is none",
    "1 | train none.csv --label species --checkpoint new.run --epochs 100000 | none.csv: it does not exist",
    "1 | train none.csv --label species --checkpoint new.run --epochs 100001 --early-stop 9 | none.csv: it does not exist",
    "1 | train none.csv --label species --checkpoint new.run --epochs 100001 --time-limit 9s | none.csv: it does not exist",
    "2 | train none.csv --label species --checkpoint .             | : it is a folder, not a file",
    "2 | train iris.csv --label petal_width --balanced             | --balanced is for classes",
    "2 | train iris.csv --targets petal_width,petal_width          | --targets names a column twice",
    "2 | train two.csv --label b --ignore a,b                      | --ignore leaves out b, which is to be predicted",
    "1 | train two.csv --label b --ignore a                        | two.csv has no column besides \"b\"",
    "2 | train two.csv --label b --ignore \"a                       | --ignore has a quotation mark that is not closed: \"a",
    "2 | train two.csv --label b --ignore \"a\"b                     | --ignore has text after a closing quotation mark: \"a\"b",
    "1 | train two.csv --targets a --targets b                     | two.csv has no column besides \"a\", \"b\"",
    "2 | evaluate iris.lanewise iris.csv --delimiter x             | --delimiter is an ASCII character",
    "1 | train two.csv --label b --early-stop 1                    | two.csv: --early-stop keeps a share of 0.2 of the rows for validation, and of 2 rows that is none (--validation FILE, or more rows)",
    "1 | train row.csv --label b --early-stop 1                    | row.csv: --early-stop keeps a share of 0.2 of the rows for validation, and of 1 row that is none",
    "1 | train iris.csv --label species --validation 0.001         | iris.csv: --validation keeps a share of 0.001 of the rows for validation, and of 150 rows that is none",
    "1 | train iris.csv --label petal_width --validation 0.999     | iris.csv: --validation keeps a share of 0.999 of the rows for validation, and of 150 rows that is all",
    "2 | train iris.csv --label species --resume iris.lanewise     | iris.lanewise is the file of --resume: the model would replace the run",
    "1 | train iris.csv --label species --optimizer sgd --learning-rate 1e30 | in epoch 1",
    "1 | train one.csv --label b                                   | one.csv, column \"b\": one class, \"setosa\": two are needed",
    "1 | train codes.csv --label b                                 | column \"b\": one class, \"1\": two are needed (labels were read as numbers, of which 01 and 1 are one: --text b takes them for text)",
    "1 | train blank.csv --label b                                 | blank.csv: the file has no header: all its lines are blank",
    "1 | train none.csv --label species                            | none.csv: it does not exist",
    "1 | train none/rows.csv --label species                       | rows.csv: it does not exist",
    "1 | train iris.csv/rows.csv --label species                   | cannot read",
    "1 | train . --label species                                   | it is a directory",
    "1 | train iris.csv --label species --validation .             | it is a directory",
    "1 | train iris.csv --label kind                               | iris.csv has no column \"kind\"",
    "1 | train semicolons.csv --label b                            | --delimiter \';\'",
    "1 | train ragged.csv --label species                          | ragged.csv, row 3",
    "1 | train iris.csv --label species --validation ragged.csv    | ragged.csv, row 3",
    "1 | predict iris.lanewise other.csv                           | other.csv has no column \"sepal_width\"",
    "1 | predict iris.lanewise text.csv                            | text.csv, row 2, column \"petal_width\"",
    "1 | evaluate iris.lanewise unseen.csv                         | unseen.csv, row 2, column \"species\"",
    "1 | predict cut.lanewise iris.csv                             | cannot read",
    "1 | info iris.csv                                             | iris.csv: it is not a Lanewise model",
    "2 | classify iris.lanewise                                    | unknown command classify",
  })
  void refusals(int code, String command, String sentence) throws IOException {
    Path model = train("--quiet");
    byte[] good = Files.readAllBytes(model);
    String header = "sepal_length,sepal_width,petal_length,petal_width";
    Files.writeString(folder.resolve("ragged.csv"), header + ",species\n1,2,3,4,setosa\n1,2,3\n");
    Files.writeString(folder.resolve("other.csv"), header.replace("width", "breadth") + "\n1,2,3,4\n");
    Files.writeString(folder.resolve("text.csv"), header + "\n1,2,3,broad\n");
    Files.writeString(folder.resolve("unseen.csv"), header + ",species\n1,2,3,4,tulip\n");
    Files.writeString(folder.resolve("row.csv"), "a,b\n1,2\n");
    Files.writeString(folder.resolve("two.csv"), "a,b\n1,2\n3,4\n");
    Files.writeString(folder.resolve("semicolons.csv"), "a;b\n1;2\n3;4\n");
    Files.writeString(folder.resolve("codes.csv"), "a,b\n1,01\n3,1\n");
    Files.writeString(folder.resolve("blank.csv"), "\n\n");
    Files.writeString(folder.resolve("one.csv"), "a,b\n1,setosa\n3,setosa\n");
    Files.write(folder.resolve("cut.lanewise"), Arrays.copyOf(good, good.length - 7));
    List<String> args = new ArrayList<>();
    for (String word : command.strip().split(" ", -1)) {
      args.add(word.equals("EMPTY") ? "" : word.matches("\\.|.*[./][a-z]+") ? folder.resolve(word).toString() : word);
    }
    if (args.getFirst().equals("train") && !command.strip().endsWith("--label")) {
      args.addAll(List.of("--out", model.toString()));
    }
    Result result = run(args.toArray(String[]::new));
    assertEquals(code, result.code, result.err + result.out);
    assertEquals(1, result.err.lines().count(), result.err);
    assertTrue(result.err.startsWith("lanewise: ") && result.err.contains(sentence.strip()), result.err);
    assertArrayEquals(good, Files.readAllBytes(model), "the model of before is whole");
  }

  /** Training must not end in the loss of a file that is no model, least of all of its own rows. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "--out iris.csv                                | iris.csv is the file of the rows: the model would replace it",
    "--checkpoint iris.csv                         | iris.csv is the file of the rows: the model would replace it",
    "--out link.csv                                | link.csv is the file of the rows: the model would replace it",
    "--out more.csv --validation more.csv          | more.csv is the file of the validation rows: the model would replace it",
    "--out notes.txt                               | notes.txt is there already and is not a Lanewise model, so it is not replaced",
    "--checkpoint notes.txt --out new.lanewise     | notes.txt is there already and is not a Lanewise model, so it is not replaced",
    "--out new.lanewise --checkpoint new.lanewise  | new.lanewise is the file of --checkpoint: the model would replace the run",
    "--out run.lanewise --checkpoint run.lanewise  | run.lanewise is the file of --checkpoint: the model would replace the run",
    "--out run.lanewise --checkpoint again.lanewise | run.lanewise is the file of --checkpoint: the model would replace the run",
    "--out run.lanewise --resume again.lanewise    | run.lanewise is the file of --resume: the model would replace the run",
    "--out tensors.lanewise                        | is there already and is not a Lanewise model, so it is not replaced",
  })
  void filesThatAreNoModelsAreNotReplaced(String options, String sentence) throws IOException {
    Files.copy(iris, folder.resolve("more.csv"));
    Files.createLink(folder.resolve("link.csv"), iris);
    Files.writeString(folder.resolve("notes.txt"), "all that is known about irises\n");
    Tensors.save(folder.resolve("tensors.lanewise"), Map.of("a", Matrix.zeros(1, 1)));
    Files.move(train("--quiet"), folder.resolve("run.lanewise"));
    Files.createLink(folder.resolve("again.lanewise"), folder.resolve("run.lanewise"));
    Map<Path, String> before = contents();
    List<String> args = new ArrayList<>(List.of("train", iris.toString(), "--label", "species", "--epochs", "1"));
    for (String word : options.split(" ", -1)) {
      args.add(word.startsWith("--") ? word : folder.resolve(word).toString());
    }
    Result result = run(args.toArray(String[]::new));
    assertEquals(2, result.code, result.out);
    assertEquals(1, result.err.lines().count(), result.err);
    assertTrue(result.err.strip().endsWith(sentence), result.err);
    assertEquals("", result.out);
    assertEquals(before, contents());
  }

  @Test
  void aFolderIsNoFileToSaveTo() {
    Result result = run("train", folder.resolve("none.csv").toString(), "--label", "species", "--out", folder.toString());
    assertEquals(2, result.code, result.out);
    assertEquals("lanewise: --out " + folder + ": it is a folder, not a file", result.err.strip());
  }

  /** Which a link may name before there is one. */
  @Test
  void aRunIsNotReplacedThroughALink() throws IOException {
    Path run = folder.resolve("run");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("run"));
    Path linkToLink = Files.createSymbolicLink(folder.resolve("link2"), link);
    Result result =
        run("train", iris.toString(), "--label", "species", "--checkpoint", run.toString(), "--out", linkToLink.toString());
    assertEquals(2, result.code, result.out);
    assertEquals(
        "lanewise: --out " + linkToLink + " is the file of --checkpoint: the model would replace the run", result.err.strip());
  }

  /** There {@code ..} is the folder above the one that the link leads to. */
  @Test
  void linksWithinALinkedFolder() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real/sub"));
    Files.createSymbolicLink(real.resolve("link"), Path.of("..", "run"));
    Path link = Files.createSymbolicLink(folder.resolve("linked"), real).resolve("link");
    String[] common = {"train", iris.toString(), "--label", "species", "--epochs", "1", "--quiet", "--out", link.toString()};
    Path run = folder.resolve("real/run");
    Result same = run(with(common, "--checkpoint", run.toString()));
    assertEquals(2, same.code, same.out);
    assertEquals(
        "lanewise: --out " + link + " is the file of --checkpoint: the model would replace the run", same.err.strip());
    Result other = run(with(common, "--checkpoint", folder.resolve("run").toString()));
    assertEquals(0, other.code, other.err);
    assertTrue(Files.exists(run) && Files.exists(folder.resolve("run")));
  }

  /** It is named where it is opened. */
  @Test
  void aCircleOfLinks() throws IOException {
    Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
    String out = folder.resolve("model").toString();
    String[] common = {"--label", "species", "--epochs", "1"};
    for (String[] options : List.of(
        new String[] {iris.toString(), "--out", circle.toString()}, new String[] {iris.toString(), "--checkpoint", circle.toString()},
        new String[] {circle.toString(), "--out", out},
        new String[] {iris.toString(), "--validation", circle.toString(), "--out", out})) {
      Result result = run(with(with(new String[] {"train"}, options), common));
      assertTrue(result.code > 0, result.out);
      assertTrue(result.err.contains(circle.toString()), result.err);
    }
  }

  /** A blank line would be no row. */
  @Test
  void answersThatAreNoText() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.csv"), "a,\n" + "1,\"\"\n2,x\n".repeat(21));
    Path model = folder.resolve("empty.lanewise");
    Result trained =
        run("train", rows.toString(), "--label", "", "--missing", "zzz", "--epochs", "40", "--quiet", "--out", model.toString());
    assertEquals(0, trained.code, trained.err);
    Result result = run("predict", model.toString(), rows.toString(), "--missing", "zzz");
    assertEquals(0, result.code, result.err);
    List<String> lines = result.out.lines().toList();
    assertEquals(1 + 42, lines.size());
    assertEquals("\"\"", lines.getFirst(), "the column without a name");
    assertEquals(List.of("\"\"", "x"), lines.stream().skip(1).distinct().sorted().toList());
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(file, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  /** As mktemp makes it. */
  @Test
  void anEmptyFileIsReplaced() throws IOException {
    Files.createFile(folder.resolve("iris.lanewise"));
    assertEquals(3, Model.load(train("--quiet")).preprocessor().classNames().size());
    Model.load(train("--quiet"));
  }

  /** 100 MB to train with, and 6 GB of parameters. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "2500,2500   | not enough memory: the heap has \\d+ MB; java -Xmx… gives more",
    "40000,40000 | --hidden makes a network of 1,600,360,003 parameters, which take 6,105 MB, but the heap has \\d+ MB: "
        + "java -Xmx… gives more",
  })
  @Tag("process")
  void aNetworkThatIsTooLarge(String hidden, String sentence) throws Exception {
    List<String> jvm = new ArrayList<>(JavaProcess.MODULE);
    jvm.add("-Xmx48m");
    JavaProcess train =
        JavaProcess.run(jvm, Main.class.getName(), "train", iris.toString(), "--label", "species", "--hidden", hidden);
    assertEquals(1, train.exit(), train.err());
    assertEquals(1, train.ownErrors().size(), train.err());
    assertTrue(train.ownErrors().getFirst().matches("lanewise: " + sentence), train.err());
  }

  /** As people write them. */
  @Test
  void listsWithSpacesAndNamesInCapitals() throws IOException {
    Path model = folder.resolve("two.lanewise");
    Result trained = run(
        "train", iris.toString(), "--targets", "petal_length, petal_width", "--ignore", "species , sepal_width", "--hidden", "5, 4",
        "--activation", "ReLU", "--epochs", "1", "--out", model.toString(), "--quiet");
    assertEquals(0, trained.code, trained.err);
    assertEquals(List.of("petal_length", "petal_width"), Model.load(model).preprocessor().targetColumns());
    assertEquals(List.of("sepal_length"), Model.load(model).preprocessor().columns());
    assertEquals("1-5-4-2", Model.load(model).network().toString());
    String judged = run("evaluate", model.toString(), iris.toString()).out;
    assertTrue(judged.matches("mean of the targets: R2 .* over 150 rows\npetal_length: R2 .*\npetal_width: R2 .*\n"), judged);
    String json = run("evaluate", model.toString(), iris.toString(), "--json").out;
    String length = json.replaceAll(".*\"petal_length\":(\\{[^}]*\\}).*", "$1");
    String width = json.replaceAll(".*\"petal_width\":(\\{[^}]*\\}).*", "$1");
    for (String name : List.of("r2", "rmse", "mae", "median_error")) {
      double mean = figure(json.replaceAll(",\"targets\".*", "}"), name);
      assertEquals(mean, (figure(length, name) + figure(width, name)) / 2, 1e-12, name);
    }
    String help = run("train", "--help").out.replaceAll("\\R +", ""); // which may break a line anywhere
    assertTrue(help.contains("[--ignore=COLUMN[,COLUMN...]]"), help);
  }

  /** Ten rows, in the seventh of which there is a word instead of a number, and codes that look like numbers. */
  private Path towns() throws IOException {
    StringBuilder rows = new StringBuilder("x,width,town,y\n");
    for (int i = 0; i < 10; i++) {
      rows.append(i).append(',').append(i == 6 ? "wide" : i * 0.5).append(',').append(80331 + i % 3).append(',')
          .append(i % 2 == 0 ? "a" : "b").append('\n');
    }
    return Files.writeString(folder.resolve("towns.csv"), rows);
  }

  @Test
  void saysHowColumnsWereTaken() throws IOException {
    String file = towns().toString();
    String[] common = {"train", file, "--label", "y", "--epochs", "1"};
    List<String> taken = run(common).out.lines().toList();
    assertEquals("3 columns: \"x\", \"town\": numbers; \"width\": 10 categories; predicts \"y\": 2 classes", taken.getFirst());
    assertEquals(
        file + ", row 8, column \"width\" has \"wide\" among numbers, so the column is text with 10 categories "
            + "(--numeric refuses that, --text says that it is meant)",
        taken.get(1));
    List<String> said = run(with(common, "--text", "town, width")).out.lines().toList();
    assertEquals("3 columns: \"x\": number; \"width\": 10 categories; \"town\": 3 categories; predicts \"y\": 2 classes", said.getFirst());
    assertTrue(said.get(1).startsWith("layer"), said.get(1));

    Result refused = run(with(common, "--numeric", "x,width"));
    assertEquals(1, refused.code);
    assertEquals("lanewise: " + file + ", row 8, column \"width\": \"wide\" is not a number", refused.err.strip());
    assertEquals(2, run(with(common, "--numeric", "x,width", "--text", "width")).code);
    Result unknown = run(with(common, "--numeric", "length"));
    assertEquals(1, unknown.code);
    assertTrue(unknown.err.contains("has no column \"length\""), unknown.err);
  }

  /** An identifier that was left among the columns to predict from. */
  @Test
  void moreCategoriesThanFit() throws IOException {
    StringBuilder text = new StringBuilder("id,x,y\n");
    for (int i = 0; i < 60_000; i++) {
      text.append("id").append(i).append(',').append(i).append(',').append(i % 2 == 0 ? "a" : "b").append('\n');
    }
    Path rows = Files.writeString(folder.resolve("ids.csv"), text);
    Result refused = run("train", rows.toString(), "--label", "y", "--hidden", "2");
    assertEquals(1, refused.code);
    assertEquals("2 columns: \"x\": number; \"id\": 60000 categories; predicts \"y\": 2 classes", refused.out.strip());
    assertEquals(
        "lanewise: " + rows + ": 60000 rows of 60001 inputs are more than fit in a matrix; column \"id\" makes 60000 of the inputs "
            + "(--ignore leaves it out)",
        refused.err.strip());
  }

  /** A column of texts makes categories, whose names are in the header of the file: that it is too long is known before the first epoch. */
  @Test
  void moreNamesThanAFileHasRoomFor() throws IOException {
    StringBuilder text = new StringBuilder("text,x,y\n");
    for (int i = 0; i < 600; i++) {
      text.append(i).append("words ".repeat(5000)).append(',').append(i).append(',').append(i % 2 == 0 ? "a" : "b").append('\n');
    }
    Path rows = Files.writeString(folder.resolve("texts.csv"), text);
    Path model = folder.resolve("texts.lanewise");
    Result refused = run("train", rows.toString(), "--label", "y", "--hidden", "2", "--out", model.toString());
    assertEquals(1, refused.code);
    assertFalse(refused.out.contains("epoch"), refused.out);
    assertTrue(
        refused.err.strip().matches(
            "lanewise: cannot write .*texts.lanewise: its names and metadata would make a header of \\d+ bytes, more than the limit of"
                + " 16777216 \\(--ignore leaves a column of many categories out\\)"),
        refused.err);
  }

  /** In an object one would take the place of the other. */
  @Test
  void aLabelWithTheNameOfAProbability() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.csv"), "x,p(u)\n1,u\n2,v\n3,u\n4,v\n");
    Path model = folder.resolve("m.lanewise");
    assertEquals(0, run("train", rows.toString(), "--label", "p(u)", "--epochs", "1", "--out", model.toString()).code);
    Result refused = run("predict", model.toString(), rows.toString(), "--json", "--probabilities");
    assertEquals(2, refused.code, refused.out);
    assertEquals(
        "lanewise: --json --probabilities would give two values the name p(u), for " + model
            + " predicts a column of that name: without --json both are written",
        refused.err.strip());
    assertTrue(run("predict", model.toString(), rows.toString(), "--probabilities").out.startsWith("p(u),p(u),p(v)\n"));
    assertEquals(0, run("predict", model.toString(), rows.toString(), "--json").code);
  }

  /** Others would read arguments from such a file. */
  @Test
  void aFileWhoseNameBeginsLikeOneOfArguments() throws IOException {
    Path arguments = Files.writeString(folder.resolve("arguments"), "--help\n");
    Result info = run("info", "@" + arguments);
    assertEquals(1, info.code, info.out);
    assertTrue(info.err.contains("@" + arguments), info.err);
  }

  @Test
  void saysTheOptionWhereAStreamHasTextTooLate() throws IOException {
    StringBuilder rows = new StringBuilder("x,y\n");
    for (int i = 0; i < 5000; i++) {
      rows.append(i == 4800 ? "many" : i).append(',').append(i % 2 == 0 ? "a" : "b").append('\n');
    }
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)));
      Result refused = run("train", "-", "--label", "y", "--epochs", "1");
      assertEquals(1, refused.code);
      assertTrue(refused.err.strip().endsWith("but the rows before have no text: say --text if it is text"), refused.err);
    } finally {
      System.setIn(before);
    }
  }

  /** The only row of a class is for training: a network that does not know the class cannot be validated on it. */
  @Test
  void aClassOfOneRow() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 21; i++) {
      text.append(i).append(',').append(i == 0 ? "q" : i % 2 == 0 ? "a" : "b").append('\n');
    }
    Path rows = Files.writeString(folder.resolve("rows.csv"), text);
    for (int seed = 1; seed <= 5; seed++) {
      Path model = folder.resolve("q.lanewise");
      Result trained = run(
          "train", rows.toString(), "--label", "y", "--validation", "0.5", "--epochs", "1", "--seed", Integer.toString(seed),
          "--out", model.toString(), "--quiet");
      assertEquals(0, trained.code, trained.err);
      assertEquals(List.of("a", "b", "q"), Model.load(model).preprocessor().classNames());
      assertTrue(trained.out.contains("On the validation rows:"), trained.out);
    }
    Path few = Files.writeString(folder.resolve("few.csv"), "x,y\n1,a\n2,q\n3,r\n");
    Result refused = run("train", few.toString(), "--label", "y", "--early-stop", "3");
    assertEquals(1, refused.code);
    assertTrue(
        refused.err.matches(
            "lanewise: .*few.csv, column \"y\": class \"[aqr]\" has 1 row: too few to keep some back for validation "
                + "\\(--validation FILE, or more rows\\)\\R"),
        refused.err);
  }

  /** Nothing but the class of one row is moved. */
  @Test
  void aShareOfEachClassIsThatOfTheTable() throws IOException {
    Table table = Csv.of(iris).read();
    assertEquals(table.split(0.3, 4, "species"), ClassSplit.of(table, "species", 0.3, 4));
    float[] numbers = new float[150];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 7 - i % 3;
    }
    Table numbered = Table.of(table.column("petal_width"), Column.numeric("k", numbers));
    assertEquals(numbered.split(0.3, 4, "k"), ClassSplit.of(numbered, "k", 0.3, 4));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "train gap.csv --label y                          | imputes none (--impute fills it in)",
    "train full.csv --label y --validation gap.csv    | imputes none (--impute fills it in)",
    "train full.csv --label y --validation new.csv    | \"blue\", \"red\" (--ignore-unknown takes it for none)",
    "predict full.lanewise gap.csv                    | imputes none (train with --impute fills it in)",
    "evaluate full.lanewise new.csv                   | \"blue\", \"red\" (train with --ignore-unknown takes it for none)",
  })
  void namesTheOptionThatHelps(String command, String ending) throws IOException {
    Path full = Files.writeString(folder.resolve("full.csv"), "x,kind,y\n1,red,a\n2,red,b\n3,blue,a\n4,blue,b\n");
    Files.writeString(folder.resolve("gap.csv"), "x,kind,y\n1,red,a\n,red,b\n3,blue,a\n");
    Files.writeString(folder.resolve("new.csv"), "x,kind,y\n1,red,a\n2,green,b\n");
    Path model = folder.resolve("full.lanewise");
    assertEquals(0, run("train", full.toString(), "--label", "y", "--epochs", "1", "--out", model.toString()).code);
    List<String> args = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      args.add(word.contains(".") ? folder.resolve(word).toString() : word);
    }
    Result refused = run(args.toArray(String[]::new));
    assertEquals(1, refused.code, refused.out);
    assertTrue(refused.err.strip().endsWith(ending), refused.err);
  }

  @Test
  void saysWhatWasTrainedAndWhetherItIsSaved() {
    Path checkpoint = folder.resolve("run");
    String[] common = {"train", iris.toString(), "--label", "species", "--quiet", "--epochs"};
    Result one = run(with(common, "1", "--checkpoint", checkpoint.toString()));
    assertTrue(one.out.lines().anyMatch("1 epoch trained"::equals), one.out);
    assertEquals("not saved: --out FILE does that", one.out.lines().toList().getLast());
    assertTrue(run("info", checkpoint.toString()).out.contains("1 epoch trained, loss"), run("info", checkpoint.toString()).out);

    Result again = run(with(common, "1", "--resume", checkpoint.toString(), "--out", folder.resolve("m").toString()));
    assertEquals(0, again.code, again.err);
    assertTrue(
        again.out.lines().anyMatch("already at epoch 1: nothing to train (--epochs is the total)"::equals), again.out);
    assertFalse(again.out.contains("not saved"), again.out);
    Result more = run(with(common, "2", "--resume", checkpoint.toString()));
    assertTrue(more.out.lines().anyMatch("2 epochs trained"::equals), more.out);
  }

  /** That of the pom, which the page for the command line gives too, with those of the jars beside it. */
  @Test
  void versions() throws Exception {
    Element pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("pom.xml")).getDocumentElement();
    String version = pom.getElementsByTagName("version").item(0).getTextContent();
    Result said = run("--version");
    assertEquals(0, said.code, said.err);
    assertEquals("lanewise " + version, said.out.strip());
    String page = Files.readString(Path.of("src/site/markdown/command-line.md"));
    assertTrue(page.contains("lanewise-" + version + ".jar"), page);
    for (String library : List.of("picocli", "fastcsv")) {
      String used = pom.getElementsByTagName(library + ".version").item(0).getTextContent();
      assertTrue(page.contains(library + "-" + used + ".jar"), library);
      assertTrue(page.contains(":" + library + ":" + used), library);
    }
  }

  /** R² is none of one row, which is all that early stopping keeps back of five. */
  @Test
  void oneRowToJudgeBy() throws IOException {
    Path rows = folder.resolve("five.csv");
    Files.writeString(rows, "x,y\n1,2.5\n2,4.5\n3,6.5\n4,8.5\n5,10.5\n");
    Path model = folder.resolve("five.lanewise");
    Result trained = run(
        "train", rows.toString(), "--label", "y", "--regression", "--early-stop", "5", "--out", model.toString(), "--quiet");
    assertEquals(0, trained.code, trained.err);
    assertTrue(trained.out.contains("saved " + model), trained.out);
    assertTrue(trained.out.lines().toList().getLast().matches("root of the mean squared error .* over 1 row"), trained.out);

    Path one = folder.resolve("one.csv");
    Files.writeString(one, "x,y\n1,2.5\n");
    Result judged = run("evaluate", model.toString(), one.toString(), "--json");
    assertEquals(0, judged.code, judged.err);
    assertTrue(judged.out.startsWith("{\"rows\":1,\"rmse\":"), judged.out);
    assertTrue(run("evaluate", model.toString(), rows.toString(), "--json").out.contains("\"r2\":"));
  }

  /** Whatever becomes of the report, hours of training must not be lost. */
  @Test
  void aModelThatCannotBeReportedOnIsSaved() throws IOException {
    Path rows = folder.resolve("rows.csv");
    Files.writeString(rows, "x,y\n1,2.5\n2,4.5\n3,6.5\n4,8.5\n5,10.5\n");
    Path huge = folder.resolve("huge.csv");
    Files.writeString(huge, "x,y\n3e38,2.5\n-3e38,2.5\n");
    Path model = folder.resolve("huge.lanewise");
    Result trained = run(
        "train", rows.toString(), "--label", "y", "--regression", "--hidden", "64,64", "--epochs", "3",
        "--validation", huge.toString(), "--out", model.toString());
    assertEquals(1, trained.code, trained.out);
    String sentence = "lanewise: " + huge + ", row 2, column \"y\": the network's answer is ";
    assertTrue(trained.err.startsWith(sentence), trained.err);
    assertTrue(trained.out.contains("saved " + model), trained.out);
    assertTrue(Float.isFinite(Model.load(model).predict("1")[0]));
  }

  /** Models made in Java may end in other activations than those that train makes. */
  private Path hinge(int outputs) throws IOException {
    Path file = folder.resolve("two.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(iris));
    lines.removeIf(line -> line.endsWith(",setosa"));
    Files.write(file, lines);
    Table two = Csv.of(file).read();
    Preprocessor raw = Preprocessing.standard().fit(two, "species");
    Network network = Network.input(4).dense(8, Activation.TANH).dense(outputs, Activation.IDENTITY).seed(1).build();
    network.fit(raw.transform(two), raw.labels(two), Fit.with(Loss.HINGE).learningRate(0.1).epochs(30));
    Path model = folder.resolve("hinge.lanewise");
    Model.of(raw, network).save(model);
    return model;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void classesOfAModelWithoutProbabilities(int outputs) throws IOException {
    Path model = hinge(outputs);
    Path two = folder.resolve("two.csv");
    Result answered = run("predict", model.toString(), two.toString());
    assertEquals(0, answered.code, answered.err);
    List<String> expected = Model.load(model).classify(Csv.of(two).read());
    assertEquals(expected, answered.out.lines().skip(1).toList());
    assertEquals(2, Set.copyOf(expected).size());

    Result judged = run("evaluate", model.toString(), two.toString(), "--json");
    assertEquals(0, judged.code, judged.err);
    assertTrue(figure(judged.out, "accuracy") >= 0.9, judged.out);
    assertFalse(judged.out.contains("log_loss"), judged.out);
    assertTrue(run("evaluate", model.toString(), two.toString()).out.contains("weighted avg"));

    Result refused = run("predict", model.toString(), two.toString(), "--probabilities");
    assertEquals(2, refused.code);
    assertEquals("", refused.out);
    assertEquals(
        "lanewise: --probabilities needs a network that ends in softmax or sigmoid, but that of " + model + " ends in identity",
        refused.err.strip());
  }

  @Test
  void aFileThatMustNotBeRead() throws IOException {
    Path secret = folder.resolve("secret.csv");
    Files.createFile(secret);
    assumeTrue(secret.toFile().setReadable(false, false) && !Files.isReadable(secret), "for root there is no such file");
    Result result = run("train", secret.toString(), "--label", "species");
    assertEquals(1, result.code);
    assertEquals("lanewise: cannot read " + secret + ": access is denied", result.err.strip());
  }

  /** A text that is compared or parsed somewhere else must not depend on where it was made. */
  @Test
  @Tag("process")
  void tablesAndReportsEndTheirLinesWithALineFeedOnEverySystem() throws Exception {
    Path model = folder.resolve("widths.lanewise");
    Result trained = run(
        "train", iris.toString(), "--label", "petal_width", "--epochs", "2", "--out", model.toString(), "--quiet");
    assertEquals(0, trained.code, trained.err);
    List<String> jvm = new ArrayList<>(JavaProcess.MODULE);
    jvm.add("-Dline.separator=\r\n");
    String main = Main.class.getName();
    JavaProcess judged = JavaProcess.run(jvm, main, "evaluate", model.toString(), iris.toString());
    assertEquals(run("evaluate", model.toString(), iris.toString()).out, judged.out());
    JavaProcess shown = JavaProcess.run(jvm, main, "info", model.toString());
    String summary = Network.load(model).summary();
    assertTrue(shown.out().startsWith(summary), shown.out());
    assertEquals(5, summary.split("\n", -1).length, summary);
  }

  /** Where the locale has no more than ASCII, as under {@code LC_ALL=C}. */
  @Test
  @Tag("process")
  void namesKeepTheirLettersInEveryLocale() throws Exception {
    Path rows = Files.writeString(folder.resolve("rows.csv"), "x,y\n1,sëtosa\n2,sëtosa\n8,日本\n9,日本\n");
    Path model = folder.resolve("names.lanewise");
    String[] train = {"train", rows.toString(), "--label", "y", "--epochs", "1", "--out", model.toString(), "--quiet"};
    assertEquals(0, run(train).code);
    List<String> jvm = new ArrayList<>(JavaProcess.MODULE);
    jvm.addAll(List.of("-Dstdout.encoding=US-ASCII", "-Dstderr.encoding=US-ASCII"));
    JavaProcess shown = JavaProcess.run(jvm, Main.class.getName(), "info", model.toString());
    assertEquals(0, shown.exit(), shown.err());
    assertTrue(shown.out().contains("predicts y: one of sëtosa, 日本"), shown.out());
    Path other = Files.writeString(folder.resolve("other.csv"), "x,y\n1,größer\n");
    JavaProcess refused = JavaProcess.run(jvm, Main.class.getName(), "evaluate", model.toString(), other.toString());
    assertEquals(1, refused.exit());
    assertTrue(refused.err().contains("\"größer\" is not one of the 2 classes"), refused.err());
  }

  /** Such a locale has no name for some files. */
  @Test
  @Tag("process")
  void namesThatNoFileCanHaveHere() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "elsewhere names are in Unicode in any locale");
    for (String[] args : List.of(
        new String[] {"info"}, new String[] {"train", iris.toString(), "--label", "species", "--validation"})) {
      String output = refusedInAscii(args);
      assertTrue(output.contains(": no file can have the name \"") && output.contains("\" where names are in "), output);
    }
  }

  /** They would be other texts there: another column, or a mark of missing values that no row has. */
  @ParameterizedTest
  @ValueSource(strings = {"--missing", "--text", "--label"})
  @Tag("process")
  void textsThatCannotBeReadHere(String option) throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "elsewhere arguments are in Unicode in any locale");
    String[] label = option.equals("--label") ? new String[0] : new String[] {"--label", "species"};
    String output = refusedInAscii(with(with(new String[] {"train", iris.toString(), "--epochs", "1"}, label), option));
    assertTrue(output.startsWith("lanewise: " + option + ": not all of \""), output);
    assertTrue(output.contains("\" can be read where arguments are in ") && output.endsWith(" (LC_ALL=C.UTF-8 takes any)"), output);
  }

  /** What a process says, as the one line, of arguments with an ö behind them where the locale has none. */
  private static String refusedInAscii(String... args) throws Exception {
    // By a shell, since the locale of this process may have no ö either.
    List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" \"$(printf '\\303\\266')\"", "sh"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command.addAll(List.of(java, "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertEquals(2, code, output);
    assertEquals(1, output.lines().count(), output);
    return output.strip();
  }

  /** A limit of the process stands for a full disk, on which an empty file can still be made. Before the rows are read. */
  @ParameterizedTest
  @ValueSource(strings = {"--out", "--checkpoint"})
  @Tag("process")
  void aModelThatHasNoRoom(String option) throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "other shells may have other limits");
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 0; exec \"$@\"", "sh"));
    String model = folder.resolve("m").toString();
    command.addAll(JavaProcess.builder(
        System.getProperty("java.class.path"), List.of("-XX:-UsePerfData"), Main.class.getName(),
        "train", folder.resolve("none.csv").toString(), "--label", "species", option, model).command());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), output);
    assertTrue(output.startsWith("lanewise: cannot write " + model + ": ") && !output.contains("none.csv"), output);
    assertArrayEquals(new String[] {"iris.csv"}, folder.toFile().list());
  }

  /** A full disk, or a pipe whose reader has gone. */
  @ParameterizedTest
  @ValueSource(strings = {
    "train iris.csv --label species --epochs 2", "evaluate iris.lanewise iris.csv", "predict iris.lanewise iris.csv",
    "info iris.lanewise", "digits --epochs 1", "--help", "train --help"
  })
  void anOutputThatCannotBeWrittenIsNoSuccess(String command) {
    if (command.contains("iris.lanewise")) {
      train("--quiet");
    }
    String[] args = command.split(" ");
    for (int i = 1; i < args.length; i++) {
      args[i] = args[i].startsWith("iris.") ? folder.resolve(args[i]).toString() : args[i];
    }
    OutputStream full = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("No space left on device");
      }
    };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(new BufferedOutputStream(full), false, StandardCharsets.UTF_8);
    int code = Main.run(List.of(args), out, new PrintStream(err, true, StandardCharsets.UTF_8));
    assertEquals("lanewise: standard output cannot be written", err.toString(StandardCharsets.UTF_8).strip());
    assertEquals(1, code);
  }

  /** It is no success to do nothing: a script whose arguments have gone is to notice. */
  @Test
  void withoutArguments() {
    Result result = run();
    assertEquals(2, result.code);
    assertEquals("", result.out);
    assertEquals(run("--help").out, result.err);
    assertEquals(0, run("--help").code);
  }

  @ParameterizedTest
  @CsvSource({"train, --early-stop", "evaluate, --json", "predict, --probabilities", "info, model"})
  void eachExplainsItself(String command, String option) {
    Result result = run(command, "--help");
    assertEquals(0, result.code);
    assertTrue(result.out.contains(option), result.out);
    assertEquals("", result.err);
  }
}
