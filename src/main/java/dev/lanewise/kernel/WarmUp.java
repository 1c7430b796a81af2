package dev.lanewise.kernel;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Brings the vector kernels to speed on a thread of its own, while the scalar kernels do the work: until C2 has compiled
 * them, vector operations are calls that allocate, a hundred times slower than they will be.
 *
 * <p>Each kernel is called often on short arrays. That is also what makes them compile well: a method whose first calls
 * run long loops may be compiled in the middle of one and keep its vectors as objects for good. The kernels come in
 * three stages, so that what is compiled first is used first.
 */
public final class WarmUp implements Runnable {

  /** Kernels that can be brought to speed in stages. */
  public interface Stages extends Kernels {
    /** Calls the wide tile once, on a short product. */
    void rehearseWideTile();

    /** Whether products may use the wide tile; without it, scalar code does the same. */
    void useWideTile(boolean use);
  }

  /** What is told of each stage. */
  interface Listener {
    /** Products may run on these kernels. */
    void productsReady(Kernels kernels);

    /** All else may run on these kernels too. */
    void allReady(Kernels kernels);
  }

  /** A stage is over when a call takes no longer than this: compiled it takes a tenth, interpreted ten times as long. */
  private static final long PRODUCT_NANOS = 5_000;

  private static final long ROUND_NANOS = 20_000;

  /** When to stop waiting for the compiler, a stage. */
  private static final long LIMIT_NANOS = 3_000_000_000L;

  private static final int CALLS = 32;
  private static final int DEPTH = 24;
  private static final int LENGTH = 256;

  private final Supplier<Stages> load;
  private final Listener listener;
  private final float[] x = new float[4 * LENGTH];
  private final float[] y = new float[4 * LENGTH];
  private final float[] out = new float[4 * LENGTH];
  private final float[] scratch = new float[Kernels.TILE_SCRATCH];
  private int call;

  private WarmUp(Supplier<Stages> load, Listener listener) {
    this.load = load;
    this.listener = listener;
  }

  /** Loads kernels and brings them to speed, on a daemon thread that ends when all are. */
  static void start(Supplier<Stages> load, Listener listener) {
    Thread.ofPlatform().daemon().name("lanewise-warm-up").start(new WarmUp(load, listener));
  }

  @Override
  public void run() {
    Stages kernels = load.get();
    Arrays.fill(x, 0.5f);
    kernels.useWideTile(false);
    repeat(() -> narrowProducts(kernels), PRODUCT_NANOS);
    listener.productsReady(kernels);
    repeat(kernels::rehearseWideTile, PRODUCT_NANOS);
    kernels.useWideTile(true);
    repeat(() -> everythingElse(kernels), ROUND_NANOS);
    listener.allReady(kernels);
  }

  private static void repeat(Runnable calls, long nanos) {
    long begin = System.nanoTime();
    long before = begin;
    long took;
    do {
      for (int i = 0; i < CALLS; i++) {
        calls.run();
      }
      long now = System.nanoTime();
      took = now - before;
      before = now;
    } while (took > CALLS * nanos && before - begin < LIMIT_NANOS);
  }

  /** Fewer columns than a vector has, and whole vectors; A and its transpose; now and then each number of rows. */
  private void narrowProducts(Kernels kernels) {
    int rows = 1 + (call++ & 15);
    kernels.multiplyPacked(rows, 10, DEPTH, x, 0, DEPTH, y, x, 0, 0, out, 0, 10, scratch);
    kernels.multiplyTransposedA(16, 16, 15, x, 0, 16, y, 0, 16, null, 0, 0, out, 0, 16, scratch);
  }

  private void everythingElse(Kernels kernels) {
    int n = 3 * 16 + 1;
    kernels.hadamard(n, x, 0, y, 0, out, 0);
    kernels.scaledDifference(n, 0.1f, x, 0, y, 0, out, 0);
    kernels.scaledUpdate(n, 0.1f, x, 0, out, 0);
    kernels.relu(n, x, 0, out, 0);
    kernels.reluPrime(n, x, 0, out, 0);
    kernels.reluBackward(n, x, 0, out, 0);
    kernels.sigmoid(n, x, 0, out, 0);
    kernels.sigmoidPrime(n, x, 0, out, 0);
    kernels.sigmoidBackward(n, x, 0, out, 0);
    kernels.softmax(5, 10, x, 0, out, 0);
    kernels.softmaxBackward(5, 10, x, 0, out, 0);
    kernels.squaredErrors(5, 10, x, 0, y, 0, out, 0);
    kernels.columnSums(15, 17, 0, 17, x, 0, out, 0);
    kernels.firstNonFinite(n, x, 0);
  }
}
