package dev.lanewise.benchmarks;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.lanewise.benchmarks.Results.Result;
import dev.lanewise.benchmarks.TrainingStepBenchmark.Workload;
import dev.lanewise.kernel.Hotspot;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Everything, one after another: JMH's JSON goes to {@code jmh/results/here}, and from it come the tables and the roofline
 * there. Each family is a run of its own with its own measurement of the peak, so that shares and ratios are of figures
 * that were measured within minutes; the products are a run for each layer.
 */
public final class Suite {

  private static final List<String> WHAT = List.of(
      "products", "turns", "kernels", "elementwise", "training", "parts", "steps", "collectors", "predict", "memory", "widths",
      "fresh-jvms", "fresh-fits", "start-up", "csv", "streamed", "fashion", "peers");

  /** Those that leave words and no figures of JMH's. */
  private static final List<String> WORDS = List.of("turns", "parts", "steps", "fresh-fits", "streamed", "fashion", "peers");

  private static final String INTO = "into=";

  /** What a JVM with some flags is. */
  private record Variant(String name, String flags) {

    /** Whether this processor has what its name says. */
    boolean isHere() {
      return !name.contains("32 registers") || Hotspot.vectorRegisters() == 32;
    }
  }

  private static final List<Variant> WIDTHS = List.of(
      new Variant("256 bits, 16 registers", "-XX:UseAVX=2"),
      new Variant("128 bits, 32 registers", "-XX:MaxVectorSize=16"),
      new Variant("128 bits, 16 registers", "-XX:UseAVX=2 -XX:MaxVectorSize=16"));

  /** C2 compiles loops otherwise under some collectors, and large arrays begin elsewhere. */
  private static final List<Variant> COLLECTORS = List.of(
      new Variant("G1", "-XX:+UseG1GC"),
      new Variant("parallel", "-XX:+UseParallelGC"),
      new Variant("serial", "-XX:+UseSerialGC"),
      new Variant("G1, compact object headers", "-XX:+UseG1GC -XX:+UseCompactObjectHeaders"),
      new Variant("G1, 256 bits, 16 registers", "-XX:+UseG1GC -XX:UseAVX=2"),
      new Variant("serial, 256 bits, 16 registers", "-XX:+UseSerialGC -XX:UseAVX=2"));

  private final Path results;
  private final boolean isShort;

  Suite(Path results, boolean isShort) {
    this.results = results;
    this.isShort = isShort;
  }

  /**
   * Measures and writes the tables.
   *
   * @param args {@code short}, three quarters of an hour, or {@code full}, hours, and which of the runs; or {@code tables}, which
   *     measures nothing; anywhere among them {@code into=} another directory than {@code jmh/results/here}
   */
  public static void main(String... args) throws IOException {
    Path into = Stream.of(args).filter(word -> word.startsWith(INTO)).map(word -> Path.of(word.substring(INTO.length())))
        .findFirst().orElse(Path.of("jmh", "results", "here"));
    List<String> words = Stream.of(args).filter(word -> !word.startsWith(INTO)).toList();
    List<String> chosen = words.isEmpty() ? List.of() : words.subList(1, words.size());
    if (words.isEmpty() || !List.of("short", "full", "tables").contains(words.getFirst()) || !WHAT.containsAll(chosen)) {
      System.err.println("say short, full or tables; after that, if not all, which of " + String.join(", ", WHAT)
          + "; and, if not into jmh/results/here, into=DIRECTORY");
      System.exit(2);
    }
    Suite suite = new Suite(into, words.getFirst().equals("short"));
    Files.createDirectories(suite.results);
    List<String> failed = List.of();
    if (!words.getFirst().equals("tables")) {
      Machine.tellBlis();
      failed = suite.measure(chosen.isEmpty() ? WHAT : chosen);
    }
    suite.tables();
    if (!failed.isEmpty()) {
      System.err.println("failed: " + String.join(", ", failed));
      System.exit(1);
    }
  }

