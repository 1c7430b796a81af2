package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.fixed;

import dev.lanewise.Network;
import dev.lanewise.benchmarks.TrainingStepBenchmark.Workload;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Training steps A, B and C beside those of other libraries: TensorFlow for Java, PyTorch and scikit-learn, whichever are there. Each is a
 * process of its own, on one thread and on two, and they take turns. All train on the same rows from the same weights, by plain descent,
 * in an order of their own, and have to be at the same loss after as many epochs. Speed is that of the median epoch after some to warm up,
 * by the clock, shuffling included.
 */
public final class PeerSteps {

  private static final List<Workload> STEPS = List.of(Workload.A, Workload.B, Workload.C);
  private static final List<Integer> THREADS = List.of(1, 2);

  private static final double RATE = 0.1;

  /** Epochs after which the losses are compared; later ones of B depend more on the order of rows. */
  private static final int EPOCHS = 2;

  /** How far the losses may be from ours: the order of rows differs, and that of sums. */
  private static final double TOLERANCE = 0.02;

  /** How much of the loss of the first epoch is to be gone after those. */
  private static final double FALL = 0.04;

  /** Where {@code mvn -f jmh/peers package} puts what it makes and what it fetches. */
  private static final Path JAVA_PEERS = Path.of("jmh", "peers", "target");

  /** Debian's OpenBLAS whose threads are those of OpenMP, as PyTorch's are: with others PyTorch on two threads is slower than on one. */
  private static final Path OPENMP_BLAS = Path.of("/usr/lib/x86_64-linux-gnu/openblas-openmp");

  /** One that trains: how its processes begin, to which a step's words are added. */
  private record Peer(String name, List<String> command) {}

  /** What a process says of a step; losses are means over the first epoch and the last of {@value #EPOCHS}. */
  record Figures(double samplesPerSecond, double firstLoss, double loss) {

