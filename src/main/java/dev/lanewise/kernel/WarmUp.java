package dev.lanewise.kernel;

import dev.lanewise.kernel.Kernels.Tiling;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings vector kernels to speed while the scalar kernels do the work: until C2 has compiled them, vector operations are
 * calls that allocate, a hundred times slower than they will be.
 *
 * <p>Each kernel is called often on short arrays. That is also what makes them compile well: a method whose first calls
 * run long loops may be compiled in the middle of one and keep its vectors as objects for good. Products are shown every
 * number of rows and both layouts of A, as C2 leaves out branches that were never taken and starts over when they are.
 */
final class WarmUp {

  /** A stage is over when a call takes no longer than this: compiled it takes a tenth, interpreted ten times as long. */
  private static final long NANOS_A_CALL = 20_000;

  /** When to stop waiting for the compiler, a stage. */
  private static final long LIMIT_NANOS = 3_000_000_000L;

  private static final int CALLS = 32;

  /** After so many calls, all that was called is with the compiler, which needs the processor more than this does. */
  private static final int EAGER_CALLS = 256;

  private static final long PAUSE_NANOS = 1_000_000;

  /** HotSpot hands to C2 what has been called 5,000 times, whatever loops it has. */
  private static final int SETTLED_CALLS = 6_000;

  private static final int DEPTH = 24;
  private static final int MAX_ROWS = 16;
  private static final int MAX_COLUMNS = Panels.WIDE + Panels.NARROW;
  private static final int MAX_FLOATS = DEPTH * MAX_COLUMNS;

  private final Kernels kernels;
  private final float[] x = new float[MAX_FLOATS];
  private final float[] y = new float[MAX_FLOATS];
  private final float[] out = new float[MAX_FLOATS];
  private final float[] sums = new float[MAX_FLOATS];
  private final int[] order = new int[MAX_ROWS];
  private int call;
  private Runnable last = () -> {};

  WarmUp(Kernels kernels) {
    this.kernels = kernels;
    Arrays.fill(x, 0.5f);
    // Every class of vectors is loaded before anything is compiled: C2 throws away code that counted on having seen all.
    others();
  }

  /** Products of fewer columns than a vector has, by their own tiles. */
  void narrowProducts() {
    kernels.useFinerTiles(Tiling.COARSE);
    products(10);
  }

  /** Products as wide as both kinds of panel. */
  void wideProducts() {
    kernels.useFinerTiles(Tiling.COARSE);
    products(MAX_COLUMNS);
  }

  /** What gains a large network some hundredths of its speed, once the rest is there: more tiles, and a packed Aᵀ. */
  void finerTiles() {
    kernels.useFinerTiles(Tiling.TRIAL);
    products(MAX_COLUMNS);
    settle();
    kernels.useFinerTiles(Tiling.FINE);
    // A narrow gradient, computed transposed, and a deep one, whose A is packed.
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
    repeat(() -> {
      kernels.descendPacked(
          tall, 10, depth, 0, tall, 0.1f, input, 0, tall, delta, 0, Panels.NARROW, weights, more);
      kernels.descendPacked(rows, columns, deep, 0, rows, 0.1f, a, 0, lda, b, 0, columns, packed, more);
      kernels.gradientPacked(tall, 10, depth, 0, tall, input, 0, tall, delta, 0, Panels.NARROW, weights, more);
      kernels.gradientPacked(rows, columns, deep, 0, rows, a, 0, lda, b, 0, columns, packed, more);
    });
    settle();
  }

  /** The products of a layer, of every number of rows up to one more than tiles have. */
  private void products(int columns) {
    int padded = Panels.columns(columns);
    int lda = Panels.columns(DEPTH);
    float[] a = new float[MAX_ROWS * lda];
    float[] b = new float[MAX_ROWS * padded];
    float[] packed = new float[kernels.packedLength(DEPTH, columns)];
    float[] scratch = new float[kernels.scratchLength(MAX_COLUMNS, MAX_COLUMNS, MAX_COLUMNS)];
    repeat(() -> {
      int rows = 1 + call % MAX_ROWS;
      int depth = DEPTH - call++ / MAX_ROWS % 2; // tiles by two terms have an odd end
      kernels.multiplyPacked(rows, columns, depth, a, 0, lda, packed, x, 0, 0, out, 0, padded);
      kernels.multiplyPackedTransposed(rows, DEPTH, columns, b, 0, padded, packed, out, 0, lda, scratch);
      kernels.descendPacked(DEPTH, columns, rows, 0, DEPTH, 0.1f, a, 0, lda, b, 0, padded, packed, scratch);
      if (rows % 4 == 0) { // seldom, but C2 has to know that there is a tile's other end
        kernels.gradientPacked(DEPTH, columns, rows, 0, DEPTH, a, 0, lda, b, 0, padded, packed, scratch);
      }
    });
  }

  /** All that is not a product. */
  void everythingElse() {
    repeat(this::others);
  }

  /** The steps of optimizers, penalties and clipping. */
  void updates() {
    int n = 3 * 16 + 1;
    repeat(() -> {
      kernels.descend(n, 0.1f, 1f, 1f, x, y, 0);
      kernels.momentum(n, 0.1f, 1f, 1f, 0.9f, false, x, y, out, 0);
      kernels.momentum(n, 0.1f, 1f, 1f, 0.9f, true, x, y, out, 0);
      kernels.rmsProp(n, 0.1f, 1f, 1f, 0.9f, 1e-7f, x, y, out, 0);
      kernels.adagrad(n, 0.1f, 1f, 1f, 1e-7f, x, y, out, 0);
      kernels.adam(n, 0.1f, 1f, 1f, 0.9f, 0.999f, 1f, 1e-7f, x, y, out, sums, 0);
      kernels.penalize(n, 0.1f, 0.1f, x, y, 0);
      kernels.clip(n, 0.1f, y, 0);
      kernels.sumOfSquares(n, x, 0);
    });
  }