  /** Measures and returns which runs failed, as the others' figures are worth having without them. */
  private List<String> measure(List<String> runs) throws IOException {
    String machine = Machine.description();
    System.out.println(machine);
    List<String> failed = new ArrayList<>();
    for (String run : runs) {
      long begin = System.nanoTime();
      try {
        measure(run);
        Machine.note(results, run, machine);
      } catch (IllegalStateException | UncheckedIOException e) {
        System.err.println(run + " failed: " + e.getMessage());
        failed.add(run);
      }
      System.out.println("# " + run + " took " + Math.round((System.nanoTime() - begin) * 1e-9) + " s");
    }
    return failed;
  }

  private void measure(String run) throws IOException {
    Files.deleteIfExists(text(run)); // or it would stand for this machine's where nothing can be measured now, or the run fails
    Files.deleteIfExists(file(run));
    switch (run) {
      case "products" -> products();
      case "turns" -> words(run, Processes.output(Processes.java(
          List.of("--enable-native-access=ALL-UNNAMED"), ProductsInTurns.class)));
      case "kernels" -> {
        List<String> words = new ArrayList<>(List.of("Peak.*(widest|at256Bits|at128Bits)$|Gemm|Descend"));
        absent().forEach(method -> words.addAll(List.of("-e", "Gemm.*" + method + "$")));
        pace("-wi 2 -w 100ms -i 3 -r 100ms -p shape=15x15x64,128x256x784,512x512x512").forEach(words::add);
        jmh(run, words);
      }
      case "elementwise" -> jmh(run, Stream.concat(
          Stream.of(
              "Peak.*widest$|Hadamard|Relu|Sigmoid|Exp|Tanh|Update|Softmax|Optimizer.*vector$", "-prof", "gc"),
          pace("-wi 2 -w 100ms -i 3 -r 100ms -p n=4096")).toList());
      case "training" -> jmh(run, Stream.concat(
          Stream.of("Peak.*(widest|twoThreads)$|TrainingStep"), pace("-wi 4 -i 4")).toList());
      case "predict" -> jmh(run, Stream.concat(
          Stream.of("Peak.*widest$|Predict"), pace("-wi 3 -i 3")).toList());
      case "memory" -> jmh(run, Stream.concat(Stream.of("Peak.*widest$|Bandwidth"), pace("")).toList());
      case "widths" -> {
        for (int i = 0; i < WIDTHS.size(); i++) {
          Files.deleteIfExists(file(numbered(run, i)));
          if (!WIDTHS.get(i).isHere()) {
            continue;
          }
          jmh(numbered(run, i), Stream.concat(
              Stream.of(
                  "Peak.*widest$|MultiplyPacked.vector$", "-p", "shape=512x512x512", "-jvmArgsAppend",
                  WIDTHS.get(i).flags()),
              pace("")).toList());
        }
      }
      case "collectors" -> {
        for (int i = 0; i < COLLECTORS.size(); i++) {
          jmh(numbered(run, i), Stream.concat(
              Stream.of(
                  "Peak.*widest$|TrainingStep", "-p", "workload=B", "-p", "threads=1", "-jvmArgsAppend",
                  "-Xms1g " + COLLECTORS.get(i).flags()),
              pace("-wi 4 -i 4")).toList());
        }
      }
      case "parts" -> words(run, Stream.of("784-256-128-10 128 60000", "1024-2048-2048-10 256 4096")
          .map(step -> Processes.java(List.of(), StepParts.class, (step + (isShort ? " 10" : " 60")).split(" ", -1)))
          .flatMap(command -> Processes.output(command).stream()).toList());
      case "steps" -> words(run, Processes.output(Processes.java(List.of("-Xms1g"), StepTimes.class, isShort ? "10" : "60")));
      case "fresh-jvms" -> FreshJvms.write(FreshJvms.measure(isShort), results.resolve("fresh-jvms.json"));
      case "fresh-fits" -> words(run, Processes.output(Processes.java(List.of(), FreshFits.class, isShort ? "short" : "full")));
      case "start-up" -> StartUp.write(
          isShort ? StartUp.measure(5, 3) : StartUp.measure(10, 10), results.resolve("start-up.json"));
      case "csv" -> jmh(run, Stream.concat(Stream.of("Csv"), pace("-wi 3 -i 3")).toList());
      case "streamed" -> sentence(run, Processes.java(List.of("-Xmx256m"), StreamedRows.class, "10000"));
      case "fashion" -> {
        Optional<List<String>> command = FashionEpoch.command();
        if (command.isPresent()) {
          sentence(run, command.get());
        } else {
          System.out.println("no figure of Fashion-MNIST: " + FashionEpoch.NEEDED);
        }
      }
      case "peers" -> words(run, Processes.output(Processes.java(List.of(), PeerSteps.class, isShort ? "short" : "full")));
      default -> throw new IllegalArgumentException(run);
    }
  }

