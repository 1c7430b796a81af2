package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.JavaProcess;
import dev.lanewise.nn.Matrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whenever a process that saves is killed, the file is the last one it has saved or the one it was saving, and whole.
 * {@code -Dlanewise.test.kills=1000} kills as many instead of 10.
 */
@Tag("process")
class KilledSaveTest {

  private static final int KILLS = Integer.getInteger("lanewise.test.kills", 10);

  /** A process is killed within this time; a save takes some milliseconds. */
  private static final int LONGEST_NANOS = 30_000_000;

  private static final List<String> QUICK_TO_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-Xshare:auto");

  @TempDir
  private Path directory;

  @Test
  void leavesTheOldFileOrTheNew() throws Exception {
    Path file = directory.resolve("model.lanewise");
    SplittableRandom random = new SplittableRandom(1);
    int duringSave = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int saved = killWhileSaving(file, kill % 2 == 0, random.nextInt(LONGEST_NANOS));
      ModelFile model = ModelFile.read(file);
      int number = model.json("training").integer("number", saved, saved + 1);
      Matrix expected = Matrix.zeros(SavingProgram.ROWS, SavingProgram.COLS);
      Arrays.fill(expected.data(), number);
      assertEquals(expected, model.tensor("weight", SavingProgram.ROWS, SavingProgram.COLS));
      List<Path> temporaries = temporaries();
      for (Path temporary : temporaries) {
        Files.delete(temporary);
      }
      duringSave += temporaries.size();
    }
    System.out.printf("%d of %d kills were during a save%n", duringSave, KILLS);
    assertTrue(duringSave > 0, "no kill was during a save");
  }

  /**
   * Kills a process so many nanoseconds after its first save, or, so that not all kills miss the next ones, after it
   * has begun to write again.
   *
   * @return the number of the last model that was saved for sure
   */
  private int killWhileSaving(Path file, boolean whenWriting, int nanos) throws Exception {
    Process process = JavaProcess.builder(
            System.getProperty("java.class.path"), QUICK_TO_START, SavingProgram.class.getName(), file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader out = process.inputReader()) {
      int saved = Integer.parseInt(out.readLine());
      if (whenWriting) {
        while (process.isAlive() && temporaries().isEmpty()) {
          Thread.onSpinWait();
        }
      } else {
        LockSupport.parkNanos(nanos);
      }
      process.toHandle().destroyForcibly(); // the process's own method would close the stream
      process.waitFor();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        saved = Integer.parseInt(line);
      }
      return saved;
    } finally {
      process.destroyForcibly();
    }
  }

  /** All other files in the directory, which have to be unfinished ones. */
  private List<Path> temporaries() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      List<Path> others = paths.filter(path -> !path.endsWith("model.lanewise")).toList();
      others.forEach(path -> assertTrue(path.getFileName().toString().matches("\\.lanewise-.*\\.tmp"), path::toString));
      return others;
    }
  }
}
