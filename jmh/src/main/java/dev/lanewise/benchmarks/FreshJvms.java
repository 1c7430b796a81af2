package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.fixed;

import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import dev.lanewise.benchmarks.FreshJvm.Figure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a kernel is as fast in every JVM: each of some fresh ones warms up as the library does and measures every
 * kernel. None may allocate, and none be slower than 1.3 times the median over the JVMs.
 *
 * <p>A kernel that is slower is measured again, in the same JVM, when all have measured theirs, up to {@value #AGAIN} times: slow code stays
 * slow, and what others do on the machine, for a second or for minutes, goes by. So all of the JVMs stay until then.
 */
public final class FreshJvms {

  private static final double SLOWEST = 1.3;

  /** As many times as arrays of {@link FreshJvm} can lie another part of a page apart. */
  private static final int AGAIN = 4;

  /** Before each time. */
  private static final Duration PAUSE = Duration.ofSeconds(20);

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

    /** Which of the JVMs that measured it was slowest, or allocated most if none was slow, from 1 on. */
    int worstJvm() {
      List<Double> figures = isSlow() ? nanos : bytes;
      return figures.indexOf(Collections.max(figures)) + 1;
    }

    boolean isSlow() {
      return slowest() > SLOWEST;
    }

    boolean breaksTheRule() {
      return isSlow() || worstBytes() >= MOST_BYTES;
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
    List<Processes.Asked> processes = new ArrayList<>();
    List<Map<String, Figure>> figures = new ArrayList<>();
    try {
      for (int i = 0; i < jvms; i++) {
        Processes.Asked jvm =
            new Processes.Asked(Processes.java(List.of(), FreshJvm.class, Integer.toString(i), Integer.toString(millis)));
        processes.add(jvm);
        figures.add(figures(jvm.answer()));
      }
      for (int again = 0; again < AGAIN && kernels(figures).stream().anyMatch(Kernel::isSlow); again++) {
        pause();
        for (int i = 0; i < jvms; i++) {
          List<String> slow = slow(figures, i);
          if (!slow.isEmpty()) {
            processes.get(i).ask(slow);
            add(processes.get(i).answer(), figures.get(i));
          }
        }
      }
    } finally {
      processes.forEach(Processes.Asked::close);
    }
    return kernels(figures);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Map<String, Figure> figures(List<String> lines) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    add(lines, figures);
    return figures;
  }

  /** Adds what a JVM printed to what it has printed before: of several times the least counts. */
  static void add(List<String> lines, Map<String, Figure> figures) {
    for (String line : lines) {
      List<String> words = List.of(line.split("\t", -1));
      if (words.size() == 3) { // of ours
        figures.merge(words.get(0), new Figure(Double.parseDouble(words.get(1)), Double.parseDouble(words.get(2))), Figure::and);
      }
    }
  }

  /** The kernels that are slower in one JVM than they may be. */
  static List<String> slow(List<Map<String, Figure>> jvms, int jvm) {
    return kernels(jvms).stream()
        .filter(kernel -> jvms.get(jvm).containsKey(kernel.name()))
        .filter(kernel -> jvms.get(jvm).get(kernel.name()).nanos() > SLOWEST * kernel.median())
        .map(Kernel::name)
        .toList();
  }

  /** The same figures, of each kernel those of all JVMs. */
  static List<Kernel> kernels(List<Map<String, Figure>> jvms) {
    Map<String, Kernel> kernels = new LinkedHashMap<>();
    for (Map<String, Figure> jvm : jvms) {
      jvm.forEach((name, figure) -> {
        Kernel kernel = kernels.computeIfAbsent(name, key -> new Kernel(name, new ArrayList<>(), new ArrayList<>()));
        kernel.nanos().add(figure.nanos());
        kernel.bytes().add(figure.bytes());
      });
    }
    return List.copyOf(kernels.values());
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
        broken.add(kernel.name() + " in JVM " + kernel.worstJvm());
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
