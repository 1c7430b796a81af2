package dev.lanewise.kernel;

import dev.lanewise.kernel.Kernels.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Brings vector kernels to speed while the scalar kernels do the work: until C2 has compiled them, vector operations are
 * calls that allocate, a hundred times slower than they will be.
 *
 * <p>HotSpot hands to C2 what has been called some thousand times, whatever those calls did. So kernels are called in two
 * ways. A few examples show what they do: of all kinds, as C2 leaves out branches that were never taken and starts over when
 * they are. The thousands are calls of as little as possible, of no vector where that can be: operations on vectors that are
 * not compiled yet, lane by lane, would soon be what C2 takes for hot, and would keep it longer than the kernels do. A kernel
 * is compiled when an example of it allocates nothing any more.
 *
 * <p>Rows come with columns beyond whole vectors and without: where masked loads are slow, the former are scalar code.
 *
 * <p>All is short. That is also what makes kernels compile well: a method whose first calls run long loops may be compiled in the
 * middle of one and keep its vectors as objects for good.
 */
final class WarmUp {

  /** When to stop waiting for the compiler: others may keep it busy. */
  private static final long LIMIT_NANOS = 10_000_000_000L;

  /** Between looks at what C2 has done, which needs the processor more than they do. */
  private static final long PAUSE_NANOS = 1_000_000;

  /** What has been called so often C2 compiles, whatever loops it has. */
  private static final int COMPILED_CALLS = 6_000;

  /** Calls between two looks: the longer C2's queue is, the more calls it takes to get into it. */
  private static final int CALLS_A_LOOK = 200;

  /** Looks that see nothing. */
  private static final int BLIND_LOOKS = 500;

  /** Rounds of examples of products, in each of which tiles are called some dozen times. */
  private static final int PRODUCT_ROUNDS = 2;

  /** Short calls in a round of examples. */
  private static final int SHORT_CALLS = 200;

  /** Where short calls are of no elements at all, so that C2 does not take a loop for one that hardly turns. */
  private static final int EMPTY_CALLS = 1000;

  /** The elements of an example: seven vectors of the widest, and as many more as are not one. */
  private static final int N = 7 * 16 + 15;

  /** The elements where each takes long. */
  private static final int FEW = 16 + 15;

  /** The terms of a product: of loops of fewer than four turns C2 keeps in registers what others need there. */
  private static final int TERMS = 16;

  /** As many that every tile is seen whole, and ending by each number of rows. */
  private static final int MAX_ROWS = 12;

  private static final int MAX_COLUMNS = Panels.WIDE + Panels.MEDIUM;
  private static final int MAX_FLOATS = MAX_ROWS * MAX_COLUMNS;

  private final Kernels kernels;
  private final long limitNanos;
  private final float[] x = new float[MAX_FLOATS];
  private final float[] y = new float[MAX_FLOATS];
  private final float[] out = new float[MAX_FLOATS];
  private final float[] sums = new float[MAX_FLOATS];
  private final int[] order = new int[MAX_ROWS];

  /** Whether nothing of the stage allocates. */
  private boolean compiled;

  WarmUp(Kernels kernels) {
    this(kernels, LIMIT_NANOS);
  }

  WarmUp(Kernels kernels, long limitNanos) {
    this.kernels = kernels;
    this.limitNanos = limitNanos;
    for (int i = 0; i < MAX_FLOATS; i++) { // of all kinds: the last elements are computed by scalar code, which has branches
      x[i] = (i % 5 - 2) * (1 << i % 7) / 2f;
      y[i] = i % 3 / 2f;
    }
    // Every class of vectors is loaded before anything is compiled: C2 throws away code that counted on having seen all.
    kernels.relu(FEW, x, 0, out, 0);
    kernels.firstNonFinite(FEW, x, 0);
    kernels.softmax(1, 10, 16, x, 0, out, 0);
    kernels.softmax(1, 16, 16, x, 0, out, 0); // where masks are slow, the one before is scalar
  }

  Kernels kernels() {
    return kernels;
  }

  /** Runs a stage, and returns whether all its kernels are compiled, and compiled well: none of them allocates. */
  boolean run(Consumer<WarmUp> stage) {
    compiled = true;
    stage.accept(this);
    return compiled;
  }

