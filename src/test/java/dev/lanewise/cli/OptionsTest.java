package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Model;
import dev.lanewise.Network;
import dev.lanewise.cli.CommandsTest.Result;
import dev.lanewise.data.Csv;
import dev.lanewise.data.Imputation;
import dev.lanewise.data.Preprocessing;
import dev.lanewise.data.Scaler;
import dev.lanewise.data.Table;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Normalization;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Checkpoint;
import dev.lanewise.train.Fit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What each value of the options of {@code train} asks for. */
class OptionsTest {

  @TempDir Path folder;

  private static Fit fit(String... args) {
    FitOptions options = new FitOptions();
    new CommandLine(options).parseArgs(args);
    return options.fit(true, 1);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** Forty rows with a number to predict that the other says little of. */
  private Path numbers() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 40; i++) {
      text.append(i % 7).append(',').append(i * i % 11 + 0.5).append('\n');
    }
    return file("numbers.csv", text.toString());
  }

  // ------------------------------------------------------------------------------------------------------------ the fit

  /** As many as there are, and a sign; the library says what is too many for it. */
  @Test
  void wholeNumbersToTheirLimits() {
    assertEquals(Long.MAX_VALUE, WholeNumber.of("--seed", "9223372036854775807", Long.MIN_VALUE, Long.MAX_VALUE));
    assertEquals(Long.MIN_VALUE, WholeNumber.of("--seed", "-9223372036854775808", Long.MIN_VALUE, Long.MAX_VALUE));
    assertEquals(2_147_483_647, WholeNumber.ofInt("--epochs", "+2147483647"));
    assertEquals(-2_147_483_648, WholeNumber.ofInt("--epochs", "-2147483648"));
  }

  /** The options of digits: the seed is that of the network and of the fit. */
  @Test
  void optionsOfDigits() {
    DigitsOptions plain = DigitsOptions.parse(List.of());
    assertEquals(Activation.SIGMOID, plain.output());
    assertEquals(List.of(1L, 1L, 100, 15, 1, 0.001, Loss.MSE, true), said(plain));
    DigitsOptions exact = DigitsOptions.parse(List.of(
        "--rule", "exact", "--seed=7", "--epochs", "3", "--batch", "20", "--threads", "2", "--lr", "0.25"));
    assertEquals(Activation.SOFTMAX, exact.output());
    assertEquals(List.of(7L, 7L, 3, 20, 2, 0.25, Loss.CROSS_ENTROPY, false), said(exact));
    DigitsOptions binary = DigitsOptions.parse(List.of("--rule", "exact", "--loss", "binary_cross_entropy"));
    assertEquals(Activation.SIGMOID, binary.output());
    assertEquals(List.of(1L, 1L, 100, 15, 1, 0.01, Loss.BINARY_CROSS_ENTROPY, false), said(binary));
  }

  private static List<?> said(DigitsOptions options) {
    Fit fit = options.fit();
    return List.of(
        options.seed(), fit.seed(), fit.epochs(), fit.batchSize(), fit.threads(), fit.learningRate(), fit.loss(), fit.isPublished());
  }

  @ParameterizedTest
  @CsvSource({"90s, PT1M30S", "10m, PT10M", "2h, PT2H", "999999999s, PT999999999S"})
  void timeLimitInSecondsMinutesAndHours(String option, Duration expected) {
    assertEquals(Optional.of(expected), fit("--time-limit", option).timeLimit());
  }

  record Named(String name, Optimizer optimizer) {}

  static final List<Named> OPTIMIZERS = List.of(
      new Named("sgd", Optimizer.sgd()),
      new Named("momentum", Optimizer.momentum(0.9)),
      new Named("nesterov", Optimizer.nesterov(0.9)),
      new Named("rmsprop", Optimizer.rmsProp()),
      new Named("adagrad", Optimizer.adagrad()),
      new Named("adam", Optimizer.adam()),
      new Named("adamw", Optimizer.adamW()));

  @ParameterizedTest
  @FieldSource("OPTIMIZERS")
  void optimizerByItsName(Named named) {
    assertEquals(named.optimizer, fit("--optimizer", named.name).optimizer());
  }

  @Test
  void optimizerIsAdamUnlessItIsNamed() {
    assertEquals(Optimizer.adam(), fit().optimizer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"constant", "cosine", "one-cycle"})
  void scheduleByItsName(String name) {
    assertEquals(name, fit("--schedule", name).schedule().name());
  }

  @Test
  void threads() {
    assertEquals(2, fit("--threads", "2").threads());
  }

  @Test
  void checkpointAfterEachEpoch() {
    assertEquals(Optional.of(new Checkpoint(Path.of("run"), 1)), fit("--checkpoint", "run").checkpoint());
  }

  @Test
  void checkpointAfterSoManyEpochs() {
    assertEquals(
        Optional.of(new Checkpoint(Path.of("run"), 50)), fit("--checkpoint", "run", "--checkpoint-every", "50").checkpoint());
  }

  /** The epoch that the loss did not fall in is one too many; the network is that before it. */
  @Test
  void earlyStopEndsAfterSoManyEpochsWithoutAFall() throws IOException {
    Result result = CommandsTest.run(
        "train", numbers().toString(), "--label", "y", "--early-stop", "1", "--epochs", "500", "--learning-rate", "0.5", "--quiet");
    Matcher end =
        Pattern.compile("stopped early, after (\\d+) epochs; the network is that of epoch (\\d+)").matcher(result.out());
    assertTrue(end.find(), result.out() + result.err());
    assertEquals(Integer.parseInt(end.group(1)) - 1, Integer.parseInt(end.group(2)));
  }

  // -------------------------------------------------------------------------------------------- the network and its rows

  @ParameterizedTest
  @EnumSource
  void normalizationByItsName(Normalization normalization) {
    NetworkOptions options = new NetworkOptions();
    new CommandLine(options).parseArgs("--normalization", normalization.id());
    assertEquals(
        normalization, options.network(3, 2, Activation.SOFTMAX, 1).layers().getFirst().normalization());
  }

  record Prepared(String scaler, String impute, Preprocessing preprocessing) {}

  static final List<Prepared> PREPARED = List.of(
      new Prepared("standard", "mean", Preprocessing.standard().imputeNumbers(Imputation.MEAN)),
      new Prepared("robust", "median", Preprocessing.robust().imputeNumbers(Imputation.MEDIAN)),
      new Prepared("none", "mean", Preprocessing.unscaled().imputeNumbers(Imputation.MEAN)),
      new Prepared("minmax", "mean", Preprocessing.minMax().imputeNumbers(Imputation.MEAN)));

  /** Numbers to predict are always brought to one scale: a network begins with answers around zero. */
  @ParameterizedTest
  @FieldSource("PREPARED")
  void scalerAndImputeByTheirNames(Prepared prepared) throws IOException {
    Path rows = file("gap.csv", "a,y\n1,0.5\n2,1\n4,2\n,3\n50,9\n");
    Path model = folder.resolve("model");
    Result result = CommandsTest.run(
        "train", rows.toString(), "--label", "y", "--scaler", prepared.scaler, "--impute", prepared.impute, "--epochs", "1",
        "--quiet", "--out", model.toString());
    assertEquals(0, result.code(), result.err());
    assertEquals(
        prepared.preprocessing.scaleTargets(Scaler.STANDARD).fit(Csv.of(rows).read(), "y"), Model.load(model).preprocessor());
  }

  /** Which no shell makes of an option that is typed as \t. */
  @Test
  void delimiterByTheWordTab() throws IOException {
    Path rows = file("rows.txt", "x\ty\n1\ta\n2\tb\n3\ta\n");
    Result result = CommandsTest.run("train", rows.toString(), "--label", "y", "--delimiter", "tab", "--epochs", "1", "--quiet");
    assertEquals(0, result.code(), result.err());
  }

  // ------------------------------------------------------------------------------------------------- rows to validate on

  /** Each value is a class of one row, of which none could be kept back. */
  @Test
  void validationOfARegressionIsNotByClass() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 10; i++) {
      text.append(i).append(',').append(i).append('\n');
    }
    Path rows = file("rows.csv", text.toString());
    Result result =
        CommandsTest.run("train", rows.toString(), "--label", "y", "--regression", "--validation", "0.5", "--epochs", "1", "--quiet");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("over 5 rows"), result.out());
  }

  /** Of the weights and of the order of rows, of which there are more than in a step: the network is that of the same calls in Java. */
  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "1, true", "2, true"})
  void seedIsThatOfTheNetworkAndOfTheFit(long seed, boolean isRegression) throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 100; i++) {
      text.append(i * i % 17).append(',').append(i % 2).append('\n');
    }
    Path rows = file("rows.csv", text.toString());
    Path model = folder.resolve("model");
    Result result = CommandsTest.run(CommandsTest.with(
        new String[] {"train", rows.toString(), "--label", "y", "--seed", Long.toString(seed), "--epochs", "2", "--quiet", "--out",
          model.toString()}, isRegression ? new String[] {"--regression"} : new String[0]));
    assertEquals(0, result.code(), result.err());
    Model trained = Model.load(model);
    NetworkOptions networks = new NetworkOptions();
    new CommandLine(networks).parseArgs();
    FitOptions fits = new FitOptions();
    new CommandLine(fits).parseArgs("--epochs", "2");
    Network expected = networks.network(1, isRegression ? 1 : 2, isRegression ? Activation.IDENTITY : Activation.SOFTMAX, seed);
    expected.fit(trained.preprocessor().dataset(Csv.of(rows).read()), fits.fit(!isRegression, seed));
    for (int l = 0; l < 2; l++) {
      assertEquals(expected.layers().get(l).weights(), trained.network().layers().get(l).weights(), "layer " + l);
    }
  }

  /** What is made of columns tells which rows were trained on. */
  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "1, true", "2, true"})
  void validationRowsAreDrawnByTheSeed(long seed, boolean isRegression) throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 20; i++) {
      text.append(i * i).append(',').append(i % 2).append('\n');
    }
    Path rows = file("rows.csv", text.toString());
    Path model = folder.resolve("model");
    Result result = CommandsTest.run(CommandsTest.with(
        new String[] {"train", rows.toString(), "--label", "y", "--validation", "0.5", "--seed", Long.toString(seed), "--epochs", "1",
          "--quiet", "--out", model.toString()}, isRegression ? new String[] {"--regression"} : new String[0]));
    assertEquals(0, result.code(), result.err());
    Table table = Csv.of(rows).read();
    Preprocessing kind = Preprocessing.standard().scaleTargets(Scaler.STANDARD);
    assertEquals(
        isRegression
            ? kind.fitRegression(table.split(0.5, seed).train(), "y")
            : kind.fitClassification(table.split(0.5, seed, "y").train(), "y"),
        Model.load(model).preprocessor());
  }

  /** Of five rows a share of 0.8 is four; the row by which the other class is known is not judged as well. */
  @Test
  void validationLeavesOneRowOfEachClassToTrainOn() throws IOException {
    Path rows = file("rows.csv", "x,y\n0,a\n1,a\n2,a\n3,b\n4,b\n");
    Result result = CommandsTest.run("train", rows.toString(), "--label", "y", "--validation", "0.8", "--epochs", "1", "--quiet");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("On the validation rows:"), result.out());
    assertTrue(Pattern.compile("accuracy +[01]\\.\\d\\d +3\\R").matcher(result.out()).find(), result.out());
  }

  /** Another name of the same file, under which its rows would be replaced as well. */
  @Test
  void outIsNotTheFileOfTheValidationRows() throws IOException {
    Path rows = numbers();
    Path validation = Files.copy(rows, folder.resolve("validation.csv"));
    Path link = Files.createLink(folder.resolve("link.csv"), validation);
    Result result = CommandsTest.run(
        "train", rows.toString(), "--label", "y", "--validation", validation.toString(), "--out", link.toString(), "--epochs", "1");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("is the file of the validation rows"), result.err());
    assertEquals(Files.readString(rows), Files.readString(validation));
  }
}
