package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.fixed;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.LineArrays;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Where the time of a training step goes: each kernel of a step timed by itself, in the order of the step and on its own arrays,
 * one thread. Hidden layers are of ReLU, the last of softmax with cross-entropy, the optimizer is plain descent, and rows are gathered
 * in another order each epoch: the steps B and C are {@code 784-256-128-10 128 60000} and {@code 1024-2048-2048-10 256 4096}.
 */
public final class StepParts {

  static final float STEP = 1e-3f;

  private static final int PEAKS = 100;
  private static final int PEAK_CALLS = 1000;

  /**
   * One kernel of the step.
   *
   * @param flop of one call; 0 of what is no product
   */
  record Part(String name, double flop, Runnable call) {}

  private final int[] widths;
  private final int batch;
  private final Kernels products;
  private final Random random = new Random(1);
  /** Where rows of a batch begin. */
  private static final int AT = Panels.LEAD;

  private final float[] rows;
  private final int[] order;
  private int next;

  /** Inputs of each layer, and what comes out of the last; δ of each layer's sums. */
  private final float[][] activations;

  private final float[][] deltas;
  private final float[][] packed;
  private final float[][] biases;
  private final float[][] biasGradients;
  private final float[] targets;
  private final float[] losses;
  private final float[] scratch;
  private final List<Part> parts = new ArrayList<>();

  /**
   * A network and its data.
   *
   * @param kernels null for those of the library
   */
  StepParts(int[] widths, int batch, int rows, Kernels kernels) {
    if (rows < batch) {
      throw new IllegalArgumentException("a batch has " + batch + " rows, all of the data " + rows);
    }
    this.widths = widths.clone();
    this.batch = batch;
    this.products = kernels;
    int layers = widths.length - 1;
    this.rows = Floats.random(2, rows * widths[0], 1);
    order = new int[rows];
    Arrays.setAll(order, i -> i);
    activations = new float[layers + 1][];
    deltas = new float[layers][];
    packed = new float[layers][];
    biases = new float[layers][];
    biasGradients = new float[layers][];
    LineArrays lines = new LineArrays(1L << 20); // as in a long fit
    int scratchLength = Kernels.PACKED_SCRATCH;
    activations[0] = lines.zeros(AT + batch * ld(0));
    for (int l = 0; l < layers; l++) {
      int k = widths[l];
      int n = widths[l + 1];
      activations[l + 1] = lines.zeros(AT + batch * ld(l + 1));
      deltas[l] = lines.zeros(AT + batch * ld(l + 1));
      packed[l] = lines.zeros(ScalarKernels.INSTANCE.packedLength(k, n));
      ScalarKernels.INSTANCE.pack(k, n, 0, k, Floats.random(3 + l, k * n, (float) (1 / Math.sqrt(k))), 0, n, packed[l]);
      biases[l] = new float[Panels.columns(n)];
      biasGradients[l] = new float[Panels.columns(n)];
      int longest = Math.max(
          kernels(n).scratchLength(batch, n, k),
          Math.max(kernels(n).scratchLength(k, n, batch), kernels(n).scratchLength(batch, k, n)));
      scratchLength = Math.max(scratchLength, longest);
    }
    scratch = lines.zeros(scratchLength);
    int classes = widths[layers];
    targets = lines.zeros(AT + batch * Panels.columns(classes));
    for (int i = 0; i < batch; i++) {
      targets[AT + i * Panels.columns(classes) + i % classes] = 1f;
    }
    losses = new float[batch];
    addParts();
  }

  /** From one row of the inputs of a layer, or of what comes out of the last, to the next. */
  private int ld(int l) {
    return l == widths.length - 1 ? Panels.columns(widths[l]) : Panels.stride(widths[l]);
  }

  private Kernels kernels(int columns) {
    return products == null ? KernelProvider.products(columns) : products;
  }

  private Kernels kernels() {
    return products == null ? KernelProvider.kernels() : products;
  }

