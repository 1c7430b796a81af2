package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as its users run it: as a process, on the bare classes of the library. */
@Tag("process")
class CommandLineTest {

  private static final String MAIN = "dev.lanewise.cli.Main";
  private static final String ADD_THE_MODULE = "lanewise: scalar kernels: add --add-modules jdk.incubator.vector";

  private static String classes;

  @BeforeAll
  static void findTheBareClasses() throws Exception {
    classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @Test
  void trainsAndReportsWithTheModule() throws Exception {
    JavaProcess run = JavaProcess.runOn(classes, JavaProcess.MODULE, MAIN, "digits");
    assertEquals(0, run.exit(), run.err());
    assertEquals(List.of(), run.ownErrors());
    List<String> lines = run.out().lines().toList();
    assertEquals(10, lines.stream().filter(line -> line.matches("epoch +\\d+0/100  loss 0\\.\\d{6}")).count());
    assertTrue(lines.stream().anyMatch(line -> line.matches(" +accuracy {26,}[01]\\.\\d\\d +1797")), run.out());
    for (String line : List.of( // as in the README: bits are the same everywhere
        "epoch  10/100  loss 0.012024", "epoch 100/100  loss 0.002228", "1790 of 1797 rows right (0.9961)",
        "           9       0.98      0.99      0.99       180")) {
      assertTrue(lines.contains(line), line);
    }
    assertTrue(lines.getLast().matches("\\d+\\.\\d\\d s, \\d+ samples/s, .* kernels.*, 1 thread"), lines.getLast());
  }

  @Test
  void saysOnceWhatToAddWithoutTheModuleAndReportsTheSame() throws Exception {
    JavaProcess without = JavaProcess.runOn(classes, List.of(), MAIN, "digits", "--epochs", "20");
    assertEquals(0, without.exit(), without.err());
    assertEquals(List.of(ADD_THE_MODULE), without.err().lines().toList());
    JavaProcess with = JavaProcess.runOn(classes, JavaProcess.MODULE, MAIN, "digits", "--epochs", "20");
    assertEquals(withoutTiming(with), withoutTiming(without));
  }

  /** Who asks for vector kernels is told all the same, and no class of the module is looked for. */
  @Test
  void vectorKernelsWithoutTheModule() throws Exception {
    List<String> vector = List.of("-Dlanewise.kernels=vector");
    JavaProcess without = JavaProcess.runOn(classes, vector, MAIN, "digits", "--epochs", "1");
    assertEquals(0, without.exit(), without.err());
    assertEquals(List.of(ADD_THE_MODULE), without.err().lines().toList());
    assertTrue(without.out().lines().toList().getLast().contains("scalar kernels"), without.out());
    assertEquals(withoutTiming(run(vector, "digits", "--epochs", "1")), withoutTiming(without));
  }

  /** Whatever was asked for: the last bits are other ones. */
  @ParameterizedTest
  @CsvSource({"auto, 'scalar kernels: '", "scalar, ''", "vector, 'scalar kernels: '"})
  void saysThatThereIsNoFusedMultiplyAdd(String kernels, String begin) throws Exception {
    List<String> flags = new ArrayList<>(List.of("-XX:-UseFMA"));
    if (!kernels.equals("auto")) {
      flags.add("-Dlanewise.kernels=" + kernels);
    }
    JavaProcess without = run(flags, "digits", "--epochs", "1");
    assertEquals(0, without.exit(), without.err());
    assertEquals(
        List.of("lanewise: " + begin + "no fused multiply-add in hardware; results differ in their last bits from other machines"),
        without.ownErrors());
    assertTrue(without.out().lines().toList().getLast().contains("scalar kernels"), without.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-Xint", "-XX:TieredStopAtLevel=0", "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=3", "-XX:MaxVectorSize=8"})
  void reportsTheSameWithoutCompilerOrVectors(String flag) throws Exception {
    JavaProcess interpreted = run(List.of(flag), "digits", "--epochs", "1");
    assertEquals(0, interpreted.exit(), interpreted.err());
    assertEquals(1, interpreted.ownErrors().size(), interpreted.err());
    assertTrue(interpreted.ownErrors().getFirst().startsWith("lanewise: scalar kernels: "), interpreted.err());
    assertEquals(withoutTiming(run(List.of(), "digits", "--epochs", "1")), withoutTiming(interpreted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "ar", "hi"})
  void writesTheSameInEveryLanguage(String language) throws Exception {
    List<String> flags = List.of("-Duser.language=" + language, "-Duser.country=", "-Djava.locale.useOldISOCodes=false");
    assertEquals(
        withoutTiming(run(List.of(), "digits", "--epochs", "10")),
        withoutTiming(run(flags, "digits", "--epochs", "10")));
  }

  @Test
  void runsFromAFolderWithSpaces(@TempDir Path folder) throws Exception {
    Path spaced = folder.resolve("a folder with spaces");
    copy(Path.of(classes), spaced);
    JavaProcess run = JavaProcess.runOn(spaced.toString(), JavaProcess.MODULE, MAIN, "digits", "--epochs", "1");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains(" of 1797 rows right"));
  }

  /** As a minimizer of jars leaves them: nothing but a name tells of the vector kernels. */
  @ParameterizedTest
  @ValueSource(strings = {"", "vector"})
  void saysThatTheVectorKernelsAreNotThere(String kernels, @TempDir Path folder) throws Exception {
    Path minimized = folder.resolve("classes");
    copy(Path.of(classes), minimized);
    Files.move(minimized.resolve("dev/lanewise/kernel/vector"), folder.resolve("vector"));
    List<String> jvm = new ArrayList<>(JavaProcess.MODULE);
    jvm.add("-Dlanewise.kernels=" + kernels);
    JavaProcess run = JavaProcess.runOn(minimized.toString(), jvm, MAIN, "digits", "--epochs", "20");
    assertEquals(0, run.exit(), run.err());
    String reason = "scalar kernels: the jar lacks dev.lanewise.kernel.vector.VectorKernels, as a minimizer of jars may leave it out";
    assertEquals(List.of("lanewise: " + reason), run.ownErrors());
    assertEquals(withoutTiming(run(List.of(), "digits", "--epochs", "20")), withoutTiming(run));
  }

  @Test
  void saysThatTheVectorKernelsThatWereAskedForDoNotStart(@TempDir Path folder) throws Exception {
    Path damaged = folder.resolve("classes");
    copy(Path.of(classes), damaged);
    Files.writeString(damaged.resolve("dev/lanewise/kernel/vector/VectorKernels.class"), "not a class");
    List<String> jvm = new ArrayList<>(JavaProcess.MODULE);
    jvm.add("-Dlanewise.kernels=vector");
    JavaProcess run = JavaProcess.runOn(damaged.toString(), jvm, MAIN, "digits", "--epochs", "20");
    assertEquals(0, run.exit(), run.err());
    assertEquals(1, run.ownErrors().size(), run.err());
    assertTrue(
        run.ownErrors().getFirst().startsWith("lanewise: scalar kernels: the vector kernels do not start: java.lang.ClassFormatError"),
        run.err());
    assertEquals(withoutTiming(run(List.of(), "digits", "--epochs", "20")), withoutTiming(run));
  }

  @Test
  void trainsByTheExactGradientOnTwoThreads() throws Exception {
    JavaProcess two = run(List.of(), "digits", "--epochs", "3", "--rule", "exact", "--threads", "2", "--batch", "512");
    JavaProcess one = run(List.of(), "digits", "--epochs", "3", "--rule", "exact", "--batch", "512");
    assertEquals(0, two.exit(), two.err());
    assertEquals(withoutTiming(one), withoutTiming(two));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "digits --epoch 3", "digits --epochs", "digits --epochs 0", "digits --epochs many", "digits --lr -1",
    "digits --lr NaN", "digits --rule best", "digits --loss cross_entropy", "digits --rule exact --loss best",
    "digits --batch 0", "digits --threads 0", "digits --seed 1.5", "digits --seed 1 --seed 2", "trian", "digits more",
    "digits --batch 2000", "digits --epochs=0", "digits --epochs=", "digits --epochs=3 --epochs 3", "digits --epochs 99999999999"
  })
  void refusesWhatItDoesNotUnderstandInOneLine(String arguments) throws Exception {
    JavaProcess run = run(List.of(), arguments.split(" "));
    assertEquals(2, run.exit(), run.out());
    assertEquals("", run.out());
    assertEquals(1, run.ownErrors().size(), run.err());
    assertTrue(run.ownErrors().getFirst().startsWith("lanewise: "), run.err());
    if (arguments.contains("--lr")) {
      assertTrue(run.ownErrors().getFirst().startsWith("lanewise: --lr must be finite and positive"), run.err());
    }
  }

  @Test
  void valuesMayFollowAnEqualsSign() throws Exception {
    JavaProcess equals = run(List.of(), "digits", "--epochs=3", "--rule=exact");
    assertEquals(0, equals.exit(), equals.err());
    assertEquals(withoutTiming(run(List.of(), "digits", "--epochs", "3", "--rule", "exact")), withoutTiming(equals));
    JavaProcess large = run(List.of(), "digits", "--epochs=99999999999");
    assertEquals(List.of("lanewise: --epochs is at most 2147483647, not 99999999999"), large.ownErrors());
  }

  @Test
  void aRunThatDivergesHasFailedAndItsArgumentsWereRight() throws Exception {
    JavaProcess run = run(List.of(), "digits", "--rule", "exact", "--lr", "1e30");
    assertEquals(1, run.exit(), run.out());
    assertEquals(1, run.ownErrors().size(), run.err());
    assertTrue(run.ownErrors().getFirst().matches("lanewise: .* in epoch 1\\b[^:]*"), run.err());
  }

  /** On the bare classes there is no picocli. */
  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate", "predict", "info"})
  void saysWhatTheOtherCommandsNeed(String command) throws Exception {
    JavaProcess run = run(List.of(), command, "--help");
    assertEquals(1, run.exit(), run.out());
    assertEquals(
        List.of(
            "lanewise: " + command + " reads its options with picocli: put info.picocli:picocli:4.7.7 on the class path, and as -jar has none, "
                + "run dev.lanewise.cli.Main (or, on the module path, add --add-modules info.picocli)"),
        run.ownErrors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "digits --help", "digits -h"})
  void explainsItself(String arguments) throws Exception {
    JavaProcess run = run(List.of(), arguments.split(" "));
    assertEquals(0, run.exit());
    assertTrue(run.out().contains(arguments.startsWith("digits") ? "--rule RULE" : "train data.csv"), run.out());
    assertEquals(List.of(), run.ownErrors());
  }

  private static JavaProcess run(List<String> flags, String... args) throws Exception {
    List<String> jvm = new ArrayList<>(JavaProcess.MODULE);
    jvm.addAll(flags);
    return JavaProcess.runOn(classes, jvm, MAIN, args);
  }

  private static List<String> withoutTiming(JavaProcess run) {
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.size() > 15, run.err());
    return lines.subList(0, lines.size() - 1);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** All rows may have a loss that is infinite, where those of the last batch, which a fit looks at, have not. */
  @Test
  void aLossThatIsNoNumber() {
    assertEquals("0.125000", DigitsCommand.decimals(0.125, 6));
    assertEquals("Infinity", DigitsCommand.decimals(Double.POSITIVE_INFINITY, 6));
    assertEquals("NaN", DigitsCommand.decimals(Double.NaN, 6));
  }

  @Test
  void decimals() {
    assertEquals("0.012024", DigitsCommand.decimals(0.0120241, 6));
    assertEquals("0.000001", DigitsCommand.decimals(0.0000006, 6));
    assertEquals("0.000000", DigitsCommand.decimals(0, 6));
    assertEquals("1.00", DigitsCommand.decimals(0.9951, 2));
    assertEquals("12.50", DigitsCommand.decimals(12.5, 2));
    assertEquals("-0.250000", DigitsCommand.decimals(-0.25, 6));
    assertEquals("9007199254.740990", DigitsCommand.decimals(9_007_199_254.74099, 6));
    assertEquals("9.0071992548E9", DigitsCommand.decimals(9007199254.8, 6));
  }
}