  /** Products of fewer columns than a vector has, by their own tiles. */
  void narrowProducts() {
    kernels.useTiles(Tiling.COARSE);
    products(10, tilesOf(Tiling.COARSE));
  }

  /** Products by wide and narrow panels. */
  void wideProducts() {
    kernels.useTiles(Tiling.COARSE);
    products(Panels.WIDE + Panels.NARROW, tilesOf(Tiling.COARSE));
  }

  /** Products by panels of medium width, once there are those by others. */
  void mediumProducts() {
    products(Panels.MEDIUM + Panels.NARROW, kernels::callMediumTilesWithoutTerms);
  }

  private IntConsumer tilesOf(Tiling tiling) {
    return times -> kernels.callTilesWithoutTerms(tiling, times);
  }

  /** What gains a large network some hundredths of its speed, on some processors a third, once the rest is there: more tiles. */
  void finerTiles() {
    tryOut(Tiling.FINE, () -> products(Panels.WIDE, tilesOf(Tiling.FINE)));
  }

  /** What only some networks gain from, once there are finer tiles: products of few columns or rows, and a deep A that is packed. */
  void rarerProducts() {
    tryOut(Tiling.ALL, () -> show(
        PRODUCT_ROUNDS,
        tilesOf(Tiling.ALL),
        COMPILED_CALLS / PRODUCT_ROUNDS,
        Stream.of(narrowProductsOfManyRows(), deepGradients(), backwards()).flatMap(Stream::of).toArray(Runnable[]::new)));
  }

  /** Only what turns out to be compiled well is for all. */
  private void tryOut(Tiling tiling, Runnable stage) {
    kernels.tryTiles(tiling);
    stage.run();
    if (compiled) {
      kernels.useTiles(tiling);
    }
    kernels.tryTiles(null);
  }

  /** They are computed transposed, forwards by 128 terms at a time. */
  private Runnable[] narrowProductsOfManyRows() {
    int depth = 32;
    int tall = Panels.WIDE + Panels.NARROW;
    float[] input = new float[depth * tall];
    float[] delta = new float[depth * Panels.NARROW];
    float[] c = new float[tall * Panels.NARROW];
    float[] weights = new float[kernels.packedLength(tall, Panels.NARROW)];
    int rows = Panels.WIDE;
    int terms = Kernels.MAX_TURNED_DEPTH + 9; // the rows of A end in the middle of a block, and the last with its array
    float[] a = new float[rows * terms];
    float[] packed = new float[kernels.packedLength(terms, Panels.NARROW)];
    float[] scratch = new float[kernels.scratchLength(tall, tall, terms)];
    return new Runnable[] {
      () -> kernels.descendPacked(
          tall, 10, depth, 0, tall, 0.1f, input, 0, tall, delta, 0, Panels.NARROW, weights, Panels.LEAD, scratch),
      () -> kernels.gradientPacked(
          tall, 10, depth, 0, tall, input, 0, tall, delta, 0, Panels.NARROW, weights, Panels.LEAD, scratch),
      () -> kernels.multiplyPacked(
          tall, 10, depth, input, 0, depth, weights, Panels.LEAD, x, 0, 0, c, 0, Panels.NARROW, scratch),
      () -> kernels.multiplyPacked(
          rows, 10, terms, a, 0, terms, packed, Panels.LEAD, null, 0, 0, c, 0, Panels.NARROW, scratch),
      () -> kernels.multiplyPacked(
          rows, 10, terms, a, 0, terms, packed, Panels.LEAD, y, 0, Panels.NARROW, c, 0, Panels.NARROW, scratch)
    };
  }

  private Runnable[] deepGradients() {
    int rows = 6;
    int depth = 66;
    int lda = 256;
    int columns = 8 * Panels.WIDE;
    float[] a = new float[depth * lda];
    float[] b = new float[depth * columns];
    float[] packed = new float[kernels.packedLength(rows, columns)];
    float[] scratch = new float[kernels.scratchLength(rows, columns, depth)];
    return new Runnable[] {
      () -> kernels.descendPacked(rows, columns, depth, 0, rows, 0.1f, a, 0, lda, b, 0, columns, packed, Panels.LEAD, scratch),
      () -> kernels.gradientPacked(rows, columns, depth, 0, rows, a, 0, lda, b, 0, columns, packed, Panels.LEAD, scratch)
    };
  }

