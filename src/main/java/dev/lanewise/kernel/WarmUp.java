package dev.lanewise.kernel;

import dev.lanewise.kernel.Warmable.Loops;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
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

  /** Between looks at what C2 has done: it and the program need the processors more than they do. */
  private static final long PAUSE_NANOS = 4_000_000;

  /** What has been called so often C2 compiles, whatever loops it has. */
  static final int COMPILED_CALLS = 6_000;

  /** After so many calls HotSpot keeps account of what a method does. */
  private static final int COUNTED_CALLS = 1_000;

  /** Calls between two looks: the longer C2's queue is, the more calls it takes to get into it. */
  private static final int CALLS_A_LOOK = 200;

  /** Looks that see nothing. */
  private static final int BLIND_LOOKS = 500;

  /** Short calls in a round of examples. */
  private static final int SHORT_CALLS = 200;

  /** The same where they are of no elements at all: more, so that C2 does not take a loop for one that hardly turns. */
  private static final int EMPTY_CALLS = 1000;

  /** The elements of an example: seven vectors of the widest, and as many more as are not one. */
  static final int N = 7 * 16 + 15;

  /** More elements than one loop gets: C2 leaves out the way to a second where it has not seen it taken. */
  private static final int LONG = Kernels.LONGEST_LOOP + 31;

  /** The elements of an example of a kernel that takes long for each, such as exp. */
  static final int FEW = 16 + 15;

  /** As many that every tile is seen whole, and ending by each number of rows. */
  static final int MAX_ROWS = 12;

  static final int MAX_COLUMNS = Panels.WIDE + Panels.MEDIUM;
  private static final int MAX_FLOATS = Math.max(MAX_ROWS * MAX_COLUMNS, Panels.columns(LONG));

  private final Kernels kernels;
  private final Warmable warmable;
  private final long limitNanos;
  private final BooleanSupplier hurried;

  // What examples read and write, one stage after the other.
  final float[] x = new float[MAX_FLOATS];
  final float[] y = new float[MAX_FLOATS];
  final float[] out = new float[MAX_FLOATS];
  final float[] sums = new float[MAX_FLOATS];
  private final int[] order = new int[MAX_ROWS];

  /** Whether nothing of the stage allocates. */
  private boolean compiled;

  /** Whether the stage may be left for another, and whether it was. */
  private boolean mayBeLeft;
  private boolean left;

  /**
   * For one set of kernels.
   *
   * @param warmable the same one
   * @param hurried whether a stage that may be left should end now, even if its kernels are not compiled
   */
  WarmUp(Kernels kernels, Warmable warmable, BooleanSupplier hurried) {
    this(kernels, warmable, LIMIT_NANOS, hurried);
  }

  WarmUp(Kernels kernels, Warmable warmable, long limitNanos, BooleanSupplier hurried) {
    this.kernels = kernels;
    this.warmable = warmable;
    this.limitNanos = limitNanos;
    this.hurried = hurried;
    for (int i = 0; i < MAX_FLOATS; i++) { // of all kinds: the last elements are computed by scalar code, which has branches
      x[i] = (i % 5 - 2) * (1 << i % 7) / 2f;
      y[i] = i % 3 / 2f;
    }
    // Every class of vectors is loaded before anything is compiled: C2 throws away code that counted on having seen all.
    kernels.relu(FEW, x, 0, out, 0);
    kernels.firstNonFinite(FEW, x, 0);
    kernels.softmax(1, 10, 16, x, 0, out, 0);
  }

  Kernels kernels() {
    return kernels;
  }

  Warmable warmable() {
    return warmable;
  }

  /** Whether nothing of the stage so far allocates. */
  boolean isCompiled() {
    return compiled;
  }

  /** Runs a stage, and returns whether all its kernels are compiled, and compiled well: none of them allocates. */
  boolean run(Consumer<WarmUp> stage) {
    return run(stage, false);
  }

  /** The same of a stage that may end before its time: see {@link #wasLeft}. */
  boolean runOrLeave(Consumer<WarmUp> stage) {
    return run(stage, true);
  }

  private boolean run(Consumer<WarmUp> stage, boolean leave) {
    compiled = true;
    mayBeLeft = leave;
    left = false;
    stage.accept(this);
    return compiled;
  }

  /** Whether the last stage ended before its time, so that nothing is known about its kernels. */
  boolean wasLeft() {
    return left;
  }

  /** Whether the stage ends now, or has. */
  private boolean isLeft() {
    left |= mayBeLeft && hurried.getAsBoolean();
    return left;
  }

  /** What most networks need with each batch that is not a product. */
  void common() {
    showLoops(
        Loops.COMMON,
        Stream.concat(
            examples(n -> kernels.relu(n, x, 0, out, 0), n -> kernels.reluBackward(n, x, 0, out, 0)),
            Stream.of(ofRows())).toArray(Runnable[]::new));
  }

  private Runnable[] ofRows() {
    return new Runnable[] {
      () -> kernels.columnSums(9, 16, 0, 16, x, 0, out, 0),
      () -> kernels.columnSums(9, 144, 0, 144, x, 0, out, 0), // four vectors at a time, and more
      () -> kernels.columnSums(2, 528, 0, 528, x, 0, out, 0),
      () -> kernels.gather(9, 17, x, order, 0, out, 0, 32),
      () -> kernels.gather(9, 3, x, order, 0, out, 0, 16), // less than a vector
      () -> kernels.gather(2, 17, x, order, 0, out, 0, 32)
    };
  }

  // ------------------------------------------------------------------------------------------------- the two kinds of calls

  /**
   * Kernels of so many elements, whose vectors are all in one method each. Not those that call methods of ours with vectors:
   * where C2 takes such a call for rare, it leaves it a call, its vectors objects for good.
   */
  void showTogether(IntConsumer... kernels) {
    repeat(2 * SHORT_CALLS, kernels); // from some hundred calls on it is counted where they go
    for (IntConsumer kernel : kernels) {
      kernel.accept(LONG);
    }
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
  void show(Runnable... examples) {
    show(COMPILED_CALLS, times -> {}, 0, examples);
  }

  /** Examples of loops, which are called by themselves: compiled into their callers, they would not be compiled for others. */
  void showLoops(Loops loops, Runnable... examples) {
    show(COMPILED_CALLS / EMPTY_CALLS, times -> warmable.callWithoutTurns(loops, times), EMPTY_CALLS, examples);
  }

  /** The same of kernels of so many elements. */
  void showLoops(Loops loops, IntConsumer... kernels) {
    showLoops(loops, examples(kernels).toArray(Runnable[]::new));
  }

  /**
   * Runs the examples for so many rounds, the short calls so many times before each, and waits until no example allocates.
   * Examples go on meanwhile, one for each {@value #CALLS_A_LOOK} short calls: C2 compiles what is rare as if it did not matter.
   */
  void show(int rounds, IntConsumer shortCalls, int times, Runnable... examples) {
    for (int round = 0; round < rounds; round++) {
      runRound(shortCalls, times, examples);
    }
    awaitC2(shortCalls, Math.min(times, CALLS_A_LOOK), examples);
  }

  /**
   * What programs wait for: each example once, as soon as it counts, and all short calls behind it, so that C2 comes to the kernels before
   * it comes to much of what examples make hot.
   */
  void showOnce(IntConsumer shortCalls, Runnable... examples) {
    runRound(shortCalls, COUNTED_CALLS, examples);
    if (!isLeft()) {
      shortCalls.accept(COMPILED_CALLS - COUNTED_CALLS);
    }
    awaitC2(shortCalls, CALLS_A_LOOK, examples);
  }

  private void runRound(IntConsumer shortCalls, int times, Runnable... examples) {
    if (!isLeft()) {
      shortCalls.accept(times);
    }
    for (int i = 0; i < examples.length && !isLeft(); i++) {
      examples[i].run();
    }
  }

  private void awaitC2(IntConsumer shortCalls, int shortCallsALook, Runnable... examples) {
    int examplesALook = shortCallsALook == 0 ? CALLS_A_LOOK : 1;
    long begin = System.nanoTime();
    int done = 0;
    for (int look = 0; done < examples.length && isGoingOn(begin, look) && !isLeft(); look++) {
      if (allocatesNothing(examples[done])) {
        done++;
      } else {
        shortCalls.accept(shortCallsALook);
        for (int i = 0; i < examplesALook; i++) {
          examples[(look + i) % examples.length].run(); // so that none is forgotten
        }
        var _ = Thread.interrupted(); // nobody's but ours: it would not park any more
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    compiled &= !left && (done == examples.length || Hotspot.allocatedBytes() < 0);
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
