package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.fixed;

import com.google.gson.GsonBuilder;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a program waits for: the whole of a short one, and until a long one trains at full speed. */
public final class StartUp {

  /**
   * What was measured, a figure for each process.
   *
   * @param digitsSeconds the command {@code digits}, from start to end
   * @param fullSpeedMillis from the start of a JVM that trains B until it does so at 90 % of its later speed
   * @param samplesPerSecond that later speed: the median of its seconds 5 to 10
   * @param archivedDigitsSeconds the first with a {@link ClassArchive}; null in older files
   * @param archivedFullSpeedMillis the second likewise
   */
  record Figures(
      List<Double> digitsSeconds, List<Double> fullSpeedMillis, List<Double> samplesPerSecond,
      List<Double> archivedDigitsSeconds, List<Double> archivedFullSpeedMillis) {}

  private static final String MAIN = "dev.lanewise.cli.Main";

  private StartUp() {}

  /** Measures and prints: {@code short} in 5 and 3 processes, else in 10 of each; or {@code parts}, B with each in 3. */
  public static void main(String... args) throws IOException {
    if (args.length > 0 && args[0].equals("parts")) {
      System.out.print(partsTable(parts(3)));
      return;
    }
    System.out.print(table(args.length > 0 && args[0].equals("short") ? measure(5, 3) : measure(10, 10)));
  }

  /**
   * Starts so many processes of each kind, one after another, and, where the class path is one of jars, as many with archives of their
   * classes in turns with them.
   */
  static Figures measure(int digits, int training) throws IOException {
    Figures figures = new Figures(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    String classPath = System.getProperty("java.class.path");
    boolean archives = ClassArchive.isPossible(classPath);
    List<String> ofDigits = archives ? ClassArchive.make(classPath, MAIN, "digits") : List.of();
    for (int i = 0; i < digits; i++) {
      figures.digitsSeconds().add(Processes.seconds(Processes.java(List.of(), libraryClasses(), MAIN, "digits")));
      if (archives) {
        figures.archivedDigitsSeconds().add(Processes.seconds(Processes.java(ofDigits, classPath, MAIN, "digits")));
      }
    }
    StartUpOfB.With with = StartUpOfB.With.NOTHING;
    List<String> ofB = archives ? ClassArchive.make(classPath, StartUpOfB.class.getName(), with.name()) : List.of();
    for (int i = 0; i < training; i++) {
      List<String> words = startOfB(List.of(), with);
      figures.fullSpeedMillis().add(Double.valueOf(words.get(0)));
      figures.samplesPerSecond().add(Double.valueOf(words.get(1)));
      if (archives) {
        figures.archivedFullSpeedMillis().add(Double.valueOf(startOfB(ofB, with).getFirst()));
      }
    }
    return figures;
  }

  private static List<String> startOfB(List<String> options, StartUpOfB.With with) {
    List<String> lines = Processes.output(Processes.java(options, StartUpOfB.class, with.name()));
    return List.of(lines.getLast().split(" ", -1));
  }

  /** The milliseconds of B with other parts, each in so many processes, in turns. */
  private static Map<StartUpOfB.With, List<Double>> parts(int processes) {
    Map<StartUpOfB.With, List<Double>> millis = new EnumMap<>(StartUpOfB.With.class);
    for (int i = 0; i < processes; i++) {
      for (StartUpOfB.With with : StartUpOfB.With.values()) {
        millis.computeIfAbsent(with, key -> new ArrayList<>()).add(Double.valueOf(startOfB(List.of(), with).getFirst()));
      }
    }
    return millis;
  }

  static String partsTable(Map<StartUpOfB.With, List<Double>> parts) {
    Markdown out = new Markdown();
    out.head("from the start of a process to 90 % of the speed of B with", "processes", "median, ms", "least", "most");
    parts.forEach((with, millis) -> line(out, with.toString(), millis, 0));
    return out.toString();
  }

  /** The library's classes as Maven leaves them beside the jar of the benchmarks, so that no large jar is opened. */
  private static String libraryClasses() {
    try {
      Path jarOrClasses = Path.of(StartUp.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      File classes = jarOrClasses.resolveSibling("classes").toFile();
      return classes.isDirectory() ? classes.toString() : System.getProperty("java.class.path");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static void write(Figures figures, Path file) throws IOException {
    Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(figures) + "\n");
  }

  static Figures read(Path file) throws IOException {
    try (Reader json = Files.newBufferedReader(file)) {
      return new GsonBuilder().create().fromJson(json, Figures.class);
    }
  }

  /** The medians, and what they are of. */
  static String table(Figures figures) {
    Markdown out = new Markdown();
    out.head("from the start of a process", "processes", "median", "least", "most");
    line(out, "to the end of `digits`, s", figures.digitsSeconds(), 2);
    line(out, "the same with an archive of its classes, s", figures.archivedDigitsSeconds(), 2);
    line(out, "to 90 % of the speed of B, ms", figures.fullSpeedMillis(), 0);
    line(out, "the same with an archive of its classes, ms", figures.archivedFullSpeedMillis(), 0);
    line(out, "that speed, samples/s", figures.samplesPerSecond(), 0);
    out.line("");
    return out.toString();
  }

  private static void line(Markdown out, String name, List<Double> values, int decimals) {
    if (values != null && !values.isEmpty()) {
      out.cells(
          name, Integer.toString(values.size()), fixed(Results.median(values), decimals),
          fixed(values.stream().mapToDouble(Double::doubleValue).min(), decimals),
          fixed(values.stream().mapToDouble(Double::doubleValue).max(), decimals));
    }
  }
}