  private void addParts() {
    int layers = widths.length - 1;
    add("gathering " + batch + " of " + order.length + " rows", 0, () ->
        kernels().gather(batch, widths[0], rows, order, next, activations[0], AT, ld(0)));
    for (int l = 0; l < layers; l++) {
      addForward(l);
    }
    addLoss(layers - 1);
    for (int l = layers - 1; l > 0; l--) {
      addDelta(l);
    }
    for (int l = 0; l < layers; l++) {
      addDescent(l);
    }
  }

  private void add(String name, double flop, Runnable call) {
    parts.add(new Part(name, flop, call));
  }

  private String layer(int l) {
    return widths[l] + " × " + widths[l + 1];
  }

  private double flop(int l) {
    return 2.0 * batch * widths[l] * widths[l + 1];
  }

  private void addForward(int l) {
    int k = widths[l];
    int n = widths[l + 1];
    int lda = ld(l);
    int ld = ld(l + 1);
    add("forwards " + layer(l), flop(l), () ->
        kernels(n).multiplyPacked(
            batch, n, k, activations[l], AT, lda, packed[l], Panels.LEAD, biases[l], 0, 0,
            activations[l + 1], AT, ld, scratch));
    if (l < widths.length - 2) {
      add("ReLU of " + n, 0, () -> kernels().relu(batch * ld, activations[l + 1], AT, activations[l + 1], AT));
    }
  }

  private void addLoss(int last) {
    int classes = widths[last + 1];
    int ld = Panels.columns(classes);
    Extra kind = classes > Panels.NARROW ? Extra.WIDE_CROSS_ENTROPY : Extra.CROSS_ENTROPY;
    add("softmax with cross-entropy of " + classes, 0, () ->
        (products == null ? KernelProvider.kernels(kind) : products).softmaxCrossEntropy(
            batch, classes, ld, 1f / batch, activations[last + 1], AT, targets, AT, deltas[last], AT, losses, 0));
  }

  private void addDelta(int l) {
    int k = widths[l];
    int n = widths[l + 1];
    int ldk = ld(l);
    int ldn = ld(l + 1);
    add("error handed back through " + layer(l), flop(l), () ->
        handBack(kernels(k), k, n, deltas[l], ldn, packed[l], deltas[l - 1], ldk));
    add("ReLU's way back of " + k, 0, () -> kernels().reluBackward(batch * ldk, activations[l], AT, deltas[l - 1], AT));
  }

  private void handBack(Kernels kernels, int inputs, int outputs, float[] delta, int ld, float[] weights, float[] out, int ldOut) {
    if (Kernels.handsBackByDots(batch, inputs, outputs)) {
      kernels.dotPacked(batch, inputs, outputs, 0, inputs, delta, AT, ld, weights, out, AT, ldOut, scratch);
    } else {
      kernels.multiplyPackedTransposed(batch, inputs, outputs, 0, inputs, delta, AT, ld, weights, out, AT, ldOut, scratch);
    }
  }

  private void addDescent(int l) {
    int k = widths[l];
    int n = widths[l + 1];
    int lda = ld(l);
    int ld = ld(l + 1);
    add("step of descent " + layer(l), flop(l), () ->
        kernels(n).descendPacked(
            k, n, batch, 0, k, STEP, activations[l], AT, lda, deltas[l], AT, ld, packed[l], Panels.LEAD, scratch));
    int columns = Panels.columns(n);
    add("bias of " + n, 0, () -> {
      kernels().columnSums(batch, ld, 0, columns, deltas[l], AT, biasGradients[l], 0);
      kernels().scaledUpdate(columns, STEP, biasGradients[l], 0, biases[l], 0);
    });
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }

  /** The data. */
  float[] rows() {
    return rows.clone();
  }

  /** Weights of each layer, packed. */
  float[][] weights() {
    return packed.clone();
  }

  float[][] biases() {
    return biases.clone();
  }

  /** Takes a step. */
  void step() {
    time(new long[parts.size()]);
  }

  /** Takes a step, and writes the nanoseconds of each part. */
  private void time(long[] nanos) {
    long begin = System.nanoTime();
    for (int i = 0; i < nanos.length; i++) {
      parts.get(i).call().run();
      long end = System.nanoTime();
      nanos[i] = end - begin;
      begin = end;
    }
    next += batch;
    if (next + batch > order.length) {
      next = 0;
      shuffle();
    }
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
  }

