package dev.lanewise.kernel.vector;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Who made the processor, and its second cache, where the system says it in a place that Java can read. Only speed depends on it. */
final class Processor {

  private static final String INTEL = "genuineintel";

  /** Linux, on x64. */
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** Windows: a variable such as {@code Intel64 Family 6 Model 143 Stepping 8, GenuineIntel}. */
  private static final String IDENTIFIER = "PROCESSOR_IDENTIFIER";

  /** Linux: a line such as {@code 2048K}. */
  private static final Path SECOND_CACHE = Path.of("/sys/devices/system/cpu/cpu0/cache/index2/size");

  private Processor() {}

  /**
   * Whether it is one of Intel's; false where that is not known. {@code -Dlanewise.intel=true} or {@code false} shows on any
   * machine what is done on the others.
   */
  static boolean isIntel() {
    String said = System.getProperty("lanewise.intel");
    return said == null ? isIntel(CPUINFO, System.getenv()) : Boolean.parseBoolean(said);
  }

  /** The size of a core's second cache, or 0 where that is not known. */
  static int secondCacheBytes() {
    return bytes(SECOND_CACHE);
  }

  /** What a file says that has a number of kibibytes, and a {@code K} behind it; 0 where it says something else. */
  static int bytes(Path size) {
    try {
      String said = Files.readString(size, StandardCharsets.ISO_8859_1).strip();
      return said.endsWith("K") ? Math.multiplyExact(Integer.parseInt(said.substring(0, said.length() - 1)), 1024) : 0;
    } catch (IOException | RuntimeException unreadable) {
      return 0;
    }
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
