package dev.lanewise.benchmarks;

import dev.lanewise.Network;
import dev.lanewise.data.Idx;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An epoch of 784-256-128-10 on Fashion-MNIST beside one of scikit-learn's {@code MLPClassifier} in float32, both on one
 * thread: processes that take turns, each with epochs to warm up. An epoch is a call of {@code partialFit} and of {@code
 * partial_fit}, by the clock, with what either does at the beginning of a call. Both have to learn as much. Needs a Python with
 * scikit-learn, and the IDX files.
 *
 * <p>Arguments: the directory of the files, by default that of Debian's package, and the Python, by default {@code python3}.
 * With {@code ours} in front it is one of those processes.
 */
public final class FashionEpoch {

  private static final String DEBIAN = "/usr/share/datasets/fashion-mnist";
  private static final String IMAGES = "train-images-idx3-ubyte.gz";
  private static final String LABELS = "train-labels-idx1-ubyte.gz";
  private static final int TURNS = 3;
  private static final int WARM_UP = 3;
  private static final int EPOCHS = 8;

  /** How far the losses of the last epochs may be from each other; the initial weights and the order of rows differ. */
  private static final double TOLERANCE = 0.1;

  /**
   * What a process prints of an epoch.
   *
   * @param loss the mean over its rows
   */
  private record Figures(double seconds, double loss) {
    static Figures parse(String line) {
      String[] numbers = line.split(" ", -1);
      return new Figures(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
    }
  }

  /** What has to be there. */
  static final String NEEDED = "it needs the files in " + DEBIAN + ", and a python3 with scikit-learn";

  private FashionEpoch() {}

  /** The command to measure with what is installed, if all of it is: Debian's files, and a Python with scikit-learn. */
  static Optional<List<String>> command() {
    if (!Stream.of(IMAGES, LABELS).allMatch(file -> Files.exists(Path.of(DEBIAN, file)))) {
      return Optional.empty();
    }
    return Python.with("sklearn.neural_network").map(python -> Processes.java(List.of(), FashionEpoch.class, DEBIAN, python));
  }

  public static void main(String[] args) throws IOException {
    if (args.length == 2 && args[0].equals("ours")) {
      ours(Path.of(args[1]));
      return;
    }
    String directory = args.length > 0 ? args[0] : DEBIAN;
    String python = args.length > 1 ? args[1] : "python3";
    Path script = Files.createTempFile("scikit_learn_epoch", ".py");
    try (InputStream source = FashionEpoch.class.getResourceAsStream("scikit_learn_epoch.py")) {
      Files.write(script, source.readAllBytes());
      List<String> blas = List.of();
      List<Figures> ours = new ArrayList<>();
      List<Figures> theirs = new ArrayList<>();
      for (int turn = 0; turn < TURNS; turn++) {
        List<String> lines = Processes.output(Processes.java(List.of(), FashionEpoch.class, "ours", directory));
        ours.addAll(warm(lines));
        lines = Processes.output(List.of(
            "env", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", python, script.toString(), directory,
            Integer.toString(EPOCHS)));
        blas = lines.subList(0, lines.size() - EPOCHS);
        theirs.addAll(warm(lines));
      }
      requireCloseLosses(ours.getLast().loss(), theirs.getLast().loss());
      double lanewise = medianSeconds(ours);
      double scikitLearn = medianSeconds(theirs);
      System.out.printf(Locale.ROOT,
          "Lanewise %.3f s, scikit-learn %.3f s an epoch (medians of %d and %d): %.2f x; losses of the last %.4f and %.4f; "
              + "scikit-learn runs on %s%n",
          lanewise, scikitLearn, ours.size(), theirs.size(), scikitLearn / lanewise, ours.getLast().loss(), theirs.getLast().loss(),
          String.join(", ", blas));
    } finally {
      Files.delete(script);
    }
  }

  private static void ours(Path directory) throws IOException {
    Matrix x = Idx.unitImages(directory.resolve(IMAGES));
    int[] labels = Idx.labels(directory.resolve(LABELS));
    Network network =
        Network.of(1, new int[] {784, 256, 128, 10}, Activation.RELU, Activation.RELU, Activation.SOFTMAX);
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).learningRate(0.1).batchSize(128).epochs(EPOCHS);
    for (int i = 0; i < EPOCHS; i++) {
      long begin = System.nanoTime();
      Epoch epoch = network.partialFit(x, labels, fit);
      System.out.println((System.nanoTime() - begin) * 1e-9 + " " + epoch.loss());
    }
  }

  /** Those of the epochs that a process prints last, without the first few. */
  private static List<Figures> warm(List<String> lines) {
    return lines.subList(lines.size() - EPOCHS + WARM_UP, lines.size()).stream().map(Figures::parse).toList();
  }

  private static double medianSeconds(List<Figures> epochs) {
    return Results.median(epochs.stream().mapToDouble(Figures::seconds));
  }

  static void requireCloseLosses(double ours, double theirs) {
    if (!(Math.abs(ours - theirs) <= TOLERANCE * theirs)) {
      throw new IllegalStateException(
          "after as many epochs the losses are " + ours + " and " + theirs + ": that is not the same training");
    }
  }
}
