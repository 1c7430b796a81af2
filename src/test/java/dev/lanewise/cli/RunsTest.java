package dev.lanewise.cli;

import static dev.lanewise.cli.CommandsTest.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Model;
import dev.lanewise.Network;
import dev.lanewise.RunFile;
import dev.lanewise.cli.CommandsTest.Result;
import dev.lanewise.data.Dataset;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import dev.lanewise.train.ProgressLine;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run of {@code train} leaves, whether it ends well or not. */
class RunsTest {

  @TempDir Path folder;
  private Path iris;

  @BeforeEach
  void copyIris() throws IOException {
    iris = folder.resolve("iris.csv");
    try (InputStream in = RunsTest.class.getResourceAsStream("/iris.csv")) {
      Files.copy(in, iris);
    }
  }

  private Result train(String... more) {
    List<String> args = new ArrayList<>(List.of("train", iris.toString(), "--label", "species", "--quiet"));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  /** Of which the model would leave nothing to resume. */
  @Test
  void noRunIsReplacedByAModel() throws IOException {
    String run = folder.resolve("run").toString();
    assertEquals(0, train("--epochs", "2", "--checkpoint", run).code());
    byte[] bytes = Files.readAllBytes(Path.of(run));
    Result refused = train("--epochs", "1", "--out", run);
    assertEquals(2, refused.code(), refused.out());
    assertEquals(
        "lanewise: --out " + run + " holds another run already: --resume " + run + " goes on with it; or delete it first",
        refused.err().lines().findFirst().orElseThrow());
    assertArrayEquals(bytes, Files.readAllBytes(Path.of(run)));
  }

  @Test
  void anotherRunIsNotReplaced() throws IOException {
    String checkpoint = folder.resolve("run").toString();
    assertEquals(0, train("--epochs", "2", "--checkpoint", checkpoint).code());
    byte[] run = Files.readAllBytes(Path.of(checkpoint));
    Files.copy(Path.of(checkpoint), folder.resolve("other"));
    for (List<String> more : List.of(List.<String>of(), List.of("--resume", folder.resolve("other").toString()))) {
      List<String> args = new ArrayList<>(List.of("--epochs", "3", "--checkpoint", checkpoint));
      args.addAll(more);
      Result refused = train(args.toArray(String[]::new));
      assertEquals(2, refused.code(), refused.out());
      assertEquals(
          "lanewise: --checkpoint " + checkpoint + " holds another run already: --resume " + checkpoint
              + " goes on with it; or delete it first",
          refused.err().strip());
      assertArrayEquals(run, Files.readAllBytes(Path.of(checkpoint)));
    }
    assertEquals(0, train("--epochs", "3", "--checkpoint", checkpoint, "--resume", folder.resolve(".") + "/run").code());
    Result elsewhere = train("--epochs", "3", "--checkpoint", folder.resolve("new").toString(), "--resume", checkpoint);
    assertEquals(0, elsewhere.code(), elsewhere.err());
  }

  /** The last is saved as well. */
  @Test
  void aRunIsSavedAfterEveryFewEpochs() {
    String checkpoint = folder.resolve("run").toString();
    Result begun = train("--epochs", "5", "--checkpoint", checkpoint, "--checkpoint-every", "3");
    assertEquals(0, begun.code(), begun.err());
    assertEquals(5, RunFile.read(Path.of(checkpoint)).epochs());
  }

  @Test
  void aModelAloneIsReplacedByARun() {
    String file = folder.resolve("m").toString();
    assertEquals(0, train("--epochs", "1", "--out", file).code());
    Result again = train("--epochs", "1", "--checkpoint", file);
    assertEquals(0, again.code(), again.err());
    assertTrue(run("info", file).out().contains("with the state of a run to resume"));
  }

  /** Before the rows are read, not after a hundred epochs. */
  @Test
  void aNameThatIsTooLong() {
    String file = folder.resolve("m".repeat(300)).toString();
    for (String option : List.of("--out", "--checkpoint")) {
      Result refused = run("train", folder.resolve("none.csv").toString(), "--label", "species", option, file);
      assertEquals(1, refused.code());
      assertTrue(refused.err().startsWith("lanewise: cannot write " + file + ": "), refused.err());
      assertFalse(refused.err().contains("none.csv"), refused.err());
    }
  }

  /** Who reads it has no network, but files or none. */
  @Test
  void whatThereIsAfterARunThatDiverges() throws IOException {
    String[] diverging = {"--optimizer", "sgd", "--learning-rate", "1e30"};
    Result none = train(diverging);
    assertEquals(1, none.code(), none.out());
    assertTrue(none.err().matches("lanewise: .* in epoch 1, batch \\d+ \\(learning rate .*\\): nothing was saved\\R"), none.err());
    String checkpoint = folder.resolve("run").toString();
    String[] saving = CommandsTest.with(diverging, "--checkpoint", checkpoint, "--out", folder.resolve("m").toString());
    Result first = train(saving);
    assertTrue(first.err().strip().endsWith("): nothing was saved"), first.err());
    assertFalse(Files.exists(Path.of(checkpoint)));

    Files.write(iris, List.of("x,species", "1,1", "2,2", "3,4", "4,8.5")); // a number, of which the steps grow
    String[] growing = {
      "--optimizer", "sgd", "--hidden", "none", "--scaler", "none", "--learning-rate", "30000", "--checkpoint", checkpoint
    };
    Result later = train(growing);
    assertEquals(1, later.code(), later.out());
    String epoch = later.err().strip().replaceAll(".* in epoch (\\d+).*", "$1");
    assertTrue(Integer.parseInt(epoch) > 1, later.err());
    String left = "): the checkpoint " + checkpoint + " is of epoch " + (Integer.parseInt(epoch) - 1);
    assertTrue(later.err().strip().endsWith(left), later.err());
    Result resumed = train(CommandsTest.with(growing, "--resume", checkpoint));
    assertTrue(resumed.err().strip().endsWith(left), resumed.err());

    Files.delete(Path.of(checkpoint));
    Result rarely = train(CommandsTest.with(growing, "--checkpoint-every", epoch)); // one more than there are
    assertTrue(rarely.err().strip().endsWith("): nothing was saved"), rarely.err());
    assertFalse(Files.exists(Path.of(checkpoint)));
  }

  /** A line that is written over and over is ended before anything else is written. */
  @Test
  void theProgressLineIsEnded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Network network = Network.input(1).dense(1, Activation.IDENTITY).seed(1).build();
    Dataset dataset = Dataset.of(Matrix.of(2, 1, 1, 2), Matrix.of(2, 1, 3, 4), "y");
    ProgressLine progress = ProgressLine.inPlace(out, 9);
    Fit fit = Fit.with(Loss.MSE).epochs(9).onEpoch(progress).onEpoch(epoch -> {
      if (epoch.number() == 3) {
        throw new IllegalStateException("as if it had diverged");
      }
    });
    assertThrows(IllegalStateException.class, () -> TrainCommand.fitted(network, dataset, fit, progress, out));
    String shown = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(shown.contains("epoch 3/9") && shown.endsWith(System.lineSeparator()), shown);
  }

