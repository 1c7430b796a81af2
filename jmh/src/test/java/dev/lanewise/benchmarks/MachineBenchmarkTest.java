package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineBenchmarkTest {

  private static final String HERE = "a processor, JDK 25.0.3\nBLIS is not installed";
  private static final String THERE = "another processor, JDK 25.0.3\nBLIS 1.1 for skx";

  @Test
  void eachRunIsNotedWithWhatItWasMeasuredOn(@TempDir Path results) throws IOException {
    assertEquals("", Machine.sentences(results));

    Machine.note(results, "products", HERE);
    Machine.note(results, "turns", HERE);
    assertEquals(HERE + "\nso for products, turns\n", Files.readString(results.resolve(Machine.FILE)));

    Machine.note(results, "products", THERE);
    assertEquals(HERE + "\nso for turns\n\n" + THERE + "\nso for products\n", Files.readString(results.resolve(Machine.FILE)));
    assertEquals("""
        a processor, JDK 25.0.3.
        BLIS is not installed.
        so for turns.

        another processor, JDK 25.0.3.
        BLIS 1.1 for skx.
        so for products.

        """, Machine.sentences(results));

    Machine.note(results, "turns", THERE);
    assertEquals(THERE + "\nso for products, turns\n", Files.readString(results.resolve(Machine.FILE)));
  }

  @Test
  void whatNamesNoRunIsOfTheRest(@TempDir Path results) throws IOException {
    Files.writeString(results.resolve(Machine.FILE), HERE + "\n");

    Machine.note(results, "products", HERE);
    assertEquals(HERE + "\n", Files.readString(results.resolve(Machine.FILE)));

    Machine.note(results, "products", THERE);
    assertEquals(HERE + "\n\n" + THERE + "\nso for products\n", Files.readString(results.resolve(Machine.FILE)));
    Machine.note(results, "products", HERE);
    assertEquals(HERE + "\n", Files.readString(results.resolve(Machine.FILE)));
  }

  @Test
  void processesAreWithoutWhatMakesOpenBlasAnothers() {
    String description = Machine.description();

    assertEquals(3, description.lines().count(), description);
    String first = description.lines().findFirst().orElseThrow();
    assertTrue(first.endsWith(" processors, JDK " + System.getProperty("java.runtime.version")), first);
    assertTrue(description.contains("OpenBLAS"), description);
    NativeBlas.OPENBLAS_SWITCHES.forEach(variable -> assertTrue(!description.contains(variable), description));
  }
}
