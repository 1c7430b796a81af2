package dev.lanewise.kernel;

import dev.lanewise.kernel.Kernels.Tiling;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Brings vector kernels to speed while the scalar kernels do the work: until C2 has compiled them, vector operations are
 * calls that allocate, a hundred times slower than they will be.
 *
 * <p>Each kernel is called often on short arrays. That is also what makes them compile well: a method whose first calls
 * run long loops may be compiled in the middle of one and keep its vectors as objects for good. Products are shown every
 * number of rows and both layouts of A, as C2 leaves out branches that were never taken and starts over when they are.
 */
final class WarmUp {

  /** A stage is over when each of its calls took no longer once: compiled it takes a tenth, before that twice as long. */
  private static final long NANOS_A_CALL = 500;

  /** Likewise for the products of a layer. */
  private static final long NANOS_A_LAYER = 60_000;

  /**
   * When to stop waiting for the compiler, a stage. A processor that is never so fast makes as many rounds in some seconds; one
   * that others keep busy takes its time, and the scalar kernels are the better ones until then.
   */
  private static final int LIMIT_IN_SETTLINGS = 16;

  private static final long LIMIT_NANOS = 20_000_000_000L;

  /** HotSpot hands to C2 what has been called 5,000 times, whatever loops it has. */
  private static final int SETTLED_CALLS = 6_000;

  /** After as many calls the compiler needs the processor more than they do: a pause after so many rounds of them. */
  private static final int ROUNDS_A_PAUSE = 64;

  private static final long PAUSE_NANOS = 1_000_000;

  /** The elements of a call: seven vectors of the widest and a bit. */
  private static final int N = 7 * 16 + 1;

  /** The elements where each takes long. */
  private static final int FEW = 16 + 1;

  private static final int DEPTH = 24;
  private static final int MAX_ROWS = 16;
  private static final int MAX_COLUMNS = Panels.WIDE + Panels.MEDIUM;
  private static final int MAX_FLOATS = DEPTH * MAX_COLUMNS;

  private final Kernels kernels;
  private final float[] x = new float[MAX_FLOATS];
  private final float[] y = new float[MAX_FLOATS];
  private final float[] out = new float[MAX_FLOATS];
  private final float[] sums = new float[MAX_FLOATS];
  private final int[] order = new int[MAX_ROWS];

  /** What the last stage called. */
  private Runnable[] last = {};

  private int settledRounds;

  WarmUp(Kernels kernels) {
    this.kernels = kernels;
    Arrays.fill(x, 0.5f);
    // Every class of vectors is loaded before anything is compiled: C2 throws away code that counted on having seen all.
    Stream.of(ofMostNetworks(), ofSigmoids(), ofSoftmax()).flatMap(Stream::of).forEach(Runnable::run);
  }

  Kernels kernels() {
    return kernels;
  }

  /** Products of fewer columns than a vector has, by their own tiles. */
  void narrowProducts() {
    kernels.useFinerTiles(Tiling.COARSE);
    products(10);
  }

  /** Products by panels of every width. */
  void wideProducts() {
    kernels.useFinerTiles(Tiling.COARSE);
    products(Panels.WIDE + Panels.NARROW, Panels.WIDE + Panels.MEDIUM, Panels.WIDE);
  }

  /** What gains a large network some hundredths of its speed, once the rest is there: more tiles. */
  void finerTiles() {
    kernels.useFinerTiles(Tiling.TRIAL);
    products(Panels.WIDE);
    settle();
    kernels.useFinerTiles(Tiling.FINE);
  }

  /** A narrow gradient, computed transposed, and a deep one, whose A is packed. */
  void tallGradients() {
    int depth = 32;
    int tall = Panels.WIDE + Panels.NARROW;
    float[] input = new float[depth * tall];
    float[] delta = new float[depth * Panels.NARROW];
    float[] weights = new float[kernels.packedLength(tall, Panels.NARROW)];
    int rows = 6;
    int deep = 66;
    int lda = 256;
    int columns = 8 * Panels.WIDE;
    float[] a = new float[deep * lda];
    float[] b = new float[deep * columns];
    float[] packed = new float[kernels.packedLength(rows, columns)];
    float[] more = new float[kernels.scratchLength(rows, columns, deep)];
    repeat(
        NANOS_A_LAYER,
        () -> kernels.descendPacked(
            tall, 10, depth, 0, tall, 0.1f, input, 0, tall, delta, 0, Panels.NARROW, weights, Panels.LEAD, more),
        () -> kernels.descendPacked(rows, columns, deep, 0, rows, 0.1f, a, 0, lda, b, 0, columns, packed, Panels.LEAD, more),
        () -> kernels.gradientPacked(tall, 10, depth, 0, tall, input, 0, tall, delta, 0, Panels.NARROW, weights, Panels.LEAD, more),
        () -> kernels.gradientPacked(rows, columns, deep, 0, rows, a, 0, lda, b, 0, columns, packed, Panels.LEAD, more));
    settle();
  }

