package dev.lanewise.kernel;

import static dev.lanewise.kernel.WarmUp.FEW;
import static dev.lanewise.kernel.WarmUp.N;

import dev.lanewise.kernel.Warmable.Loops;
import java.util.stream.IntStream;

/** What brings the kernels of each {@link Extra} to speed; how is {@link WarmUp}'s business. */
final class ExtraWarmUp {

  /**
   * Rounds of examples of what is chosen among others, with calls of each by itself between them: C2 compiles what chooses with all that
   * it chooses among, which nobody calls any more then, and whoever calls one of them would have vectors that are objects.
   */
  private static final int ROUNDS = 6;

  private ExtraWarmUp() {}

  /** Chooses by a switch: a reference to a method in each of them would take every process milliseconds to make before it needs any. */
  static void run(Extra extra, WarmUp w) {
    switch (extra) {
      case ELEMENTWISE -> elementwise(w);
      case PRIMES -> primes(w);
      case DESCENT -> descent(w);
      case MOMENTUM -> momentum(w);
      case RMS_PROP -> rmsProp(w);
      case ADAGRAD -> adagrad(w);
      case ADAM -> adam(w);
      case PENALTIES -> penalties(w);
      case CLIPPING -> clipping(w);
      case NORM -> norm(w);
      case CROSS_ENTROPY -> crossEntropy(w);
      case WIDE_CROSS_ENTROPY -> wideCrossEntropy(w);
      case SQUARED_ERRORS -> squaredErrors(w);
      case ABSOLUTE_ERRORS -> absoluteErrors(w);
      case HUBER -> huber(w);
      case BINARY_CROSS_ENTROPY -> binaryCrossEntropy(w);
      case HINGES -> hinges(w);
      case SIGMOID -> sigmoid(w);
      case TANH -> tanh(w);
      case LEAKY_RELU -> leakyRelu(w);
      case ELU -> elu(w);
      case SOFTPLUS -> softplus(w);
      case SILU -> silu(w);
      case GELU -> gelu(w);
      case GELU_TANH -> geluTanh(w);
      case SOFTMAX -> softmax(w);
      case BATCH_NORMALIZATION -> batchNormalization(w);
      case LAYER_NORMALIZATION -> layerNormalization(w);
      case DROPOUT -> dropout(w);
      case ROW_WEIGHTS -> rowWeights(w);
      case DOTS -> dots(w);
    }
  }

  private static void elementwise(WarmUp w) {
    Kernels kernels = w.kernels();
    w.showTogether(
        n -> kernels.hadamard(n, w.x, 0, w.y, 0, w.out, 0),
        n -> kernels.scaledDifference(n, 0.1f, w.x, 0, w.y, 0, w.out, 0),
        n -> kernels.firstNonFinite(n, w.x, 0));
  }

  private static void primes(WarmUp w) {
    Kernels kernels = w.kernels();
    w.showTogether(n -> kernels.reluPrime(n, w.x, 0, w.out, 0));
    w.show(
        () -> kernels.sigmoidPrime(FEW, w.x, 0, w.out, 0),
        () -> kernels.tanhPrime(FEW, w.x, 0, w.out, 0),
        () -> kernels.eluPrime(FEW, 0.1f, w.x, 0, w.out, 0));
  }

  // ----------------------------------------------------------------------------------------------------------- optimizers

  private static void descent(WarmUp w) {
    w.showLoops(Loops.DESCENT, n -> w.kernels().descend(n, 0.1f, 1f, 1f, w.x, w.y, 0));
  }

  private static void momentum(WarmUp w) {
    w.showLoops(
        Loops.MOMENTUM,
        n -> w.kernels().momentum(n, 0.1f, 1f, 1f, 0.9f, false, w.x, w.y, w.out, 0),
        n -> w.kernels().momentum(n, 0.1f, 1f, 1f, 0.9f, true, w.x, w.y, w.out, 0));
  }

