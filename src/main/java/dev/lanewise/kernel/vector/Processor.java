package dev.lanewise.kernel.vector;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Which processor this is, and its second cache, where the system says it in a place that Java can read. Only speed depends on it. */
final class Processor {

  /** Processors that differ in what {@link Blocking} has for them. */
  enum Kind {

    /** Intel's. */
    INTEL,

    /** AMD's of Zen 4, and of Zen 3, which has the same number and no vectors of 512 bits: what is for Zen 4 asks for these, too. */
    ZEN4,

    /** AMD's of Zen 5 and later. */
    ZEN5,

    /** All others, and where nobody says. */
    OTHER
  }

  private static final String INTEL = "genuineintel";

  private static final String AMD = "authenticamd";

  /** AMD's number for Zen 3 and Zen 4. */
  private static final int ZEN4_FAMILY = 25;

  /** And for Zen 5. */
  private static final int ZEN5_FAMILY = 26;

  /** Linux, on x64. */
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** Windows: a variable such as {@code Intel64 Family 6 Model 143 Stepping 8, GenuineIntel}. */
  private static final String IDENTIFIER = "PROCESSOR_IDENTIFIER";

  private static final String FAMILY = "family";

  /** Linux: a line such as {@code 2048K}. */
  private static final Path SECOND_CACHE = Path.of("/sys/devices/system/cpu/cpu0/cache/index2/size");

  private Processor() {}

  /**
   * What it is; {@code -Dlanewise.processor=intel}, {@code zen4} or {@code zen5} shows on any machine what is done on these, and anything
   * else what is done on others.
   */
  static Kind kind() {
    String said = System.getProperty("lanewise.processor");
    return said == null ? kind(CPUINFO, System.getenv()) : named(said);
  }

  /** The kind of that name, or, as with the other options of this sort, {@link Kind#OTHER} for what is none. */
  static Kind named(String said) {
    for (Kind each : Kind.values()) {
      if (each.name().equalsIgnoreCase(said)) {
        return each;
      }
    }
    return Kind.OTHER;
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

  static Kind kind(Path cpuinfo, Map<String, String> environment) {
    Kind said = kind(environment.getOrDefault(IDENTIFIER, ""));
    if (said != Kind.OTHER) {
      return said;
    }
    // Bytes that are no ASCII do not matter here. Line by line: a stream of lines loads a hundred classes.
    try (BufferedReader lines = Files.newBufferedReader(cpuinfo, StandardCharsets.ISO_8859_1)) {
      StringBuilder described = new StringBuilder();
      String line = lines.readLine();
      while (line != null && !line.startsWith("model name")) { // which may name anybody, and comes behind the others
        described.append(line).append('\n');
        line = lines.readLine();
      }
      return kind(described.toString());
    } catch (IOException | RuntimeException unreadable) {
      return Kind.OTHER;
    }
  }

  /** By the vendor, and for AMD by the number behind {@code family}. */
  private static Kind kind(String described) {
    String said = described.toLowerCase(Locale.ROOT);
    if (said.contains(INTEL)) {
      return Kind.INTEL;
    }
    int family = said.contains(AMD) ? numberBehind(FAMILY, said) : 0;
    if (family >= ZEN5_FAMILY) {
      return Kind.ZEN5;
    }
    return family == ZEN4_FAMILY ? Kind.ZEN4 : Kind.OTHER;
  }

  /** The number behind a word on its line, of three digits at most; 0 where there is none. By hand, as patterns load classes. */
  private static int numberBehind(String word, String said) {
    int at = said.indexOf(word);
    if (at < 0) {
      return 0;
    }
    int from = at + word.length();
    while (from < said.length() && said.charAt(from) != '\n' && !Character.isDigit(said.charAt(from))) {
      from++;
    }
    int number = 0;
    for (int i = from; i < said.length() && i < from + 3 && Character.isDigit(said.charAt(i)); i++) {
      number = 10 * number + Character.digit(said.charAt(i), 10);
    }
    return number;
  }
}