  /** The median nanoseconds of each part, of so many steps. */
  double[] measure(int steps) {
    long[][] nanos = new long[steps][parts.size()];
    for (long[] each : nanos) {
      time(each);
    }
    double[] medians = new double[parts.size()];
    for (int i = 0; i < medians.length; i++) {
      int part = i;
      long[] sorted = Stream.of(nanos).mapToLong(each -> each[part]).sorted().toArray();
      medians[i] = sorted[steps / 2];
    }
    return medians;
  }

  /**
   * Measures and prints.
   *
   * @param args widths, rows of a batch, rows of the data, seconds to measure
   */
  public static void main(String... args) {
    if (args.length != 4) {
      System.err.println("say widths, rows of a batch, rows of the data and seconds, as in 784-256-128-10 128 60000 5");
      System.exit(2);
    }
    int[] widths = Stream.of(args[0].split("-")).mapToInt(Integer::parseInt).toArray();
    System.out.print(table(widths, Integer.parseInt(args[1]), Integer.parseInt(args[2]), Double.parseDouble(args[3])));
  }

  static String table(int[] widths, int batch, int rows, double seconds) {
    LibraryKernels.await();
    StepParts parts = new StepParts(widths, batch, rows, null);
    parts.requireScalarBits(rows);
    double flopPerNano = peak();
    long begin = System.nanoTime();
    int steps = 0;
    while (System.nanoTime() - begin < seconds * 1e9 / 2 || steps < 3) {
      parts.step();
      steps++;
    }
    double[] nanos = parts.measure(steps);
    flopPerNano = (flopPerNano + peak()) / 2;
    double flop = parts.parts.stream().mapToDouble(Part::flop).sum();
    double all = Arrays.stream(nanos).sum();
    Markdown table = new Markdown();
    table.head("part", "µs", "of the step", "of the peak");
    for (int i = 0; i < nanos.length; i++) {
      Part part = parts.parts.get(i);
      table.cells(
          part.name(), fixed(nanos[i] * 1e-3, 1), fixed(100 * nanos[i] / all, 1) + " %",
          part.flop() == 0 ? "" : fixed(100 * part.flop() / nanos[i] / flopPerNano, 0) + " %");
    }
    table.cells("together", fixed(all * 1e-3, 1), "", fixed(100 * flop / all / flopPerNano, 0) + " %");
    return table + "\nMedians of " + steps + " steps at a peak of " + fixed(flopPerNano, 0) + " GFLOP/s.\n";
  }

  /** Takes the first step with the scalar kernels too, and compares what it leaves behind. */
  void requireScalarBits(int rows) {
    StepParts scalar = new StepParts(widths, batch, rows, ScalarKernels.INSTANCE);
    scalar.step();
    step();
    for (int l = 0; l < packed.length; l++) {
      int weights = ScalarKernels.INSTANCE.packedLength(widths[l], widths[l + 1]);
      if (Arrays.mismatch(packed[l], 0, weights, scalar.packed[l], 0, weights) >= 0
          || Arrays.mismatch(biases[l], scalar.biases[l]) >= 0) {
        throw new IllegalStateException("layer " + l + " is not what the scalar kernels make of it");
      }
    }
  }

  /** Floating-point operations a nanosecond, the median of {@value #PEAKS} times {@value #PEAK_CALLS} calls. */
  private static double peak() {
    PeakBenchmark peak = new PeakBenchmark();
    peak.setUp();
    double[] speeds = new double[PEAKS];
    for (int i = 0; i < PEAKS; i++) {
      long begin = System.nanoTime();
      for (int call = 0; call < PEAK_CALLS; call++) {
        peak.widest();
      }
      speeds[i] = (double) PEAK_CALLS * PeakBenchmark.FLOP / (System.nanoTime() - begin);
    }
    Arrays.sort(speeds);
    return speeds[PEAKS / 2];
  }
}