  private static void rmsProp(WarmUp w) {
    w.showLoops(Loops.RMS_PROP, n -> w.kernels().rmsProp(n, 0.1f, 1f, 1f, 0.9f, 1e-7f, w.x, w.y, w.out, 0));
  }

  private static void adagrad(WarmUp w) {
    w.showLoops(Loops.ADAGRAD, n -> w.kernels().adagrad(n, 0.1f, 1f, 1f, 1e-7f, w.x, w.y, w.out, 0));
  }

  private static void adam(WarmUp w) {
    w.showLoops(Loops.ADAM, n -> w.kernels().adam(n, 0.1f, 1f, 1f, 0.9f, 0.999f, 1f, 1e-7f, w.x, w.y, w.out, w.sums, 0));
  }

  private static void penalties(WarmUp w) {
    w.showLoops(Loops.PENALTIES, n -> w.kernels().penalize(n, 0.1f, 0.1f, w.x, w.y, 0));
  }

  private static void clipping(WarmUp w) {
    w.showLoops(Loops.CLIPPING, n -> w.kernels().clip(n, 0.1f, w.y, 0));
  }

  private static void norm(WarmUp w) {
    w.show(() -> w.kernels().sumOfSquares(FEW, w.x, 0), () -> w.kernels().sumOfSquares(32, w.x, 0));
  }

  // --------------------------------------------------------------------------------------------------------------- losses

  private static void crossEntropy(WarmUp w) {
    Kernels kernels = w.kernels();
    w.showOnce(
        times -> crossEntropyOfFewRows(w, times),
        () -> kernels.softmaxCrossEntropy(2, 3, 16, 0.1f, w.x, 0, w.y, 0, w.out, 0, w.sums, 0),
        () -> kernels.softmaxCrossEntropy(2, 16, 16, 0.1f, w.x, 0, w.y, 0, w.out, 0, w.sums, 0));
  }

  /**
   * Where rows are several vectors, one call in 64 has a row. Of one call in eight C2 makes passes that are up to a seventh faster, but has
   * to compile three times as much that works lane by lane before.
   */
  private static void crossEntropyOfFewRows(WarmUp w, int times) {
    int rows = w.kernels().vectorBits() < Panels.NARROW * Float.SIZE ? 1 : 0;
    for (int i = 0; i < times; i++) {
      w.kernels().softmaxCrossEntropy(i % 64 == 0 ? rows : 0, 10, 16, 0.1f, w.x, 0, w.y, 0, w.out, 0, w.sums, 0);
    }
  }

  private static void wideCrossEntropy(WarmUp w) {
    Kernels kernels = w.kernels();
    w.show(
        ROUNDS,
        times -> w.warmable().callCrossEntropies(times, w.x, w.y, w.out, w.sums),
        WarmUp.COMPILED_CALLS / ROUNDS,
        () -> w.warmable().callCrossEntropies(1, w.x, w.y, w.out, w.sums),
        () -> kernels.softmaxCrossEntropy(2, 17, 32, 0.1f, w.x, 0, w.y, 0, w.out, 0, w.sums, 0),
        () -> kernels.softmaxCrossEntropy(2, 32, 32, 0.1f, w.x, 0, w.y, 0, w.out, 0, w.sums, 0),
        () -> kernels.softmaxCrossEntropy(2, 81, 96, 0.1f, w.x, 0, w.y, 0, w.out, 0, w.sums, 0));
  }

  private static void squaredErrors(WarmUp w) {
    w.show(
        ROUNDS,
        times -> w.warmable().callSquaredErrors(times, w.x, w.y, w.sums),
        WarmUp.COMPILED_CALLS / ROUNDS,
        () -> w.warmable().callSquaredErrors(1, w.x, w.y, w.sums),
        () -> w.kernels().squaredErrors(2, 10, 16, w.x, 0, w.y, 0, w.sums, 0),
        () -> w.kernels().squaredErrors(2, 17, 32, w.x, 0, w.y, 0, w.sums, 0),
        () -> w.kernels().squaredErrors(2, 32, 32, w.x, 0, w.y, 0, w.sums, 0));
  }