  /** The products of layers with so many columns, of every number of rows up to one more than tiles have. */
  private void products(int... columns) {
    int lda = Panels.columns(DEPTH);
    float[] a = new float[MAX_ROWS * lda];
    float[] b = new float[MAX_ROWS * MAX_COLUMNS];
    float[] scratch = new float[kernels.scratchLength(MAX_COLUMNS, MAX_COLUMNS, MAX_COLUMNS)];
    Runnable[] calls = new Runnable[2 * MAX_ROWS];
    for (int i = 0; i < calls.length; i++) {
      int rows = 1 + i % MAX_ROWS;
      int depth = DEPTH - i / MAX_ROWS; // tiles by two terms have an odd end
      int inputs = DEPTH - i / columns.length % 8; // the gradient's rows, by which tiles end in all ways for each width
      int n = columns[i % columns.length];
      int padded = Panels.columns(n);
      float[] packed = new float[kernels.packedLength(DEPTH, n)];
      calls[i] = () -> {
        kernels.multiplyPacked(rows, n, depth, a, 0, lda, packed, Panels.LEAD, x, 0, 0, out, 0, padded);
        kernels.multiplyPackedTransposed(rows, DEPTH, n, 0, DEPTH, b, 0, padded, packed, out, 0, lda, scratch);
        kernels.descendPacked(inputs, n, rows, 0, inputs, 0.1f, a, 0, lda, b, 0, padded, packed, Panels.LEAD, scratch);
        if (rows % 4 == 0) { // seldom, but C2 has to know that there is a tile's other end
          kernels.gradientPacked(inputs, n, rows, 0, inputs, a, 0, lda, b, 0, padded, packed, Panels.LEAD, scratch);
        }
      };
    }
    repeat(SETTLED_CALLS / calls.length, NANOS_A_LAYER, calls); // all of the same kernels
  }

  /** What most networks need that is not a product. */
  void everythingElse() {
    repeat(NANOS_A_CALL, ofMostNetworks());
  }

  /** Sigmoid and tanh. */
  void sigmoids() {
    repeat(NANOS_A_CALL, ofSigmoids());
  }

  /** Softmax without a loss. */
  void softmax() {
    repeat(NANOS_A_CALL, ofSoftmax());
  }

  /** The steps of optimizers, penalties and clipping. */
  void updates() {
    repeat(
        NANOS_A_CALL,
        () -> kernels.descend(N, 0.1f, 1f, 1f, x, y, 0),
        () -> kernels.momentum(N, 0.1f, 1f, 1f, 0.9f, false, x, y, out, 0),
        () -> kernels.momentum(N, 0.1f, 1f, 1f, 0.9f, true, x, y, out, 0),
        () -> kernels.rmsProp(N, 0.1f, 1f, 1f, 0.9f, 1e-7f, x, y, out, 0),
        () -> kernels.adagrad(N, 0.1f, 1f, 1f, 1e-7f, x, y, out, 0),
        () -> kernels.adam(N, 0.1f, 1f, 1f, 0.9f, 0.999f, 1f, 1e-7f, x, y, out, sums, 0),
        () -> kernels.penalize(N, 0.1f, 0.1f, x, y, 0),
        () -> kernels.clip(N, 0.1f, y, 0),
        () -> kernels.sumOfSquares(N, x, 0));
  }

  /** Activations that few networks have. */
  void activations() {
    repeat(
        NANOS_A_CALL,
        () -> kernels.leakyRelu(N, 0.1f, x, 0, out, 0),
        () -> kernels.leakyReluBackward(N, 0.1f, x, 0, out, 0),
        () -> kernels.elu(FEW, 0.1f, x, 0, out, 0),
        () -> kernels.eluPrime(FEW, 0.1f, x, 0, out, 0),
        () -> kernels.eluBackward(FEW, 0.1f, x, 0, out, 0),
        () -> kernels.softplus(FEW, x, 0, out, 0),
        () -> kernels.softplusBackward(FEW, x, 0, out, 0),
        () -> kernels.silu(FEW, x, 0, out, 0),
        () -> kernels.siluBackward(FEW, x, 0, out, 0),
        () -> kernels.gelu(FEW, x, 0, out, 0),
        () -> kernels.geluBackward(FEW, x, 0, out, 0),
        () -> kernels.geluTanh(FEW, x, 0, out, 0),
        () -> kernels.geluTanhBackward(FEW, x, 0, out, 0));
  }

  /** Losses that few networks have. */
  void losses() {
    repeat(
        NANOS_A_CALL,
        () -> kernels.absoluteError(N, x, 0, y, 0, out, 0),
        () -> kernels.absoluteErrorGradient(N, 0.1f, x, 0, y, 0, out, 0),
        () -> kernels.huber(N, 1f, x, 0, y, 0, out, 0),
        () -> kernels.huberGradient(N, 1f, 0.1f, x, 0, y, 0, out, 0),
        () -> kernels.hinge(N, x, 0, y, 0, out, 0),
        () -> kernels.hingeGradient(N, 0.1f, x, 0, y, 0, out, 0),
        () -> kernels.squaredHingeGradient(N, 0.1f, x, 0, y, 0, out, 0),
        () -> kernels.rowTotals(3, 17, 32, x, 0, sums, 0));
  }

