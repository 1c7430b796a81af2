package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.fixed;

import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a kernel is as fast in every JVM: each of some fresh ones warms up as the library does and measures every
 * kernel. None may allocate, and none be slower than 1.3 times the median over the JVMs.
 */
public final class FreshJvms {

  private static final double SLOWEST = 1.3;

  /** A call that allocates at all allocates at least one object, of 16 bytes; less is what the JVM itself does. */
  private static final double MOST_BYTES = 1;

  /**
   * One kernel in each JVM.
   *
   * @param name the kernel
   * @param nanos the median time of a call
   * @param bytes what a call allocates
   */
  record Kernel(String name, List<Double> nanos, List<Double> bytes) {

    double median() {
      return Results.median(nanos);
    }

    double slowest() {
      return Collections.max(nanos) / median();
    }

    double worstBytes() {
      return Collections.max(bytes);
    }

    boolean breaksTheRule() {
      return slowest() > SLOWEST || worstBytes() >= MOST_BYTES;
    }
  }

  private FreshJvms() {}

  /** Measures and prints: {@code short} in 5 JVMs, else in 20. */
  public static void main(String... args) {
    System.out.print(table(measure(args.length > 0 && args[0].equals("short"))));
  }

  /** Measures in 5 JVMs, or in 20, and longer. */
  static List<Kernel> measure(boolean isShort) {
    return isShort ? measure(5, 40) : measure(20, 60);
  }

  /** Measures in so many JVMs, so many milliseconds a kernel each time. */
  private static List<Kernel> measure(int jvms, int millis) {
    Map<String, Kernel> kernels = new LinkedHashMap<>();
    for (int i = 0; i < jvms; i++) {
      add(Processes.output(
          Processes.java(List.of(), FreshJvm.class, Integer.toString(i), Integer.toString(millis))), kernels);
    }
    return List.copyOf(kernels.values());
  }

  /** Adds what one JVM printed. */
  static void add(List<String> lines, Map<String, Kernel> kernels) {
    for (String line : lines) {
      List<String> words = List.of(line.split("\t", -1));
      if (words.size() != 3) {
        continue; // not of ours
      }
      Kernel kernel =
          kernels.computeIfAbsent(words.get(0), name -> new Kernel(name, new ArrayList<>(), new ArrayList<>()));
      kernel.nanos().add(Double.valueOf(words.get(1)));
      kernel.bytes().add(Double.valueOf(words.get(2)));
    }
  }

  static void write(List<Kernel> kernels, Path file) throws IOException {
    Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(kernels) + "\n");
  }

  static List<Kernel> read(Path file) throws IOException {
    try (Reader json = Files.newBufferedReader(file)) {
      return new GsonBuilder().create().fromJson(json, new TypeToken<List<Kernel>>() {}.getType());
    }
  }

  /** A line for each kernel, and which of them break the rule. */
  static String table(List<Kernel> kernels) {
    Markdown out = new Markdown();
    int jvms = kernels.stream().mapToInt(kernel -> kernel.nanos().size()).max().orElse(0);
    out.head("kernel, in " + jvms + " fresh JVMs", "median µs", "slowest / median", "worst B/call");
    List<String> broken = new ArrayList<>();
    for (Kernel kernel : kernels.stream().sorted(Comparator.comparing(Kernel::name)).toList()) {
      out.cells(
          kernel.name(), fixed(kernel.median() / 1e3, 3), fixed(kernel.slowest(), 2), fixed(kernel.worstBytes(), 1));
      if (kernel.breaksTheRule()) {
        broken.add(kernel.name());
      }
    }
    out.line("");
    out.line("None allocates, none is slower than 1.3 times the median: "
        + (broken.isEmpty() ? "all keep to it." : "not so " + String.join("; ", broken) + "."));
    out.line("");
    List<String> missing = kernels.stream().filter(kernel -> kernel.nanos().size() < jvms).map(Kernel::name).sorted().toList();
    if (!missing.isEmpty()) {
      out.line("Not measured in each of them: " + String.join("; ", missing) + ".");
      out.line("");
    }
    return out.toString();
  }
}
