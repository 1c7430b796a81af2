package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Source;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpBenchmarkTest {

  @Test
  void fullSpeedIsTheEndOfTheFirstWindowThatIsFastEnough() {
    double[] speeds = new double[200];
    Arrays.fill(speeds, 10, 200, 80);
    Arrays.fill(speeds, 20, 200, 91);
    Arrays.fill(speeds, 100, 200, 100);
    speeds[150] = 0;
    assertEquals(100, StartUpOfB.usual(speeds));
    assertEquals(1050, StartUpOfB.millisToSpeed(speeds, 90));
  }

  @Test
  void batchesCountInTheWindowInWhichTheyEnd() {
    long begin = System.nanoTime();
    StartUpOfB.Watched source =
        new StartUpOfB.Watched(Source.of(Matrix.zeros(10, 3), Matrix.zeros(10, 2)), begin + 5_000_000_000L);
    source.begin(0, false, 0);
    assertEquals(4, source.advance(4));
    assertEquals(4, source.advance(4));
    assertEquals(2, source.advance(4));
    double samples = Arrays.stream(source.speeds(begin)).sum() * StartUpOfB.WINDOW_MILLIS / 1000;
    assertEquals(8, samples, 1e-9, "the third is not done");
    double[] later = source.speeds(begin - 1_000_000_000L);
    assertEquals(0, Arrays.stream(later, 0, 1000 / StartUpOfB.WINDOW_MILLIS).sum());
  }

  @Test
  void fitEndsWhenTheTimeIsOver() {
    StartUpOfB.Watched source =
        new StartUpOfB.Watched(Source.of(Matrix.zeros(10, 3), Matrix.zeros(10, 2)), System.nanoTime() - 1);
    source.begin(0, false, 0);
    assertThrows(RuntimeException.class, () -> source.advance(4));
  }

  @Test
  void tableHasMediansAndRanges() {
    assertEquals(
        """
        | from the start of a process | processes | median | least | most |
        | -- | --: | --: | --: | --: |
        | to the end of `digits`, s | 3 | 0.45 | 0.44 | 0.60 |
        | the same with an archive of its classes, s | 1 | 0.40 | 0.40 | 0.40 |
        | to 90 % of the speed of B, ms | 2 | 900 | 800 | 1000 |
        | the same with an archive of its classes, ms | 1 | 700 | 700 | 700 |
        | that speed, samples/s | 2 | 200500 | 200000 | 201000 |

        """,
        StartUp.table(new StartUp.Figures(
            List.of(0.6, 0.45, 0.44), List.of(1000.0, 800.0), List.of(200_000.0, 201_000.0), List.of(0.4), List.of(700.0))));
  }

  @Test
  void filesWithoutArchivesAreReadStill(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(
        folder.resolve("start-up.json"), "{\"digitsSeconds\": [0.5], \"fullSpeedMillis\": [800.0], \"samplesPerSecond\": [1000.0]}");
    assertEquals(
        """
        | from the start of a process | processes | median | least | most |
        | -- | --: | --: | --: | --: |
        | to the end of `digits`, s | 1 | 0.50 | 0.50 | 0.50 |
        | to 90 % of the speed of B, ms | 1 | 800 | 800 | 800 |
        | that speed, samples/s | 1 | 1000 | 1000 | 1000 |

        """,
        StartUp.table(StartUp.read(file)));
  }

  @Test
  void programWithAnArchiveHasItsClassesFromThere(@TempDir Path folder) throws IOException {
    String name = Program.class.getName();
    Path jar = folder.resolve("program.jar");
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = Program.class.getResourceAsStream("/" + file);
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(file));
      in.transferTo(out);
    }
    assertFalse(ClassArchive.isPossible(folder + File.pathSeparator + jar), "a folder");
    assertTrue(ClassArchive.isPossible(jar.toString()));

    List<String> options = new ArrayList<>(ClassArchive.make(jar.toString(), name, "0"));
    options.add("-Xlog:class+load");
    List<String> output = Processes.output(Processes.java(options, jar.toString(), name, "0"));
    assertTrue(output.contains("done"));
    String loaded = output.stream().filter(line -> line.contains(name + " ")).findFirst().orElseThrow();
    assertTrue(loaded.contains("shared objects file"), loaded);
    assertTrue(output.stream().noneMatch(line -> line.contains("[error]")), output.toString());
  }

  @Test
  void tableOfPartsHasALineForEach() {
    assertEquals(
        """
        | from the start of a process to 90 % of the speed of B with | processes | median, ms | least | most |
        | -- | --: | --: | --: | --: |
        | Adam | 3 | 850 | 800 | 900 |
        """,
        StartUp.partsTable(Map.of(StartUpOfB.With.ADAM, List.of(900.0, 800.0, 850.0))));
  }

  @Test
  void processIsTimedAndItsFailureIsNoFigure() {
    List<String> command = Processes.java(List.of(), StartUpBenchmarkTest.Program.class, "0");
    assertEquals(List.of("done"), Processes.output(command));
    assertTrue(Processes.seconds(command) > 0.01);
    List<String> failing = Processes.java(List.of(), StartUpBenchmarkTest.Program.class, "3");
    assertThrows(IllegalStateException.class, () -> Processes.output(failing));
    assertThrows(IllegalStateException.class, () -> Processes.seconds(failing));
    assertThrows(IllegalStateException.class, () -> Processes.run(failing));
  }

  /** Ends with the value it is given. */
  static final class Program {

    private Program() {}

    public static void main(String[] args) {
      System.out.println("done");
      System.exit(Integer.parseInt(args[0]));
    }
  }
}