  /** Where standard output and standard error are one log: what was trained is said before that it cannot be saved. */
  @Test
  void whatIsWrongStandsBehindWhatWasDone() {
    Path model = folder.resolve("m");
    ByteArrayOutputStream log = new ByteArrayOutputStream() {
      @Override
      public synchronized void write(byte[] bytes, int from, int count) {
        super.write(bytes, from, count);
        if (toString(StandardCharsets.UTF_8).contains("epoch 3/3")) { // behind the checks
          boolean _ = model.toFile().mkdir();
        }
      }
    };
    PrintStream out = new PrintStream(new BufferedOutputStream(log), false, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(log, true, StandardCharsets.UTF_8);
    List<String> args = List.of("train", iris.toString(), "--label", "species", "--epochs", "3", "--out", model.toString());
    assertEquals(1, Main.run(args, out, err));
    out.flush();
    List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals("3 epochs trained", lines.get(lines.size() - 2), lines::toString);
    assertTrue(lines.getLast().startsWith("lanewise: cannot write " + model + ": "), lines.getLast());
  }

  /** Hours of training are not to be lost since a file beside cannot be written any more. */
  @Test
  void whatWasLearntUntilACheckpointFailed() {
    Path model = folder.resolve("m");
    Path runs = folder.resolve("runs");
    assertTrue(runs.toFile().mkdir());
    ByteArrayOutputStream log = new ByteArrayOutputStream() {
      @Override
      public synchronized void write(byte[] bytes, int from, int count) {
        super.write(bytes, from, count);
        if (toString(StandardCharsets.UTF_8).contains("epoch 2/5")) {
          boolean _ = runs.resolve("run").toFile().delete() && runs.toFile().delete();
        }
      }
    };
    PrintStream out = new PrintStream(new BufferedOutputStream(log), false, StandardCharsets.UTF_8);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> args = List.of(
        "train", iris.toString(), "--label", "species", "--epochs", "5", "--checkpoint", runs.resolve("run").toString(), "--out",
        model.toString());
    assertEquals(1, Main.run(args, out, new PrintStream(err, true, StandardCharsets.UTF_8)));
    out.flush();
    assertTrue(log.toString(StandardCharsets.UTF_8).stripTrailing().endsWith("saved " + model), log::toString);
    String sentence = err.toString(StandardCharsets.UTF_8).strip();
    assertTrue(
        sentence.startsWith("lanewise: cannot write " + runs.resolve("run") + ": ")
            && sentence.endsWith(": " + model + " has the network as it was then") && sentence.lines().count() == 1,
        sentence);
    Result again = train("--epochs", "3", "--out", folder.resolve("whole").toString());
    assertEquals(0, again.code(), again.err());
    assertEquals(
        Model.load(folder.resolve("whole")).network().layers().getFirst().weights(),
        Model.load(model).network().layers().getFirst().weights());
  }

  @Test
  void noHiddenLayer() {
    Path model = folder.resolve("m");
    Result trained = train("--hidden", "none", "--learning-rate", "0.1", "--out", model.toString());
    assertEquals(0, trained.code(), trained.err());
    assertEquals("4-3", Model.load(model).network().toString());
    assertTrue(run("evaluate", model.toString(), iris.toString(), "--json").out().matches("(?s).*\"accuracy\":(0\\.9[5-9]|1).*"));
    Result resumed = train("--hidden", "none", "--epochs", "1", "--checkpoint", folder.resolve("run").toString());
    assertEquals(0, resumed.code(), resumed.err());
    Result more = train("--hidden", "none", "--epochs", "2", "--resume", folder.resolve("run").toString());
    assertEquals(0, more.code(), more.err());
  }

  /** Written in another way than models have it. */
  @Test
  void anActivationWithANumber() {
    Path model = folder.resolve("m");
    assertEquals(0, train("--activation", "leaky_relu( +0.20 )", "--epochs", "1", "--out", model.toString()).code());
    assertEquals(Activation.leakyRelu(0.2), Model.load(model).network().layers().getFirst().activation());
  }
}