  /** Runs a program that measures by itself, the line it prints to the file of that name. */
  private void sentence(String run, List<String> command) throws IOException {
    words(run, List.of(Processes.output(command).getLast()));
  }

  private void words(String run, List<String> lines) throws IOException {
    String text = String.join("\n", lines) + "\n";
    System.out.print(text);
    Files.writeString(text(run), text);
  }

  private Path text(String run) {
    return results.resolve(run + ".txt");
  }

  /** How long to measure in the short form: one fork, and these words. */
  private Stream<String> pace(String shortForm) {
    return isShort ? Stream.of(("-f 1 " + shortForm).strip().split(" ", -1)) : Stream.empty();
  }

  /** Of the runs that are one for each of a list of flags: {@code width-0} of widths. */
  private static String numbered(String run, int index) {
    return run.substring(0, run.length() - 1) + "-" + index;
  }

  /** The methods, as regular expressions, of libraries that are not installed. */
  private static List<String> absent() {
    List<String> absent = new ArrayList<>();
    if (!NativeBlas.Open.BLAS.isInstalled()) {
      absent.add("openBlas.*");
    }
    if (!NativeBlas.Blis.BLAS.isInstalled()) {
      absent.add("blis.*");
    }
    return absent;
  }

  /**
   * A run for each layer, so that a product and what it is held against are measured within a minute. In the short form
   * the others in Java, which are slow, are measured at a few layers.
   */
  private void products() throws IOException {
    JsonArray all = new JsonArray();
    for (Layer layer : Layer.fixed()) {
      List<String> left = new ArrayList<>(absent());
      if (isShort && !List.of("15x64x15", "128x784x256", "512x512x512").contains(layer.toString())) {
        left.addAll(List.of("vectorBlas", "ejml"));
      }
      List<String> words = new ArrayList<>(List.of("Peak.*widest$|Products", "-p", "layer=" + layer));
      if (!left.isEmpty()) {
        words.addAll(List.of("-e", "Products.*(" + String.join("|", left) + ")$"));
      }
      pace("-wi 2 -w 150ms -i 3 -r 100ms").forEach(words::add);
      jmh("layer", words);
      all.addAll(read("layer"));
      Files.delete(file("layer"));
      Files.writeString(file("products"), new Gson().toJson(all));
    }
  }

  private Path file(String name) {
    return results.resolve(name + ".json");
  }

  private JsonArray read(String name) throws IOException {
    try (Reader json = Files.newBufferedReader(file(name))) {
      return JsonParser.parseReader(json).getAsJsonArray();
    }
  }

  /** Runs JMH with those words, its result to the file of that name: none where a benchmark fails, as one does whose answer is wrong. */
  private void jmh(String name, List<String> words) throws IOException {
    Files.deleteIfExists(file(name));
    List<String> arguments = new ArrayList<>(words);
    arguments.addAll(List.of("-foe", "true", "-rf", "json", "-rff", file(name).toString()));
    Processes.run(Processes.java(
        List.of("--sun-misc-unsafe-memory-access=allow"), System.getProperty("java.class.path"), "org.openjdk.jmh.Main",
        arguments.toArray(String[]::new)));
  }