  /** Activations that few networks have. */
  void activations() {
    int n = 3 * 16 + 1;
    repeat(() -> {
      kernels.leakyRelu(n, 0.1f, x, 0, out, 0);
      kernels.leakyReluBackward(n, 0.1f, x, 0, out, 0);
      kernels.elu(n, 0.1f, x, 0, out, 0);
      kernels.eluPrime(n, 0.1f, x, 0, out, 0);
      kernels.eluBackward(n, 0.1f, x, 0, out, 0);
      kernels.softplus(n, x, 0, out, 0);
      kernels.softplusBackward(n, x, 0, out, 0);
      kernels.silu(n, x, 0, out, 0);
      kernels.siluBackward(n, x, 0, out, 0);
      kernels.gelu(n, x, 0, out, 0);
      kernels.geluBackward(n, x, 0, out, 0);
      kernels.geluTanh(n, x, 0, out, 0);
      kernels.geluTanhBackward(n, x, 0, out, 0);
    });
  }

  /** Losses that few networks have. */
  void losses() {
    int n = 3 * 16 + 1;
    repeat(() -> {
      kernels.absoluteError(n, x, 0, y, 0, out, 0);
      kernels.absoluteErrorGradient(n, 0.1f, x, 0, y, 0, out, 0);
      kernels.huber(n, 1f, x, 0, y, 0, out, 0);
      kernels.huberGradient(n, 1f, 0.1f, x, 0, y, 0, out, 0);
      kernels.hinge(n, x, 0, y, 0, out, 0);
      kernels.hingeGradient(n, 0.1f, x, 0, y, 0, out, 0);
      kernels.squaredHingeGradient(n, 0.1f, x, 0, y, 0, out, 0);
      kernels.rowTotals(9, 17, 32, x, 0, sums, 0);
    });
  }

  /** Batch and layer normalisation. */
  void normalization() {
    int rows = 9;
    repeat(() -> {
      kernels.columnMoments(rows, 32, 0, 32, x, out, sums);
      kernels.columnDots(rows, 32, 0, 32, x, y, out);
      kernels.normalizeColumns(rows, 32, x, y, x, y, x, out, out, 0);
      kernels.normalizeColumnsBackward(rows, 32, x, y, x, x, y, out, 0);
      kernels.normalizeRows(rows, 17, 32, 1e-5f, x, y, x, out, out, 0, sums, 0);
      kernels.normalizeRowsBackward(rows, 17, 32, x, x, y, out, 0, sums, 0);
    });
  }

  /** Dropout, and rows with weights. */
  void dropout() {
    int rows = 9;
    repeat(() -> {
      kernels.dropout(rows * 32, 1, 0, 1 << 30, 2f, x, out, 0);
      kernels.scaleRows(rows, 32, x, 0, out, 0);
    });
  }

  private void others() {
    int n = 3 * 16 + 1;
    int rows = 9;
    kernels.hadamard(n, x, 0, y, 0, out, 0);
    kernels.scaledDifference(n, 0.1f, x, 0, y, 0, out, 0);
    kernels.scaledUpdate(n, 0.1f, x, 0, out, 0);
    kernels.relu(n, x, 0, out, 0);
    kernels.reluPrime(n, x, 0, out, 0);
    kernels.reluBackward(n, x, 0, out, 0);
    kernels.sigmoid(n, x, 0, out, 0);
    kernels.sigmoidPrime(n, x, 0, out, 0);
    kernels.sigmoidBackward(n, x, 0, out, 0);
    kernels.tanh(n, x, 0, out, 0);
    kernels.tanhPrime(n, x, 0, out, 0);
    kernels.tanhBackward(n, x, 0, out, 0);
    kernels.softmax(rows, 10, 16, x, 0, out, 0);
    kernels.softmax(rows, 17, 32, x, 0, out, 0);
    kernels.softmaxBackward(rows, 10, 16, x, 0, out, 0);
    kernels.softmaxCrossEntropy(rows, 10, 16, 0.1f, x, 0, y, 0, out, 0, sums, 0);
    kernels.softmaxCrossEntropy(rows, 17, 32, 0.1f, x, 0, y, 0, out, 0, sums, 0);
    kernels.squaredErrors(rows, 10, 16, x, 0, y, 0, sums, 0);
    kernels.columnSums(rows, 16, 0, 16, x, 0, out, 0);
    kernels.columnSums(2, 528, 0, 528, x, 0, out, 0);
    kernels.firstNonFinite(n, x, 0);
    kernels.transpose(17, 17, x, 0, 17, out, 0, 17);
    kernels.gather(rows, 17, x, order, 0, out, 0, 32);
  }

  /**
   * Calls the kernels of the last stage so often that C2 compiles even what a call of theirs runs only once. Large
   * networks make few calls a second: what C2 had not seen often enough by now would allocate for minutes.
   */
  void settle() {
    for (int i = 0; i < SETTLED_CALLS; i++) {
      last.run();
    }
  }

  private void repeat(Runnable calls) {
    last = calls;
    long begin = System.nanoTime();
    int done = 0;
    while (true) {
      int count = done < EAGER_CALLS ? CALLS : 2;
      long before = System.nanoTime();
      for (int i = 0; i < count; i++) {
        calls.run();
      }
      done += count;
      long now = System.nanoTime();
      if (now - before <= count * NANOS_A_CALL || now - begin > LIMIT_NANOS) {
        return;
      }
      if (done >= EAGER_CALLS) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