  /** From few rows, and from more; eight times each, so that C2 sees their loops turn beside all the calls that do not get there. */
  private Runnable[] backwards() {
    int n = Panels.WIDE; // inputs, and outputs
    float[] packed = new float[kernels.packedLength(n, n)];
    float[] scratch = new float[kernels.scratchLength(n, n, n)];
    int[] numbers = {1, 2, 3, 4, TERMS};
    return IntStream.range(0, 8 * numbers.length)
        .map(i -> numbers[i % numbers.length])
        .<Runnable>mapToObj(rows -> () -> {
          kernels.multiplyPackedTransposed(rows, n, n, 0, n, y, 0, n, packed, out, 0, n, scratch);
          kernels.descendPacked(n, n, rows, 0, n, 0.1f, x, 0, n, y, 0, n, packed, Panels.LEAD, scratch);
          kernels.gradientPacked(n, n, rows, 0, n, x, 0, n, y, 0, n, packed, Panels.LEAD, scratch);
        })
        .toArray(Runnable[]::new);
  }

  /**
   * The products of a layer with so many columns, of every number of rows by which tiles end. As few as will do: each operation of an
   * example is a call, whose own loop over lanes C2 would soon take for hot, and compile before the kernels.
   */
  private void products(int columns, IntConsumer shortCalls) {
    int lda = Panels.columns(MAX_ROWS);
    int padded = Panels.columns(columns);
    float[] a = new float[TERMS * lda]; // of more rows, and columns, than there are of C
    float[] b = new float[TERMS * padded];
    float[] scratch = new float[kernels.scratchLength(MAX_COLUMNS, MAX_COLUMNS, MAX_COLUMNS)];
    float[] packed = new float[kernels.packedLength(TERMS, columns)];
    int inputs = columns - 6; // the end of a panel has a block of its own to transpose
    float[] narrow = new float[kernels.packedLength(inputs, TERMS)];
    List<Runnable> examples = new ArrayList<>();
    for (int i = 1; i <= MAX_ROWS; i++) {
      int rows = i;
      int terms = i % 4 == 1 ? TERMS - 1 : TERMS; // tiles by two terms have an odd end
      int ldStart = i % 3 == 0 ? padded : 0; // a matrix, or a bias
      examples.add(() -> {
        kernels.multiplyPacked(rows, columns, terms, a, 0, lda, packed, Panels.LEAD, x, 0, ldStart, out, 0, padded, scratch);
        kernels.descendPacked(rows, columns, terms, 0, rows, 0.1f, a, 0, lda, b, 0, padded, packed, Panels.LEAD, scratch);
      });
    }
    examples.add(() -> {
      kernels.multiplyPackedTransposed(MAX_ROWS, inputs, TERMS, 0, inputs, a, 0, lda, narrow, out, 0, padded, scratch);
      kernels.gradientPacked(MAX_ROWS, columns, TERMS, 0, MAX_ROWS, a, 0, lda, b, 0, padded, packed, Panels.LEAD, scratch);
    });
    examples.add(() -> kernels.scaledUpdate(N, 0.1f, x, 0, out, 0)); // a gradient that goes through scratch
    show(PRODUCT_ROUNDS, shortCalls, COMPILED_CALLS / PRODUCT_ROUNDS, examples.toArray(Runnable[]::new));
  }

  /** What most networks need with each batch that is not a product. */
  void everythingElse() {
    show(
        COMPILED_CALLS / EMPTY_CALLS,
        kernels::callLoopsWithoutTurns,
        EMPTY_CALLS,
        Stream.concat(
            examples(n -> kernels.relu(n, x, 0, out, 0), n -> kernels.reluBackward(n, x, 0, out, 0)),
            Stream.of(ofRows())).toArray(Runnable[]::new));
  }

  private Runnable[] ofRows() {
    return new Runnable[] {
      () -> kernels.columnSums(9, 16, 0, 16, x, 0, out, 0),
      () -> kernels.columnSums(2, 528, 0, 528, x, 0, out, 0),
      () -> kernels.gather(9, 17, x, order, 0, out, 0, 32)
    };
  }

