package dev.lanewise.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {

  @ParameterizedTest
  @CsvSource({"vendor_id\t: GenuineIntel, true", "vendor_id\t: AuthenticAMD, false", "CPU implementer\t: 0x41, false", "'', false"})
  void linuxNamesTheVendor(String line, boolean expected, @TempDir Path directory) throws IOException {
    Path cpuinfo = Files.writeString(
        directory.resolve("cpuinfo"), "processor\t: 0\n" + line + "\nmodel name\t: not a GenuineIntel\n");
    assertEquals(expected, Processor.isIntel(cpuinfo, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"2048K, 2097152", "1280K, 1310720", "1M, 0", "K, 0", "'', 0", "99999999999K, 0", "3000000K, 0"})
  void linuxGivesTheSizeOfACache(String line, int bytes, @TempDir Path directory) throws IOException {
    assertEquals(bytes, Processor.bytes(Files.writeString(directory.resolve("size"), line + "\n")));
    assertEquals(0, Processor.bytes(directory.resolve("none")), "and elsewhere nobody says");
  }

  @Test
  void windowsHasItInAVariable(@TempDir Path directory) {
    Path none = directory.resolve("cpuinfo");
    assertTrue(Processor.isIntel(none, Map.of("PROCESSOR_IDENTIFIER", "Intel64 Family 6 Model 143 Stepping 8, GenuineIntel")));
    assertFalse(Processor.isIntel(none, Map.of("PROCESSOR_IDENTIFIER", "AMD64 Family 25 Model 17 Stepping 1, AuthenticAMD")));
    assertFalse(Processor.isIntel(none, Map.of()), "and elsewhere nobody says");
  }
}
