package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.fixed;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the cost of training grows: samples a second and floating-point operations a second of networks that differ in one
 * thing, the batch, the width, the depth or the threads. Hidden layers are of ReLU, the last of softmax with cross-entropy;
 * an epoch has {@value #STEPS} steps over shuffled rows in memory.
 */
public final class Growth {

  private static final int STEPS = 32;
  private static final int CLASSES = 10;
  private static final long WARM_NANOS = 500_000_000L;

  /**
   * One network.
   *
   * @param varies what its table is about
   * @param threads the threads it is trained on
   * @param batch the rows of a step
   * @param widths inputs, hidden layers and outputs
   */
  record Case(String varies, int threads, int batch, List<Integer> widths) {

    Case(String varies, int threads, int batch, int... widths) {
      this(varies, threads, batch, Arrays.stream(widths).boxed().toList());
    }

    long flopPerRow() {
      return TrainingStepBenchmark.Workload.flopPerRow(widths.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public String toString() {
      return String.join("-", widths.stream().map(Object::toString).toList());
    }
  }

  private Growth() {}

  /** Measures all, each for a second or for as many milliseconds as the argument says, and prints the table. */
  public static void main(String... args) {
    long millis = args.length > 0 ? Long.parseLong(args[0]) : 1000;
    LibraryKernels.await();
    System.out.print(table(cases(), millis));
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int batch : new int[] {1, 4, 16, 64, 128, 256, 1024}) {
      cases.add(new Case("batch", 1, batch, 512, 512, 512, CLASSES));
    }
    for (int width : new int[] {16, 32, 64, 100, 128, 256, 512, 1024, 2048, 4096}) {
      cases.add(new Case("width", 1, 128, width, width, width, CLASSES));
    }
    for (int depth : new int[] {1, 2, 4, 8, 16}) {
      cases.add(new Case("depth", 1, 128, IntStream.concat(
          IntStream.generate(() -> 256).limit(depth + 1L), IntStream.of(CLASSES)).toArray()));
    }
    for (int width : new int[] {64, 128, 256, 1024, 2048}) {
      cases.add(new Case("two threads", 2, 128, width, width, width, CLASSES));
    }
    return cases;
  }

  static String table(List<Case> cases, long millis) {
    Markdown table = new Markdown();
    table.head("varies", "network", "batch", "threads", "samples/s", "GFLOP/s");
    for (Case one : cases) {
      double speed = samplesPerSecond(one, millis);
      table.cells(
          one.varies(), one.toString(), Integer.toString(one.batch()), Integer.toString(one.threads()),
          fixed(speed, 0), fixed(speed * one.flopPerRow() * 1e-9, 1));
    }
    return table.toString();
  }

  /** The median epoch. */
  private static double samplesPerSecond(Case one, long millis) {
    int inputs = one.widths().getFirst();
    int rows = STEPS * one.batch();
    Matrix x = Matrix.of(rows, inputs, Floats.random(1, rows * inputs, 1));
    int[] labels = IntStream.range(0, rows).map(i -> i % CLASSES).toArray();
    NetworkBuilder layers = Network.input(inputs);
    for (int width : one.widths().subList(1, one.widths().size() - 1)) {
      layers.dense(width, Activation.RELU);
    }
    Network network = layers.dense(CLASSES, Activation.SOFTMAX).seed(1).build();
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).batchSize(one.batch()).learningRate(1e-3).threads(one.threads());
    train(network, x, labels, fit, WARM_NANOS);
    return Results.median(Arrays.stream(train(network, x, labels, fit, millis * 1_000_000)));
  }

  private static double[] train(Network network, Matrix x, int[] labels, Fit fit, long nanos) {
    List<Epoch> epochs = new ArrayList<>();
    long end = System.nanoTime() + nanos;
    do {
      History history = network.fit(x, labels, fit.epochs(2));
      if (history.threads() != fit.threads()) {
        throw new IllegalStateException(network + " ran on " + history.threads() + " threads, not on " + fit.threads());
      }
      epochs.addAll(history.epochs());
    } while (System.nanoTime() < end);
    return epochs.stream().mapToDouble(Epoch::samplesPerSecond).toArray();
  }
}
