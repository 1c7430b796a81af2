package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.EpochEndsProgram;
import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.vector.NarrowProductsProgram;
import dev.lanewise.kernel.vector.TilesProgram;
import dev.lanewise.kernel.vector.UncompiledProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes in which the vector kernels take over, or do not, and who waits for them. */
@Tag("process")
class WarmUpProcessTest {

  private static final String ALL_VECTOR = "7 vector, 0 scalar";
  private static final String ALL_SCALAR = "0 vector, 7 scalar";

  /** At widths and with tiles that this machine may not have by itself: arrays of examples are long enough for each. */
  @TwoAtATime
  @ParameterizedTest
  @ValueSource(strings = {
    "-XX:UseAVX=3", "-XX:UseAVX=2", "-XX:MaxVectorSize=16", "-Dlanewise.registers=16", "-Dlanewise.registers=32",
    "-Dlanewise.processor=intel", "-Dlanewise.processor=zen4", "-Dlanewise.processor=zen5", "-Dlanewise.processor=other"})
  void allKernelsComeToSpeed(String flag) throws Exception {
    assertEquals(List.of(ALL_VECTOR), lines(List.of("-XX:+IgnoreUnrecognizedVMOptions", flag)));
  }

  /** In one process or another: on a busy machine one may stay scalar, which a line says. */
  @Test
  void kernelsThatNotAllNetworksNeedComeToSpeed() throws Exception {
    Set<String> scalar = Stream.of(Extra.values()).map(Extra::name).collect(Collectors.toCollection(TreeSet::new));
    for (int process = 0; process < 3 && !scalar.isEmpty(); process++) {
      JavaProcess run = JavaProcess.run(JavaProcess.MODULE, ExtrasProgram.class.getName());
      assertEquals(0, run.exit(), run.err());
      scalar.retainAll(run.out().lines().toList());
    }
    assertEquals(Set.of(), scalar);
  }

  /**
   * Each example of the warm-up needs none but tiles that it shows: another is not compiled until it has been called lane by lane some
   * thousand times, and the stage, and all that others have asked for meanwhile, wait for it.
   */
  @TwoAtATime
  @ParameterizedTest
  @ValueSource(strings = {
    "-XX:UseAVX=3", "-XX:UseAVX=2", "-XX:MaxVectorSize=16", "-Dlanewise.processor=intel", "-Dlanewise.processor=zen4",
    "-Dlanewise.processor=zen5", "-Dlanewise.processor=other"})
  void examplesCallWhatIsShown(String flag) throws Exception {
    Set<String> shown = tiles(flag, "shown");
    assertFalse(shown.isEmpty());
    Set<String> called = tiles(flag, "warmed", "warmed");
    called.removeAll(shown);
    assertEquals(Set.of(), called);
  }

  /**
   * C1 has to be able to compile each tile and loop with a profile. A method that it first compiles without one, as it does while C2 has
   * much to do, and cannot compile again with one, has nothing to go to C2 with, and stays a hundred times slower for good.
   */
  @TwoAtATime
  @ParameterizedTest
  @ValueSource(strings = {
    "-XX:UseAVX=3", "-XX:UseAVX=2", "-XX:MaxVectorSize=16", "-Dlanewise.processor=intel", "-Dlanewise.processor=other"})
  void nothingIsTooLongForTheFirstCompiler(String flag) throws Exception {
    List<String> flags =
        List.of("-XX:+IgnoreUnrecognizedVMOptions", flag, "-XX:TieredStopAtLevel=3", "-XX:+PrintCompilation", "-XX:-BackgroundCompilation");
    List<String> lines =
        lines(TilesProgram.class, flags, "often").stream().filter(line -> line.contains("lanewise.kernel.vector.")).toList();
    assertTrue(lines.stream().anyMatch(line -> line.matches(".* 3 +dev.*Tile\\w+::run .*")), () -> String.join("\n", lines));
    assertEquals(List.of(), lines.stream().filter(line -> line.contains("COMPILE SKIPPED")).toList());
  }

  /** What is left for kernels that somebody asks for comes all the same. */
  @TwoAtATime
  @Test
  void stagesThatAreLeftComeLater() throws Exception {
    assertEquals(List.of("warmed"), lines(TilesProgram.class, List.of(), "hurried"));
  }

