package dev.lanewise.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {

  @ParameterizedTest
  @CsvSource({
    "vendor_id\t: GenuineIntel, 6, INTEL", "vendor_id\t: GenuineIntel, 26, INTEL", "vendor_id\t: AuthenticAMD, 25, ZEN4",
    "vendor_id\t: AuthenticAMD, 24, OTHER", "vendor_id\t: AuthenticAMD, 26, ZEN5", "vendor_id\t: AuthenticAMD, 107, ZEN5",
    "vendor_id\t: HygonGenuine, 26, OTHER", "CPU implementer\t: 0x41, 26, OTHER", "'', 26, OTHER"})
  void linuxNamesTheVendorAndTheFamily(String line, String family, Processor.Kind expected, @TempDir Path directory) throws IOException {
    Path cpuinfo = Files.writeString(
        directory.resolve("cpuinfo"),
        "processor\t: 0\n" + line + "\ncpu family\t: " + family + "\nmodel\t\t: 99\nmodel name\t: not a GenuineIntel\n");
    assertEquals(expected, Processor.kind(cpuinfo, Map.of()));
  }

  @Test
  void anAmdThatNamesNoFamilyIsNoneInParticular(@TempDir Path directory) throws IOException {
    Path cpuinfo = directory.resolve("cpuinfo");
    for (String said : List.of(
        "vendor_id\t: AuthenticAMD", "vendor_id\t: AuthenticAMD\ncpu family\t:", "vendor_id\t: AuthenticAMD\ncpu family\t:\nmodel\t: 68",
        "cpu family : 26\nmodel : 2")) {
      assertEquals(Processor.Kind.OTHER, Processor.kind(Files.writeString(cpuinfo, said + "\n"), Map.of()), said);
    }
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
    assertEquals(Processor.Kind.INTEL, windows(none, "Intel64 Family 6 Model 143 Stepping 8, GenuineIntel"));
    assertEquals(Processor.Kind.ZEN4, windows(none, "AMD64 Family 25 Model 17 Stepping 1, AuthenticAMD"));
    assertEquals(Processor.Kind.ZEN5, windows(none, "AMD64 Family 26 Model 68 Stepping 0, AuthenticAMD"));
    assertEquals(Processor.Kind.OTHER, Processor.kind(none, Map.of()), "and elsewhere nobody says");
  }

  @ParameterizedTest
  @CsvSource({"intel, INTEL", "zen5, ZEN5", "Zen5, ZEN5", "other, OTHER", "zen4, ZEN4", "zen, OTHER", "'', OTHER"})
  void anOptionNamesIt(String said, Processor.Kind expected) {
    assertEquals(expected, Processor.named(said));
  }

  private static Processor.Kind windows(Path none, String identifier) {
    return Processor.kind(none, Map.of("PROCESSOR_IDENTIFIER", identifier));
  }
}