    /** The last line: three numbers. */
    static Figures parse(List<String> lines) {
      String[] numbers = lines.isEmpty() ? new String[0] : lines.getLast().split(" ", -1);
      if (numbers.length != 3) {
        throw new IllegalStateException("it should end with a line of three numbers, and does with " + lines);
      }
      return new Figures(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2]));
    }
  }

  /** A step on so many threads: of each peer the median speed, in their order; NaN of one that failed. */
  record Row(Workload step, int threads, List<Double> samplesPerSecond) {

    /** Ours, the first, over the fastest other on as many threads or fewer, as of those some are slower on more. */
    OptionalDouble ratio(List<Row> rows) {
      OptionalDouble best = rows.stream().filter(row -> row.step == step && row.threads <= threads)
          .flatMap(row -> row.samplesPerSecond.stream().skip(1)).mapToDouble(speed -> speed).filter(speed -> speed > 0).max();
      return best.isEmpty() ? best : OptionalDouble.of(samplesPerSecond.getFirst() / best.getAsDouble());
    }
  }

  private PeerSteps() {}

  /**
   * Measures and prints the table.
   *
   * @param args {@code short} or {@code full}; or the words of a step, which it trains, being one of those processes
   */
  public static void main(String... args) throws IOException {
    if (args.length == 1 && List.of("short", "full").contains(args[0])) {
      boolean isShort = args[0].equals("short");
      System.out.print(isShort ? measure(3, 2, 3) : measure(7, 4, 8));
    } else if (args.length == 6 && args[0].equals("ours")) {
      Figures figures = train(
          Workload.valueOf(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]), Double.parseDouble(args[4]),
          Double.parseDouble(args[5]));
      System.out.println(figures.samplesPerSecond() + " " + figures.firstLoss() + " " + figures.loss());
    } else {
      System.err.println("say short or full");
      System.exit(2);
    }
  }

  private static String measure(int turns, double warmUp, double seconds) throws IOException {
    Path directory = Files.createTempDirectory("peers");
    try {
      Path script = directory.resolve("python_steps.py");
      try (InputStream source = PeerSteps.class.getResourceAsStream("python_steps.py")) {
        Files.write(script, source.readAllBytes());
      }
      List<Peer> others = new ArrayList<>();
      List<String> words = new ArrayList<>();
      tensorFlow(others, words);
      python("PyTorch", "torch", "python3-torch", script, others, words);
      python("scikit-learn", "sklearn", "python3-sklearn", script, others, words);
      Set<String> versions = new LinkedHashSet<>();
      List<Row> rows = new ArrayList<>();
      for (Workload step : STEPS) {
        write(step, directory);
        for (int threads : THREADS) {
          rows.add(row(step, threads, others, directory, turns, warmUp, seconds, versions, words));
        }
      }
      return table(Stream.concat(Stream.of("Lanewise"), others.stream().map(Peer::name)).toList(), rows)
          + "\nSamples a second, medians of " + turns
          + " processes each, in turns; the best other is the fastest on as many threads or fewer. "
          + String.join(", ", versions) + ".\n" + String.join("", words);
    } finally {
      delete(directory);
    }
  }

  private static void tensorFlow(List<Peer> others, List<String> words) {
    if (!Files.isDirectory(JAVA_PEERS.resolve("lib"))) {
      words.add("TensorFlow is left out, as " + JAVA_PEERS.toAbsolutePath() + " has none: `mvn -q -f jmh/peers package` fetches it, "
          + "170 MB.\n");
      return;
    }
    List<String> options = List.of(
        "--enable-native-access=ALL-UNNAMED", "-Dorg.bytedeco.javacpp.cachedir=" + JAVA_PEERS.resolve("natives").toAbsolutePath());
    String classPath = JAVA_PEERS.resolve("classes") + System.getProperty("path.separator") + JAVA_PEERS.resolve("lib").resolve("*");
    List<String> command = new ArrayList<>(List.of("env", "TF_CPP_MIN_LOG_LEVEL=3"));
    command.addAll(Processes.java(options, classPath, "dev.lanewise.peers.TensorFlowSteps"));
    others.add(new Peer("TensorFlow for Java", command));
  }

  private static void python(String name, String module, String debian, Path script, List<Peer> others, List<String> words) {
    Optional<String> python = Python.with(module);
    if (python.isEmpty()) {
      words.add(name + " is left out: no python3 has it (Debian's package is " + debian + ").\n");
      return;
    }
    List<String> command = new ArrayList<>(List.of("env"));
    if (Files.isDirectory(OPENMP_BLAS)) {
      command.add("LD_LIBRARY_PATH=" + OPENMP_BLAS);
    }
    command.addAll(List.of(python.get(), script.toString(), module));
    others.add(new Peer(name, command));
  }

  private static Row row(
      Workload step, int threads, List<Peer> others, Path directory, int turns, double warmUp, double seconds,
      Set<String> versions, List<String> failures) {
    List<String> time = List.of(Integer.toString(EPOCHS), Double.toString(warmUp), Double.toString(seconds));
    List<String> words = Stream.concat(
        Stream.of(
            directory.toString(), step.widths(), step.hidden().name().toLowerCase(Locale.ROOT), Integer.toString(step.batchSize()),
            Double.toString(RATE), Integer.toString(threads)),
        time.stream()).toList();
    List<List<Double>> speeds = new ArrayList<>();
    for (int i = 0; i <= others.size(); i++) {
      speeds.add(new ArrayList<>());
    }
    for (int turn = 0; turn < turns; turn++) {
      Figures ours = Figures.parse(Processes.output(Processes.java(
          List.of("-Xms1g"), PeerSteps.class,
          Stream.concat(Stream.of("ours", step.name(), Integer.toString(threads)), time.stream()).toArray(String[]::new))));
      speeds.getFirst().add(ours.samplesPerSecond());
      requireFall("Lanewise", ours);
      for (int i = 0; i < others.size(); i++) {
        Peer other = others.get(i);
        List<String> lines;
        try {
          lines = Processes.output(onThreads(threads, other, words));
        } catch (IllegalStateException e) {
          failures.add(other.name() + " failed at " + step + " on " + threads + " thread(s): " + e.getMessage() + "\n");
          speeds.get(i + 1).add(Double.NaN);
          continue;
        }
        versions.add(lines.getFirst());
        Figures theirs = Figures.parse(lines);
        requireFall(other.name(), theirs);
        requireCloseLosses(other.name(), ours.firstLoss(), theirs.firstLoss());
        requireCloseLosses(other.name(), ours.loss(), theirs.loss());
        speeds.get(i + 1).add(theirs.samplesPerSecond());
      }
    }
    return new Row(step, threads, speeds.stream().map(Results::median).toList());
  }

  private static List<String> onThreads(int threads, Peer peer, List<String> words) {
    List<String> command = new ArrayList<>(peer.command());
    command.addAll(1, List.of("OMP_NUM_THREADS=" + threads, "OPENBLAS_NUM_THREADS=" + threads)); // behind env
    command.addAll(words);
    return command;
  }

  /** Else it has not learned, and its loss would be close to any other's. */
  static void requireFall(String name, Figures figures) {
    if (!(figures.loss() <= (1 - FALL) * figures.firstLoss())) {
      throw new IllegalStateException("the loss of " + name + " does not fall: " + figures);
    }
  }

  static void requireCloseLosses(String name, double ours, double theirs) {
    if (!(Math.abs(ours - theirs) <= TOLERANCE * theirs)) {
      throw new IllegalStateException(
          "the losses are " + ours + " and, of " + name + ", " + theirs + ": that is not the same training");
    }
  }

  /** The rows of a step and its first weights, as raw little-endian arrays. */
  static void write(Workload step, Path directory) throws IOException {
    Matrix x = step.x(step.rowsOfWholeBatches());
    write(x.data(), directory.resolve("x.f32"));
    int[] labels = step.labels(x);
    ByteBuffer bytes = ByteBuffer.allocate(labels.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(labels);
    Files.write(directory.resolve("labels.i32"), bytes.array());
    Network network = step.network();
    for (int l = 0; l < network.layers().size(); l++) {
      write(network.layers().get(l).weights().data(), directory.resolve("weights-" + l + ".f32"));
    }
  }

  private static void write(float[] floats, Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(floats.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    Files.write(file, bytes.array());
  }

  /** Our own process. */
  static Figures train(Workload step, int threads, int epochs, double warmUp, double seconds) {
    Matrix x = step.x(step.rowsOfWholeBatches());
    List<Double> speeds = new ArrayList<>();
    double[] losses = {Double.NaN, Double.NaN};
    long[] begin = {0};
    long[] before = {0};
    Fit fit = step.fit().learningRate(RATE).threads(threads).epochs(Integer.MAX_VALUE)
        .onEpoch(epoch -> {
          long now = System.nanoTime();
          if (epoch.number() == 1) {
            losses[0] = epoch.loss();
          }
          if (epoch.number() == epochs) {
            losses[1] = epoch.loss();
            begin[0] = now;
          } else if (epoch.number() > epochs && before[0] - begin[0] >= warmUp * 1e9) {
            speeds.add(x.rows() / ((now - before[0]) * 1e-9));
          }
          before[0] = now;
        })
        .stopWhen(epoch -> !speeds.isEmpty() && before[0] - begin[0] >= (warmUp + seconds) * 1e9);
    step.network().fit(x, step.labels(x), fit);
    return new Figures(Results.median(speeds), losses[0], losses[1]);
  }

  static String table(List<String> peers, List<Row> rows) {
    Markdown out = new Markdown();
    out.head(Stream.of(Stream.of("step", "threads"), peers.stream(), Stream.of("Lanewise / best other"))
        .flatMap(titles -> titles).toArray(String[]::new));
    for (Row row : rows) {
      out.cells(Stream.of(
          Stream.of(row.step().name(), Integer.toString(row.threads())),
          row.samplesPerSecond().stream().map(speed -> speed > 0 ? fixed(speed, 0) : Markdown.ABSENT),
          Stream.of(fixed(row.ratio(rows), 2))).flatMap(cells -> cells).toArray(String[]::new));
    }
    return out.toString();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