  /** The classes of tiles that a program loads. */
  private static Set<String> tiles(String flag, String last, String... args) throws Exception {
    List<String> jvm = List.of("-XX:+IgnoreUnrecognizedVMOptions", flag, "-Xlog:class+load:stdout");
    List<String> lines = lines(TilesProgram.class, jvm, args);
    assertTrue(lines.contains(last), () -> "no line " + last);
    Pattern tile = Pattern.compile("dev\\.lanewise\\.kernel\\.vector\\.(\\w*Tile\\d+x\\d+|RowDots|Dot\\w+|OuterProduct\\d|\\w+Transpose) ");
    return lines.stream()
        .map(tile::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * A loop that is compiled as part of its kernel only has vectors that are objects once C2 compiles a program's own calls of that kernel:
   * thousands of calls, 2 KB each. It was so in every process. Of 240 that ran three at a time on two processors twelve still did, until
   * what softmax chooses among was called by itself: then none of 120.
   */
  @TwoAtATime
  @Test
  void softmaxTakesOverWithoutObjects() throws Exception {
    List<Long> bytes = new ArrayList<>();
    for (int process = 0; process < 3; process++) {
      List<String> lines = lines(TakeOverProgram.class, List.of());
      assertEquals("vector", lines.getFirst());
      bytes.add(Long.parseLong(lines.getLast()));
    }
    assertTrue(bytes.stream().filter(each -> each < 1 << 20).count() >= 2, () -> bytes + " bytes");
  }

  /**
   * It would be compiled in the middle of a fit, by a thread more than it is told to have, for sixteen rows an epoch: two threads on two
   * processors lost a third of a second by that, in the 51st epoch.
   */
  @Test
  void trainingAsksForNoSoftmaxByItself() throws Exception {
    assertEquals(List.of("0", "1"), lines(EpochEndsProgram.class, List.of()));
  }

  /** Networks of narrow layers alone use tiles beyond the first ones too. */
  @TwoAtATime
  @Test
  void narrowProductsGetAllTiles() throws Exception {
    assertEquals(List.of("all tiles"), lines(NarrowProductsProgram.class, List.of()));
  }

  /**
   * Vectors would be objects: a hundred times slower than what they took the place of. 96 columns have a panel of 32, whose tiles may be
   * compiled where those of the other are not.
   */
  @TwoAtATime
  @ParameterizedTest
  @CsvSource({"*Tile*::run, 64", "*Tile6x*::run, 96"})
  void productsThatAreNotCompiledStayScalar(String tiles, String columns) throws Exception {
    List<String> never = List.of("-XX:CompileCommand=quiet", "-XX:CompileCommand=exclude," + tiles);
    List<String> expected = List.of("vector", "scalar", "scalar kernels, until the vector kernels are compiled");
    assertEquals(expected, lines(UncompiledProgram.class, never, columns));
  }

  /** A second at most, which is what it is where they do not come; a fit of little work goes on with the scalar ones. */
  @TwoAtATime
  @Test
  void aFitOfMuchWorkWaitsForItsProducts() throws Exception {
    List<String> never = List.of("-XX:CompileCommand=quiet", "-XX:CompileCommand=exclude,*Tile*::run");
    assertEquals(List.of("waited"), lines(WaitProgram.class, never, "much"));
    assertEquals(List.of("did not wait"), lines(WaitProgram.class, never));
  }

  /** What is not loaded yet nobody needs any more: that is no fault to tell of. */
  @TwoAtATime
  @ParameterizedTest
  @CsvSource({"0, false", "700, false", "0, true"})
  void aProgramThatGoesMeanwhile(String millis, String isStopped) throws Exception {
    String path = System.getProperty("java.class.path");
    JavaProcess run = JavaProcess.run(JavaProcess.MODULE, ClosedLoaderProgram.class.getName(), path, millis, isStopped);
    assertEquals(0, run.exit(), run.err());
    assertEquals(List.of(), run.ownErrors());
    assertEquals(2, run.out().lines().count(), run.out());
  }

  @TwoAtATime
  @ParameterizedTest
  @ValueSource(strings = {"none", "broken"})
  void aNoticeThatCannotBeWritten(String err) throws Exception {
    JavaProcess run = JavaProcess.run(List.of(), NoticeProgram.class.getName(), err);
    assertEquals("2 x 3 by scalar kernels: add --add-modules jdk.incubator.vector", run.out().strip());
  }

  @TwoAtATime
  @Test
  void anInterruptedThreadStaysInterrupted() throws Exception {
    assertEquals(List.of("interrupted true", ALL_VECTOR), lines(List.of(), "interrupted"));
  }

  @TwoAtATime
  @Test
  void nobodyWaitsForWhatWillNotCome() throws Exception {
    assertEquals(List.of(ALL_SCALAR), lines(List.of("-Dlanewise.kernels=scalar")));
    assertEquals(List.of(ALL_VECTOR), lines(List.of("-Dlanewise.kernels=vector")));
  }

  /** Also where the JVM has not the module that would say so. */
  @TwoAtATime
  @ParameterizedTest
  @ValueSource(strings = {"java.base,jdk.incubator.vector", "java.base,jdk.incubator.vector,jdk.management"})
  void vectorKernelsNeedFusedMultiplyAdd(String modules) throws Exception {
    List<String> jvm = List.of("--limit-modules", modules, "--add-modules", "jdk.incubator.vector", "-XX:-UseFMA");
    JavaProcess run = JavaProcess.run(jvm, WarmUpProgram.class.getName());
    assertEquals(List.of(ALL_SCALAR), run.out().lines().toList());
    assertEquals(1, run.ownErrors().size(), run.ownErrors()::toString);
    String line = run.ownErrors().getFirst();
    assertTrue(line.startsWith("lanewise: scalar kernels: no fused multiply-add in hardware"), line);
  }

  /** What a service can write to its log. */
  @TwoAtATime
  @Test
  void networkSaysWhichKernelsRun() throws Exception {
    List<String> taken = lines(KernelsProgram.class, List.of());
    assertEquals("scalar kernels, until the vector kernels are compiled", taken.getFirst());
    assertTrue(taken.getLast().matches("vector kernels at (128|256|512) bits"), taken::toString);
    String asked = "scalar kernels, as -Dlanewise.kernels says";
    assertEquals(List.of(asked, asked), lines(KernelsProgram.class, List.of("-Dlanewise.kernels=scalar")));
    String without = "scalar kernels: add --add-modules jdk.incubator.vector";
    JavaProcess run = JavaProcess.run(List.of(), KernelsProgram.class.getName());
    assertEquals(List.of(without, without), run.out().lines().toList());
    assertEquals(List.of("lanewise: " + without), run.ownErrors());
  }

  @TwoAtATime
  @Test
  void aWishThatIsNoneIsIgnored() throws Exception {
    String ignored = "lanewise: -Dlanewise.kernels=fast is neither scalar nor vector: ignored";
    JavaProcess without = JavaProcess.run(List.of("-Dlanewise.kernels=fast"), WarmUpProgram.class.getName());
    assertEquals(List.of(ignored, "lanewise: scalar kernels: add --add-modules jdk.incubator.vector"), without.ownErrors());
    List<String> jvm = new ArrayList<>(JavaProcess.MODULE);
    jvm.add("-Dlanewise.kernels=fast");
    JavaProcess with = JavaProcess.run(jvm, WarmUpProgram.class.getName());
    assertEquals(List.of(ignored), with.ownErrors());
    assertEquals(List.of(ALL_VECTOR), with.out().lines().toList());
  }

  private static List<String> lines(List<String> flags, String... args) throws Exception {
    return lines(WarmUpProgram.class, flags, args);
  }

  /** What a program says, and nothing on standard error, where an exception of the warm-up would be. */
  private static List<String> lines(Class<?> program, List<String> flags, String... args) throws Exception {
    List<String> jvm = new ArrayList<>(JavaProcess.MODULE);
    jvm.addAll(flags);
    JavaProcess run = JavaProcess.run(jvm, program.getName(), args);
    assertEquals(List.of(), run.ownErrors());
    return run.out().lines().toList();
  }
}
