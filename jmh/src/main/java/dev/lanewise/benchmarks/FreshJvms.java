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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a kernel is as fast in every JVM: each of some fresh ones warms up as the library does and measures every
 * kernel. None may allocate, and none be slower than 1.3 times the median over the JVMs.
 *
 * <p>A kernel that is slower breaks the rule, and is measured again, in the same JVM, when all have measured theirs, up to {@value #AGAIN}
 * times: slow code stays slow, and what others do on the machine, for a second or for minutes, goes by. What it took then is said beside
 * it, and changes nothing else. So all of the JVMs stay until then.
 */
public final class FreshJvms {

  private static final double SLOWEST = 1.3;

  /** As often as arrays can lie another part of a page apart once more. */
  private static final int AGAIN = FreshJvm.PARTS - FreshJvm.PASSES;

  /** Before each time. */
  private static final Duration PAUSE = Duration.ofSeconds(20);

  /** A call that allocates at all allocates at least one object, of 16 bytes; less is what the JVM itself does. */
  private static final double MOST_BYTES = 1;

  /**
   * One kernel in each JVM.
   *
   * @param name the kernel
   * @param nanos the median time of a call
   * @param bytes what a call allocates, also when it was measured again
   * @param again the least time where it was measured again, else as before; null in files of before there was that
   */
  record Kernel(String name, List<Double> nanos, List<Double> bytes, List<Double> again) {

    double median() {
      return Results.median(nanos);
    }

    double slowest() {
      return Collections.max(nanos) / median();
    }

    double worstBytes() {
      return Collections.max(bytes);
    }

    boolean isSlow() {
      return slowest() > SLOWEST;
    }

    boolean breaksTheRule() {
      return isSlow() || worstBytes() >= MOST_BYTES;
    }

    /** Where it was slowest, or allocated most if it was slow nowhere, counted from 1 on, and how slow it was there later. */
    String worst() {
      List<Double> figures = isSlow() ? nanos : bytes;
      int jvm = figures.indexOf(Collections.max(figures));
      String later = isSlow() && again != null ? " (" + fixed(again.get(jvm) / median(), 2) + " when measured again)" : "";
      return name + " in JVM " + (jvm + 1) + later;
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
    List<Map<String, Figure>> first = new ArrayList<>();
    List<Map<String, Figure>> all = new ArrayList<>();
    try {
      for (int i = 0; i < jvms; i++) {
        Processes.Asked jvm =
            new Processes.Asked(Processes.java(List.of(), FreshJvm.class, Integer.toString(i), Integer.toString(millis)));
        processes.add(jvm);
        first.add(figures(jvm.answer()));
        all.add(new LinkedHashMap<>(first.getLast()));
      }
      List<List<String>> slow = slow(first, all);
      for (int again = 0; again < AGAIN && !slow.stream().allMatch(List::isEmpty); again++) {
        pause();
        for (int i = 0; i < jvms; i++) {
          if (!slow.get(i).isEmpty()) {
            processes.get(i).ask(slow.get(i));
            add(processes.get(i).answer(), all.get(i));
          }
        }
        slow = slow(first, all);
      }
    } finally {
      processes.forEach(Processes.Asked::close);
    }
    return kernels(first, all);
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

  /** Of each JVM, the kernels that all of its times have slower than they may be. */
  static List<List<String>> slow(List<Map<String, Figure>> first, List<Map<String, Figure>> all) {
    Map<String, Double> most = new HashMap<>();
    kernels(first, all).forEach(kernel -> most.put(kernel.name(), SLOWEST * kernel.median()));
    return all.stream()
        .map(jvm -> jvm.keySet().stream().filter(name -> jvm.get(name).nanos() > most.get(name)).toList())
        .toList();
  }

  /**
   * The same figures, of each kernel those of all JVMs.
   *
   * @param first of each JVM, what it measured at first
   * @param all of each JVM, that and what it measured again
   */
  static List<Kernel> kernels(List<Map<String, Figure>> first, List<Map<String, Figure>> all) {
    Map<String, Kernel> kernels = new LinkedHashMap<>();
    for (int i = 0; i < first.size(); i++) {
      Map<String, Figure> allOfJvm = all.get(i);
      first.get(i).forEach((name, figure) -> {
        Kernel kernel =
            kernels.computeIfAbsent(name, key -> new Kernel(name, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        kernel.nanos().add(figure.nanos());
        kernel.bytes().add(allOfJvm.get(name).bytes());
        kernel.again().add(allOfJvm.get(name).nanos());
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
        broken.add(kernel.worst());
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