  private static void absoluteErrors(WarmUp w) {
    Kernels kernels = w.kernels();
    w.showTogether(
        n -> kernels.absoluteError(n, w.x, 0, w.y, 0, w.out, 0),
        n -> kernels.absoluteErrorGradient(n, 0.1f, w.x, 0, w.y, 0, w.out, 0));
    rowTotals(w);
  }

  private static void huber(WarmUp w) {
    Kernels kernels = w.kernels();
    w.showTogether(
        n -> kernels.huber(n, 1f, w.x, 0, w.y, 0, w.out, 0),
        n -> kernels.huberGradient(n, 1f, 0.1f, w.x, 0, w.y, 0, w.out, 0));
    rowTotals(w);
  }

  private static void hinges(WarmUp w) {
    Kernels kernels = w.kernels();
    w.showTogether(
        n -> kernels.hinge(n, w.x, 0, w.y, 0, w.out, 0),
        n -> kernels.hingeGradient(n, 0.1f, w.x, 0, w.y, 0, w.out, 0),
        n -> kernels.squaredHingeGradient(n, 0.1f, w.x, 0, w.y, 0, w.out, 0));
    rowTotals(w);
  }

  private static void binaryCrossEntropy(WarmUp w) {
    w.show(() -> w.kernels().binaryCrossEntropy(FEW, w.x, 0, w.y, 0, w.out, 0));
    rowTotals(w);
  }

  private static void rowTotals(WarmUp w) {
    w.show(
        () -> w.kernels().rowTotals(2, 17, 32, w.x, 0, w.sums, 0),
        () -> w.kernels().rowTotals(2, 32, 32, w.x, 0, w.sums, 0));
  }

  // ---------------------------------------------------------------------------------------------------------- activations

  private static void sigmoid(WarmUp w) {
    w.show(
        () -> w.kernels().sigmoid(FEW, w.x, 0, w.out, 0),
        () -> w.kernels().sigmoidBackward(N, w.x, 0, w.out, 0));
  }

  private static void tanh(WarmUp w) {
    w.show(
        () -> w.kernels().tanh(FEW, w.x, 0, w.out, 0),
        () -> w.kernels().tanhBackward(N, w.x, 0, w.out, 0));
  }

  private static void leakyRelu(WarmUp w) {
    w.show(
        () -> w.kernels().leakyRelu(N, 0.1f, w.x, 0, w.out, 0),
        () -> w.kernels().leakyReluBackward(N, 0.1f, w.x, 0, w.out, 0));
  }

  private static void elu(WarmUp w) {
    w.show(
        () -> w.kernels().elu(FEW, 0.1f, w.x, 0, w.out, 0),
        () -> w.kernels().eluBackward(FEW, 0.1f, w.x, 0, w.out, 0));
  }

  private static void softplus(WarmUp w) {
    w.show(
        () -> w.kernels().softplus(FEW, w.x, 0, w.out, 0),
        () -> w.kernels().softplusBackward(FEW, w.x, 0, w.out, 0));
  }

  private static void silu(WarmUp w) {
    w.show(
        () -> w.kernels().silu(FEW, w.x, 0, w.out, 0),
        () -> w.kernels().siluBackward(FEW, w.x, 0, w.out, 0));
  }

  private static void gelu(WarmUp w) {
    w.show(
        () -> w.kernels().gelu(FEW, w.x, 0, w.out, 0),
        () -> w.kernels().geluBackward(FEW, w.x, 0, w.out, 0));
  }

  private static void geluTanh(WarmUp w) {
    w.show(
        () -> w.kernels().geluTanh(FEW, w.x, 0, w.out, 0),
        () -> w.kernels().geluTanhBackward(FEW, w.x, 0, w.out, 0));
  }