  /** Batch and layer normalisation. */
  void normalization() {
    repeat(
        NANOS_A_CALL,
        () -> kernels.columnMoments(3, 32, 0, 32, x, out, sums),
        () -> kernels.columnDots(3, 32, 0, 32, x, y, out),
        () -> kernels.normalizeColumns(3, 32, x, y, x, y, x, out, out, 0),
        () -> kernels.normalizeColumnsBackward(3, 32, x, y, x, x, y, out, 0),
        () -> kernels.normalizeRows(3, 17, 32, 1e-5f, x, y, x, out, out, 0, sums, 0),
        () -> kernels.normalizeRowsBackward(3, 17, 32, x, x, y, out, 0, sums, 0));
  }

  /** Dropout, and rows with weights. */
  void dropout() {
    repeat(
        NANOS_A_CALL,
        () -> kernels.dropout(2 * 32, 1, 0, 1 << 30, 2f, x, out, 0),
        () -> kernels.scaleRows(3, 32, x, 0, out, 0));
  }

  private Runnable[] ofMostNetworks() {
    return new Runnable[] {
      () -> kernels.relu(N, x, 0, out, 0),
      () -> kernels.reluPrime(N, x, 0, out, 0),
      () -> kernels.reluBackward(N, x, 0, out, 0),
      () -> kernels.hadamard(N, x, 0, y, 0, out, 0),
      () -> kernels.scaledDifference(N, 0.1f, x, 0, y, 0, out, 0),
      () -> kernels.scaledUpdate(N, 0.1f, x, 0, out, 0),
      () -> kernels.firstNonFinite(N, x, 0),
      () -> kernels.softmaxCrossEntropy(2, 10, 16, 0.1f, x, 0, y, 0, out, 0, sums, 0),
      () -> kernels.softmaxCrossEntropy(2, 17, 32, 0.1f, x, 0, y, 0, out, 0, sums, 0),
      () -> kernels.squaredErrors(2, 10, 16, x, 0, y, 0, sums, 0),
      () -> kernels.columnSums(9, 16, 0, 16, x, 0, out, 0),
      () -> kernels.columnSums(2, 528, 0, 528, x, 0, out, 0),
      () -> kernels.gather(9, 17, x, order, 0, out, 0, 32)
    };
  }

  private Runnable[] ofSigmoids() {
    return new Runnable[] {
      () -> kernels.sigmoid(FEW, x, 0, out, 0),
      () -> kernels.sigmoidPrime(FEW, x, 0, out, 0),
      () -> kernels.sigmoidBackward(N, x, 0, out, 0),
      () -> kernels.tanh(FEW, x, 0, out, 0),
      () -> kernels.tanhPrime(FEW, x, 0, out, 0),
      () -> kernels.tanhBackward(N, x, 0, out, 0)
    };
  }

  private Runnable[] ofSoftmax() {
    return new Runnable[] {
      () -> kernels.softmax(2, 10, 16, x, 0, out, 0),
      () -> kernels.softmax(2, 17, 32, x, 0, out, 0),
      () -> kernels.softmaxBackward(2, 10, 16, x, 0, out, 0)
    };
  }

  /**
   * Calls the kernels of the last stage so often that C2 compiles even what a call of theirs runs only once. Large
   * networks make few calls a second: what C2 had not seen often enough by now would allocate for minutes.
   */
  void settle() {
    for (int round = 0; round < settledRounds; round++) {
      for (Runnable call : last) {
        call.run();
      }
    }
  }

  /** Makes each of the calls until it has been fast once: a short measure, as other threads may have the processor meanwhile. */
  private void repeat(long nanosEach, Runnable... calls) {
    repeat(SETTLED_CALLS, nanosEach, calls);
  }

  /** The same, where so many rounds settle all. */
  private void repeat(int rounds, long nanosEach, Runnable... calls) {
    last = calls;
    settledRounds = rounds;
    boolean[] fast = new boolean[calls.length];
    int slow = calls.length;
    long begin = System.nanoTime();
    int limit = LIMIT_IN_SETTLINGS * rounds;
    for (int round = 1; slow > 0 && round <= limit && System.nanoTime() - begin < LIMIT_NANOS; round++) {
      for (int i = 0; i < calls.length; i++) {
        long before = System.nanoTime();
        calls[i].run();
        if (System.nanoTime() - before <= nanosEach && !fast[i]) {
          fast[i] = true;
          slow--;
        }
      }
      if (round > rounds && round % ROUNDS_A_PAUSE == 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