  /** Writes the tables of what is there, and draws the roofline. */
  void tables() throws IOException {
    StringBuilder tables = new StringBuilder(Machine.sentences(results));
    for (String run : List.of("products", "kernels", "elementwise", "training", "predict", "memory", "csv")) {
      if (Files.exists(file(run))) {
        tables.append("## ").append(run).append("\n\n").append(Table.of(file(run)));
      }
    }
    widths(tables);
    collectors(tables);
    if (Files.exists(file("fresh-jvms"))) {
      tables.append("## fresh-jvms\n\n").append(FreshJvms.table(FreshJvms.read(file("fresh-jvms"))));
    }
    if (Files.exists(file("start-up"))) {
      tables.append("## start-up\n\n").append(StartUp.table(StartUp.read(file("start-up"))));
    }
    for (String run : WORDS) {
      if (Files.exists(text(run))) {
        tables.append("## ").append(run).append("\n\n").append(Files.readString(text(run))).append('\n');
      }
    }
    Files.writeString(results.resolve("tables.md"), tables);
    roofline();
  }

  private void widths(StringBuilder tables) throws IOException {
    Markdown out = new Markdown();
    for (int i = 0; i < WIDTHS.size(); i++) {
      if (Files.exists(file(numbered("widths", i)))) {
        if (out.isEmpty()) {
          out.line("## widths\n");
          out.head("512×512×512, B packed before", "flags", "GFLOP/s", "peak at that width", "% of it");
        }
        Results width = Results.read(file(numbered("widths", i)));
        OptionalDouble peak = width.peak();
        OptionalDouble speed = width.of("multiplyPacked").stream()
            .mapToDouble(r -> Shape.parse(r.param("shape")).flop() / r.primaryMetric().nanos()).max();
        out.cells(
            WIDTHS.get(i).name(), "`" + WIDTHS.get(i).flags() + "`", Markdown.fixed(speed, 1), Markdown.fixed(peak, 1),
            speed.isEmpty() ? Markdown.ABSENT : Markdown.share(speed.getAsDouble(), peak));
      }
    }
    if (!out.isEmpty()) {
      out.line("");
      tables.append(out);
    }
  }

  private void collectors(StringBuilder tables) throws IOException {
    Markdown out = new Markdown();
    for (int i = 0; i < COLLECTORS.size(); i++) {
      if (Files.exists(file(numbered("collectors", i)))) {
        if (out.isEmpty()) {
          out.line("## collectors\n");
          out.head("step B with", "flags", "µs/step", "GFLOP/s", "peak with these flags", "% of it");
        }
        Results collector = Results.read(file(numbered("collectors", i)));
        OptionalDouble peak = collector.peak();
        for (Result fit : collector.where(result -> result.param("workload") != null)) {
          double perSecond = TrainingTable.samplesPerSecond(fit);
          double flops = perSecond * Workload.B.flopPerRow() * 1e-9;
          out.cells(
              COLLECTORS.get(i).name(), "`" + COLLECTORS.get(i).flags() + "`",
              Markdown.fixed(Workload.B.batchSize() / perSecond * 1e6, 1), Markdown.fixed(flops, 1), Markdown.fixed(peak, 1),
              Markdown.share(flops, peak));
        }
      }
    }
    if (!out.isEmpty()) {
      out.line("");
      tables.append(out);
    }
  }

  private void roofline() throws IOException {
    if (!Files.exists(file("products")) || !Files.exists(file("memory"))) {
      return;
    }
    Results products = Results.read(file("products"));
    OptionalDouble peak = products.peak();
    OptionalDouble bandwidth = Results.read(file("memory")).bandwidth();
    if (peak.isPresent() && bandwidth.isPresent()) {
      Roofline.write(
          Roofline.chart(ProductsTable.packed(products), peak.getAsDouble(), bandwidth.getAsDouble()),
          results.resolve("roofline.png"));
    }
  }
}
