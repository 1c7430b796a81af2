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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An epoch of 784-256-128-10 on Fashion-MNIST beside one of scikit-learn's {@code MLPClassifier} in float32, both on one
 * thread: processes that take turns, each with epochs to warm up. Needs a Python with scikit-learn, and the IDX files.
 *
 * <p>Arguments: the directory of the files, by default that of Debian's package, and the Python, by default {@code python3}.
 * With {@code ours} in front it is one of those processes.
 */
public final class FashionEpoch {

  private static final String DEBIAN = "/usr/share/datasets/fashion-mnist";
  private static final int TURNS = 3;
  private static final int WARM_UP = 3;
  private static final int EPOCHS = 8;

  /** What has to be there. */
  static final String NEEDED = "it needs the files in " + DEBIAN + ", and a python3 with scikit-learn";

  /** The first on the path, and that of Debian, to which its packages belong. */
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  private FashionEpoch() {}

  /** The command to measure with what is installed, if all of it is: Debian's files, and a Python with scikit-learn. */
  static Optional<List<String>> command() {
    if (!Files.isDirectory(Path.of(DEBIAN))) {
      return Optional.empty();
    }
    return PYTHONS.stream().filter(FashionEpoch::hasScikitLearn).findFirst()
        .map(python -> Processes.java(List.of(), FashionEpoch.class, DEBIAN, python));
  }

  private static boolean hasScikitLearn(String python) {
    try {
      Processes.seconds(List.of(python, "-c", "import sklearn.neural_network"));
      return true;
    } catch (IllegalStateException | UncheckedIOException e) {
      return false;
    }
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
      List<Double> ours = new ArrayList<>();
      List<Double> theirs = new ArrayList<>();
      for (int turn = 0; turn < TURNS; turn++) {
        ours.addAll(seconds(Processes.java(List.of(), FashionEpoch.class, "ours", directory)));
        theirs.addAll(seconds(List.of(
            "env", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", python, script.toString(), directory,
            Integer.toString(EPOCHS))));
      }
      double lanewise = median(ours);
      double scikitLearn = median(theirs);
      System.out.printf(Locale.ROOT, "Lanewise %.3f s, scikit-learn %.3f s an epoch (medians of %d and %d): %.2f x%n",
          lanewise, scikitLearn, ours.size(), theirs.size(), scikitLearn / lanewise);
    } finally {
      Files.delete(script);
    }
  }

  private static void ours(Path directory) throws IOException {
    Matrix x = Idx.unitImages(directory.resolve("train-images-idx3-ubyte.gz"));
    int[] labels = Idx.labels(directory.resolve("train-labels-idx1-ubyte.gz"));
    Network network =
        Network.of(1, new int[] {784, 256, 128, 10}, Activation.RELU, Activation.RELU, Activation.SOFTMAX);
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).learningRate(0.1).batchSize(128).epochs(EPOCHS);
    for (Epoch epoch : network.fit(x, labels, fit).epochs()) {
      System.out.println(epoch.seconds());
    }
  }

  /** Those of the epochs that a process prints, without the first. */
  private static List<Double> seconds(List<String> command) {
    List<Double> all = Processes.output(command).stream().map(Double::valueOf).toList();
    return all.subList(WARM_UP, all.size());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
