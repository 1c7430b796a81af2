package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same seeds end in the same bits, whatever the process runs on: each run is a process that prints a checksum. */
@Tag("process")
class SameBitsTest {

  private static final String SCALAR = "-Dlanewise.kernels=scalar";
  private static final String VECTOR = "-Dlanewise.kernels=vector";

  /**
   * What this processor printed first: x64 and arm64 have the same, and so do later versions. It changes only with what changes results on
   * purpose, such as another network in {@link BitsProgram}.
   */
  private static final String FOUR_EPOCHS = "6cc323c8baf3726a";

  private static final String SMALL = "953229da77ee0ef9";

  private static String expected;

  /** Of one epoch, in which each kernel is called: what begins interpreted takes most of the time of more. */
  private static String expectedOfOne;

  private static String expectedSmall;

  @BeforeAll
  static void runScalarOnOneThread() throws Exception {
    expected = checksum(List.of(SCALAR), "1", "4");
    expectedOfOne = checksum(List.of(SCALAR), "1", "1");
    expectedSmall = checksum(List.of(SCALAR), "1", "1", "small");
  }

  @TwoAtATime
  @Test
  void onAnyMachine() {
    assertEquals(List.of(FOUR_EPOCHS, SMALL), List.of(expected, expectedSmall));
  }

  @TwoAtATime
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void onAnyNumberOfThreads(int threads) throws Exception {
    assertEquals(expected, checksum(module(VECTOR), Integer.toString(threads), "4"));
  }

  @TwoAtATime
  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void forOneEpochOnOthers(int threads) throws Exception {
    assertEquals(expectedOfOne, checksum(module(VECTOR), Integer.toString(threads), "1"));
  }

  @TwoAtATime
  @Test
  void scalarOnThreeThreadsWithoutTheModule() throws Exception {
    assertEquals(expected, checksum(List.of(), "3", "4"));
  }

  @TwoAtATime
  @Test
  void whileVectorKernelsTakeOver() throws Exception {
    assertEquals(checksum(List.of(SCALAR), "2", "40"), checksum(module(), "2", "40"));
  }

  @TwoAtATime
  @ParameterizedTest
  @ValueSource(strings = {
    "-XX:UseAVX=2", "-XX:UseAVX=3", "-XX:MaxVectorSize=32", "-XX:MaxVectorSize=16", "-Dlanewise.registers=16",
    "-Dlanewise.registers=32"})
  void atAnyWidth(String flag) throws Exception {
    assertEquals(expectedOfOne, checksum(module("-XX:+IgnoreUnrecognizedVMOptions", flag, VECTOR), "1", "1"));
  }

  @TwoAtATime
  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseCompactObjectHeaders", "-XX:-UseCompressedClassPointers"})
  void whereverTheFirstPanelBegins(String flag) throws Exception {
    assertEquals(expectedOfOne, checksum(module("-Xlog:disable", flag, VECTOR), "1", "1"));
  }

  @TwoAtATime
  @Test
  void asOnArm64() throws Exception {
    List<String> jvm = module("-Dlanewise.bits=128", "-Dlanewise.registers=32", "-Dlanewise.masks=false", VECTOR);
    List<String> lines = lines(jvm, "1", "1");
    assertEquals(expectedOfOne, lines.getFirst());
    assertTrue(lines.getLast().startsWith("vector kernels at 128 bits"), lines.getLast());
  }

  /** Those of 512 bits are of no use there, and 256 are taken; no memory is accessed under a mask. */
  @TwoAtATime
  @Test
  void asOnArm64WithLongVectors() throws Exception {
    List<String> lines = lines(module("-Dos.arch=aarch64", VECTOR), "1", "1");
    assertEquals(expectedOfOne, lines.getFirst());
    assertTrue(lines.getLast().matches("vector kernels at (128|256) bits"), lines.getLast());
  }

  @TwoAtATime
  @ParameterizedTest
  @ValueSource(strings = {"intel", "zen4", "zen5", "other"})
  void withTheTilesOfAnyProcessor(String kind) throws Exception {
    assertEquals(expectedOfOne, checksum(module("-Dlanewise.processor=" + kind, VECTOR), "1", "1"));
  }

  /** Where there are no vectors of 512 bits, they are computed as Java. */
  @TwoAtATime
  @ParameterizedTest
  @ValueSource(strings = {"intel", "zen4", "zen5", "other"})
  void with512BitsAndTheTilesOfAnyProcessor(String kind) throws Exception {
    List<String> jvm = module("-Dlanewise.processor=" + kind, "-Dlanewise.bits=512", "-Dlanewise.registers=32", VECTOR);
    List<String> lines = lines(jvm, "1", "1");
    assertEquals(expectedOfOne, lines.getFirst());
    assertTrue(lines.getLast().startsWith("vector kernels at 512 bits"), lines.getLast());
  }

  /** In so many steps the large arrays of a fit are made as long as half a region; without regions they are as they are. */
  @TwoAtATime
  @Test
  void whereverArraysBegin() throws Exception {
    assertEquals(
        checksum(module("-XX:+UseSerialGC", VECTOR), "2", "25"),
        checksum(module("-XX:+UseG1GC", "-XX:G1HeapRegionSize=1m", VECTOR), "2", "25"));
  }

  /** Of a third of the rows: of all, vector kernels that are interpreted took 25 to 39 seconds. */
  @TwoAtATime
  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1"})
  void interpretedAndHalfCompiled(String mode) throws Exception {
    String[] program = {"1", "1", "small", "101"};
    String compiled = checksum(List.of(SCALAR), program);
    assertEquals(compiled, checksum(module(mode, SCALAR), program));
    assertEquals(compiled, checksum(module(mode, VECTOR), program));
  }

  /** Also where vector kernels are asked for: of less than 128 bits there are none. */
  @TwoAtATime
  @Test
  void withoutVectors() throws Exception {
    for (List<String> jvm : List.of(
        module("-XX:MaxVectorSize=8", VECTOR),
        // Where nobody can be asked about the JVM, either.
        module("--limit-modules=java.base,jdk.incubator.vector", "-XX:MaxVectorSize=8", VECTOR))) {
      JavaProcess run = JavaProcess.run(jvm, BitsProgram.class.getName(), "1", "1", "small");
      assertEquals(expectedSmall, run.out().lines().findFirst().orElseThrow());
      assertEquals(List.of("lanewise: scalar kernels: this JVM has vectors of less than 128 bits, or none"), run.ownErrors());
    }
  }

  private static List<String> module(String... flags) {
    List<String> jvm = new ArrayList<>(JavaProcess.MODULE);
    jvm.addAll(List.of(flags));
    return jvm;
  }

  /** Where vector kernels are asked for, those have to have run: scalar ones have the same bits. */
  private static String checksum(List<String> jvm, String... args) throws Exception {
    List<String> lines = lines(jvm, args);
    if (jvm.contains(VECTOR)) {
      assertTrue(lines.getLast().matches("vector kernels at \\d+ bits.*"), lines.getLast());
    }
    return lines.getFirst();
  }

  private static List<String> lines(List<String> jvm, String... args) throws Exception {
    JavaProcess run = JavaProcess.run(jvm, BitsProgram.class.getName(), args);
    assertEquals(0, run.exit(), run.err());
    return run.out().lines().toList();
  }
}