  /** What most networks need seldom, if at all. */
  void elementwise() {
    showTogether(
        n -> kernels.reluPrime(n, x, 0, out, 0),
        n -> kernels.hadamard(n, x, 0, y, 0, out, 0),
        n -> kernels.scaledDifference(n, 0.1f, x, 0, y, 0, out, 0),
        n -> kernels.firstNonFinite(n, x, 0));
  }

  /** Cross-entropy over a softmax of at most as many columns as a narrow panel has. */
  void crossEntropy() {
    Runnable[] examples = {
      () -> kernels.softmaxCrossEntropy(2, 10, 16, 0.1f, x, 0, y, 0, out, 0, sums, 0),
      () -> kernels.softmaxCrossEntropy(2, 16, 16, 0.1f, x, 0, y, 0, out, 0, sums, 0)
    };
    if (kernels.vectorBits() < Panels.NARROW * Float.SIZE) { // rows of more than a vector, by methods that call others
      show(examples);
    } else {
      show(COMPILED_CALLS / EMPTY_CALLS, this::crossEntropyOfNoRows, EMPTY_CALLS, examples);
    }
  }

  private void crossEntropyOfNoRows(int times) {
    for (int i = 0; i < times; i++) {
      kernels.softmaxCrossEntropy(0, 10, 16, 0.1f, x, 0, y, 0, out, 0, sums, 0);
    }
  }

  /** Cross-entropy over a softmax of more columns. */
  void wideCrossEntropy() {
    show(
        () -> kernels.softmaxCrossEntropy(2, 17, 32, 0.1f, x, 0, y, 0, out, 0, sums, 0),
        () -> kernels.softmaxCrossEntropy(2, 32, 32, 0.1f, x, 0, y, 0, out, 0, sums, 0),
        () -> kernels.softmaxCrossEntropy(2, 81, 96, 0.1f, x, 0, y, 0, out, 0, sums, 0));
  }

  /** Squared errors. */
  void squaredErrors() {
    show(
        () -> kernels.squaredErrors(2, 17, 32, x, 0, y, 0, sums, 0),
        () -> kernels.squaredErrors(2, 32, 32, x, 0, y, 0, sums, 0));
  }