  private static void softmax(WarmUp w) {
    Kernels kernels = w.kernels();
    w.show(
        ROUNDS,
        times -> w.warmable().callSoftmaxes(times, w.x, w.out),
        WarmUp.COMPILED_CALLS / ROUNDS,
        () -> w.warmable().callSoftmaxes(1, w.x, w.out),
        () -> kernels.softmax(2, 10, 16, w.x, 0, w.out, 0),
        () -> kernels.softmax(2, 17, 32, w.x, 0, w.out, 0),
        () -> kernels.softmax(2, 32, 32, w.x, 0, w.out, 0),
        () -> kernels.softmax(2, 81, 96, w.x, 0, w.out, 0), // four vectors at a time
        () -> kernels.softmaxBackward(2, 10, 16, w.x, 0, w.out, 0),
        () -> kernels.softmaxBackward(2, 17, 32, w.x, 0, w.out, 0),
        () -> kernels.softmaxBackward(2, 32, 32, w.x, 0, w.out, 0));
  }

  // ------------------------------------------------------------------------------------------------- between the layers

  private static void batchNormalization(WarmUp w) {
    Kernels kernels = w.kernels();
    w.show(
        () -> kernels.columnMoments(3, 32, 0, 32, w.x, 0, w.out, w.sums),
        () -> kernels.columnDots(3, 32, 0, 32, w.x, w.y, 0, w.out),
        () -> kernels.normalizeColumns(3, 32, w.x, w.y, w.x, w.y, w.x, w.out, w.out, 0),
        () -> kernels.normalizeColumnsBackward(3, 32, w.x, w.y, w.x, w.x, w.y, w.out, 0));
  }

  private static void layerNormalization(WarmUp w) {
    Kernels kernels = w.kernels();
    w.show(
        () -> kernels.columnDots(3, 32, 0, 32, w.x, w.y, 0, w.out),
        () -> kernels.normalizeRows(3, 17, 32, 1e-5f, w.x, w.y, w.x, w.out, w.out, 0, w.sums, 0),
        () -> kernels.normalizeRowsBackward(3, 17, 32, w.x, w.x, w.y, w.out, 0, w.sums, 0),
        () -> kernels.normalizeRows(3, 32, 32, 1e-5f, w.x, w.y, w.x, w.out, w.out, 0, w.sums, 0),
        () -> kernels.normalizeRowsBackward(3, 32, 32, w.x, w.x, w.y, w.out, 0, w.sums, 0));
  }

  private static void dropout(WarmUp w) {
    w.showLoops(Loops.DROPOUT, n -> w.kernels().dropout(n, 1, 0, 1 << 30, 2f, w.x, w.out, 0));
  }

  private static void rowWeights(WarmUp w) {
    w.showTogether(n -> w.kernels().scaleRows(1, n, w.x, 0, w.out, 0));
  }

  /**
   * Of one row, two and three, of whole panels and behind them one of medium width and a narrow one, of each of these, and of none; then of
   * enough terms for the way of weights that come from memory, which only a thread takes with so few that tries tiles.
   */
  private static void dots(WarmUp w) {
    Kernels kernels = w.kernels();
    int inputs = Panels.GROUP + 4;
    int terms = 2 * Panels.GROUP + Panels.MEDIUM + 4;
    int many = 4 * Panels.GROUP + 4;
    int[] each = {terms, terms - 4, 2 * Panels.GROUP + 4, Panels.GROUP, Panels.MEDIUM + 4, 4, many};
    int ld = Panels.columns(many);
    float[] delta = new float[3 * ld];
    float[] packed = new float[kernels.packedLength(inputs, many)];
    float[] c = new float[3 * Panels.columns(inputs)];
    float[] scratch = new float[kernels.scratchLength(3, inputs, many)];
    w.warmable().tryTiles(w.warmable().tiling());
    w.showLoops(
        Loops.DOTS,
        IntStream.rangeClosed(1, 3)
            .<Runnable>mapToObj(rows -> () -> {
              for (int k : each) {
                kernels.dotPacked(rows, inputs, k, 0, inputs, delta, 0, ld, packed, c, 0, Panels.columns(inputs), scratch);
              }
            })
            .toArray(Runnable[]::new));
    w.warmable().tryTiles(null);
  }
}
