package dev.lanewise.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a cache line takes from one thread to another. Threads that share a batch wait for each other's lines several times a step, and
 * the processors of a virtual machine may be neighbours one minute and far from each other the next.
 */
final class LinePassing {

  /** How often the line goes there and back; the first half is not timed. */
  private static final int ROUNDS = 20_000;

  private static final int LOOKS_OF_A_TURN = 10_000;

  private static final VarHandle LINE = line();

  private int line;

  private LinePassing() {}

  private static VarHandle line() {
    try {
      return MethodHandles.lookup().findVarHandle(LinePassing.class, "line", int.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.toString(), e);
    }
  }

  /** Nanoseconds for a line to go one way, between this thread and another. */
  static double nanos() {
    return new LinePassing().measure();
  }

  private double measure() {
    Thread other = Thread.ofPlatform().daemon().start(() -> {
      for (int i = 0; i < ROUNDS; i++) {
        await(2 * i + 1);
        LINE.setRelease(this, 2 * i + 2);
      }
    });
    long begin = 0;
    for (int i = 0; i < ROUNDS; i++) {
      if (i == ROUNDS / 2) {
        begin = System.nanoTime();
      }
      LINE.setRelease(this, 2 * i + 1);
      await(2 * i + 2);
    }
    double nanos = (System.nanoTime() - begin) / (double) ROUNDS; // half of them, two ways each
    try {
      other.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return nanos;
  }

  private void await(int value) {
    for (int looks = 1; (int) LINE.getAcquire(this) != value; looks++) {
      if (looks % LOOKS_OF_A_TURN == 0) {
        LockSupport.parkNanos(1); // the other may have no processor
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
