package dev.lanewise.kernel.vector;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Who made the processor, where the system says it in a place that Java can read. Speed depends on it, results do not. */
final class Processor {

  private static final String INTEL = "genuineintel";

  /** Linux, on x64. */
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** Windows: a variable such as {@code Intel64 Family 6 Model 143 Stepping 8, GenuineIntel}. */
  private static final String IDENTIFIER = "PROCESSOR_IDENTIFIER";

  private Processor() {}

  /**
   * Whether it is one of Intel's; false where that is not known. {@code -Dlanewise.intel=true} or {@code false} shows on any
   * machine what is done on the others.
   */
  static boolean isIntel() {
    String said = System.getProperty("lanewise.intel");
    return said == null ? isIntel(CPUINFO, System.getenv()) : Boolean.parseBoolean(said);
  }

  static boolean isIntel(Path cpuinfo, Map<String, String> environment) {
    if (environment.getOrDefault(IDENTIFIER, "").toLowerCase(Locale.ROOT).contains(INTEL)) {
      return true;
    }
    // Bytes that are no ASCII do not matter here. Line by line: a stream of lines loads a hundred classes.
    try (BufferedReader lines = Files.newBufferedReader(cpuinfo, StandardCharsets.ISO_8859_1)) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("vendor_id")) {
        line = lines.readLine();
      }
      return line != null && line.toLowerCase(Locale.ROOT).contains(INTEL);
    } catch (IOException | RuntimeException unreadable) {
      return false;
    }
  }
}