  /** Sigmoid and tanh. */
  void sigmoids() {
    show(ofSigmoids());
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

  /** Softmax without a loss. */
  void softmax() {
    show(ofSoftmax());
  }

  private Runnable[] ofSoftmax() {
    return new Runnable[] {
      () -> kernels.softmax(2, 10, 16, x, 0, out, 0),
      () -> kernels.softmax(2, 17, 32, x, 0, out, 0),
      () -> kernels.softmax(2, 32, 32, x, 0, out, 0),
      () -> kernels.softmax(2, 81, 96, x, 0, out, 0), // four vectors at a time
      () -> kernels.softmaxBackward(2, 17, 32, x, 0, out, 0),
      () -> kernels.softmaxBackward(2, 32, 32, x, 0, out, 0)
    };
  }

  /** The steps of optimizers, penalties and clipping. */
  void updates() {
    showTogether(
        n -> kernels.descend(n, 0.1f, 1f, 1f, x, y, 0),
        n -> kernels.momentum(n, 0.1f, 1f, 1f, 0.9f, false, x, y, out, 0),
        n -> kernels.momentum(n, 0.1f, 1f, 1f, 0.9f, true, x, y, out, 0),
        n -> kernels.rmsProp(n, 0.1f, 1f, 1f, 0.9f, 1e-7f, x, y, out, 0),
        n -> kernels.adagrad(n, 0.1f, 1f, 1f, 1e-7f, x, y, out, 0),
        n -> kernels.adam(n, 0.1f, 1f, 1f, 0.9f, 0.999f, 1f, 1e-7f, x, y, out, sums, 0),
        n -> kernels.penalize(n, 0.1f, 0.1f, x, y, 0),
        n -> kernels.clip(n, 0.1f, y, 0));
    show(() -> kernels.sumOfSquares(FEW, x, 0), () -> kernels.sumOfSquares(32, x, 0));
  }

  /** Activations that few networks have. */
  void activations() {
    show(
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
    showTogether(
        n -> kernels.absoluteError(n, x, 0, y, 0, out, 0),
        n -> kernels.absoluteErrorGradient(n, 0.1f, x, 0, y, 0, out, 0),
        n -> kernels.huber(n, 1f, x, 0, y, 0, out, 0),
        n -> kernels.huberGradient(n, 1f, 0.1f, x, 0, y, 0, out, 0),
        n -> kernels.hinge(n, x, 0, y, 0, out, 0),
        n -> kernels.hingeGradient(n, 0.1f, x, 0, y, 0, out, 0),
        n -> kernels.squaredHingeGradient(n, 0.1f, x, 0, y, 0, out, 0));
    show(() -> kernels.rowTotals(2, 17, 32, x, 0, sums, 0), () -> kernels.rowTotals(2, 32, 32, x, 0, sums, 0));
  }

  /** Batch and layer normalisation. */
  void normalization() {
    show(
        () -> kernels.columnMoments(3, 32, 0, 32, x, out, sums),
        () -> kernels.columnDots(3, 32, 0, 32, x, y, out),
        () -> kernels.normalizeColumns(3, 32, x, y, x, y, x, out, out, 0),
        () -> kernels.normalizeColumnsBackward(3, 32, x, y, x, x, y, out, 0),
        () -> kernels.normalizeRows(3, 17, 32, 1e-5f, x, y, x, out, out, 0, sums, 0),
        () -> kernels.normalizeRowsBackward(3, 17, 32, x, x, y, out, 0, sums, 0),
        () -> kernels.normalizeRows(3, 32, 32, 1e-5f, x, y, x, out, out, 0, sums, 0),
        () -> kernels.normalizeRowsBackward(3, 32, 32, x, x, y, out, 0, sums, 0));
  }

  /** Dropout, and rows with weights. */
  void dropout() {
    showTogether(
        n -> kernels.dropout(n, 1, 0, 1 << 30, 2f, x, out, 0),
        n -> kernels.scaleRows(1, n, x, 0, out, 0));
  }

  // ------------------------------------------------------------------------------------------------- the two kinds of calls

  /**
   * Kernels of so many elements, whose vectors are all in one method each. Not those that call methods of ours with vectors:
   * where C2 takes such a call for rare, it leaves it a call, its vectors objects for good.
   */
  private void showTogether(IntConsumer... kernels) {
    show(COMPILED_CALLS / SHORT_CALLS, times -> repeat(times, kernels), SHORT_CALLS, examples(kernels).toArray(Runnable[]::new));
  }

  private static void repeat(int times, IntConsumer... kernels) {
    for (int i = 0; i < times; i++) {
      for (IntConsumer kernel : kernels) {
        kernel.accept(1);
      }
    }
  }

  private static Stream<Runnable> examples(IntConsumer... kernels) {
    return Stream.of(kernels).map(kernel -> () -> kernel.accept(N));
  }

  /** Examples that are as short as calls can be. */
  private void show(Runnable... examples) {
    show(COMPILED_CALLS, times -> {}, 0, examples);
  }

  /**
   * Runs the examples for so many rounds, the short calls so many times before each, and waits until no example allocates.
   * Examples go on meanwhile, one for a hundred short calls at least: C2 compiles what is rare as if it did not matter.
   */
  private void show(int rounds, IntConsumer shortCalls, int times, Runnable... examples) {
    for (int round = 0; round < rounds; round++) {
      shortCalls.accept(times);
      for (Runnable example : examples) {
        example.run();
      }
    }
    int shortCallsALook = Math.min(times, CALLS_A_LOOK);
    int examplesALook = times == 0 ? CALLS_A_LOOK : 1;
    long begin = System.nanoTime();
    int done = 0;
    for (int look = 0; done < examples.length && isGoingOn(begin, look); look++) {
      if (allocatesNothing(examples[done])) {
        done++;
      } else {
        shortCalls.accept(shortCallsALook);
        for (int i = 0; i < examplesALook; i++) {
          examples[(look + i) % examples.length].run(); // so that none is forgotten
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    compiled &= done == examples.length || Hotspot.allocatedBytes() < 0;
  }

  /** Whether C2 gets more time. Where the JVM does not count bytes, so many looks will have to do. */
  private boolean isGoingOn(long begin, int looks) {
    return System.nanoTime() - begin < limitNanos && (looks < BLIND_LOOKS || Hotspot.allocatedBytes() >= 0);
  }

  private static boolean allocatesNothing(Runnable example) {
    long before = Hotspot.allocatedBytes();
    example.run();
    return before >= 0 && Hotspot.allocatedBytes() == before;
  }
}
