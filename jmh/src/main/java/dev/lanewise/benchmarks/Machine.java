package dev.lanewise.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured on: processor, JDK, and which native libraries with which code. A directory of figures says so in a file, of each run,
 * as they may be days apart: paragraphs of lines, the last of which names the runs. One that names none is of all that no other names.
 */
final class Machine {

  /** The file in a directory of figures. */
  static final String FILE = "machine.txt";

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private static final String RUNS = "so for ";

  private static final String BETTER_BLIS = "better-blis";

  /** A description, and the runs it is of. */
  private record Paragraph(String description, List<String> runs) {

    static Paragraph parse(String text) {
      List<String> lines = new ArrayList<>(text.lines().toList());
      List<String> runs = lines.getLast().startsWith(RUNS)
          ? List.of(lines.removeLast().substring(RUNS.length()).split(", ", -1))
          : List.of();
      return new Paragraph(String.join("\n", lines), runs);
    }

    boolean isOfTheRest() {
      return runs.isEmpty();
    }

    @Override
    public String toString() {
      return description + "\n" + (isOfTheRest() ? "" : RUNS + String.join(", ", runs) + "\n");
    }
  }

  private Machine() {}

  /**
   * Prints what a process finds that is started as those that measure are.
   *
   * @param args nothing; or {@value #BETTER_BLIS}, for the code that BLIS should be told to take, if it should
   */
  public static void main(String... args) throws IOException {
    if (List.of(args).contains(BETTER_BLIS)) {
      NativeBlas.Blis.BLAS.better().ifPresent(System.out::println);
      return;
    }
    StringBuilder line = new StringBuilder();
    if (Files.exists(PROCESSORS)) {
      try (Stream<String> cpuinfo = Files.lines(PROCESSORS)) {
        cpuinfo.filter(words -> words.matches("(model name|cpu family|model)\\s*:.*")).limit(3)
            .forEach(words -> line.append(words.replaceAll("\\s+", " ").strip()).append(", "));
      }
    }
    System.out.println(line.append(Runtime.getRuntime().availableProcessors()).append(" processors, JDK ")
        .append(System.getProperty("java.runtime.version")));
    for (NativeBlas blas : List.of(NativeBlas.Open.BLAS, NativeBlas.Blis.BLAS)) {
      System.out.println(blas.isInstalled() ? blas.begin() : blas.missing());
    }
  }

  /** What it prints, also which libraries are not there. */
  static String description() {
    return String.join("\n", asked());
  }

  /** Has the processes that are started from now on tell BLIS which code to take, where it chooses worse by itself. */
  static void tellBlis() {
    asked(BETTER_BLIS).forEach(code -> Processes.give(NativeBlas.BLIS_CODE, code));
  }

  /** Of a process of its own, as a library is what the environment says when it is loaded. */
  private static List<String> asked(String... args) {
    return Processes.output(Processes.java(List.of("--enable-native-access=ALL-UNNAMED"), Machine.class, args));
  }

  /** Notes in that directory what a run is measured on. */
  static void note(Path results, String run, String description) throws IOException {
    List<Paragraph> all = new ArrayList<>();
    boolean isSaid = false;
    for (Paragraph old : paragraphs(results)) {
      List<String> runs = new ArrayList<>(old.runs());
      runs.remove(run);
      boolean isIt = old.description().equals(description);
      if (isIt && !old.isOfTheRest()) {
        runs.add(run);
      }
      isSaid |= isIt;
      if (old.isOfTheRest() || !runs.isEmpty()) {
        all.add(new Paragraph(old.description(), runs));
      }
    }
    if (!isSaid) {
      all.add(new Paragraph(description, List.of(run)));
    }
    Files.writeString(results.resolve(FILE), String.join("\n", all.stream().map(Paragraph::toString).toList()));
  }

  /** What is noted there, as paragraphs of sentences; nothing if nothing is. */
  static String sentences(Path results) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Paragraph paragraph : paragraphs(results)) {
      text.append(paragraph.toString().replace("\n", ".\n")).append('\n');
    }
    return text.toString();
  }

  private static List<Paragraph> paragraphs(Path results) throws IOException {
    Path file = results.resolve(FILE);
    return Files.exists(file)
        ? Arrays.stream(Files.readString(file).strip().split("\n\n")).map(Paragraph::parse).toList()
        : List.of();
  }
}
