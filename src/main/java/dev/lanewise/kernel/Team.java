package dev.lanewise.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed number of threads, the caller among them, that run the parts of one task and meet at its end. A task costs no
 * allocation. Waiting threads spin for some microseconds, since a training step has phases that short, and then park.
 */
public final class Team implements AutoCloseable {

  /** One thread's share of a task. */
  @FunctionalInterface
  public interface Task {
    /** Runs part {@code index} of {@code parts}; the parts together do the whole. */
    void part(int index, int parts);
  }

  private static final long SPIN_NANOS = 20_000;

  private final int size;
  private final boolean spin;
  private final Thread[] workers;
  private final AtomicInteger unfinished = new AtomicInteger();
  private final Thread[] caller = new Thread[1];
  private int started;
  private volatile int round;
  private volatile boolean closed;
  private volatile Throwable failure;
  private Task task = (index, parts) -> {};

  /** Starts {@code size − 1} daemon threads beside the caller's own. */
  public Team(int size) {
    this.size = size;
    this.spin = size <= Runtime.getRuntime().availableProcessors();
    this.workers = new Thread[size - 1];
    boolean all = false;
    try {
      for (int i = 0; i < workers.length; i++) {
        int index = i + 1;
        workers[i] = Thread.ofPlatform().daemon().name("lanewise-" + index).start(() -> work(index));
      }
      all = true;
    } finally {
      if (!all) { // the system has no more threads to give: those that it gave are not to wait for ever
        close();
      }
    }
  }

  /** The number of threads, the caller among them. */
  public int size() {
    return size;
  }

  /** Runs all parts, part 0 on the calling thread, and returns when the last has ended; one caller at a time. */
  public void run(Task work) {
    if (size == 1) {
      work.part(0, 1);
      return;
    }
    task = work;
    failure = null; // of an earlier task, if part 0 failed too
    caller[0] = Thread.currentThread();
    unfinished.set(workers.length);
    round = ++started;
    for (Thread worker : workers) {
      LockSupport.unpark(worker);
    }
    try {
      work.part(0, size);
    } finally {
      awaitWorkers();
    }
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("a part of a training step failed: " + thrown, thrown);
    }
  }

  private void awaitWorkers() {
    long deadline = System.nanoTime() + SPIN_NANOS;
    while (unfinished.get() != 0) {
      waitUntil(deadline);
    }
  }

  private void work(int index) {
    int seen = 0;
    while (true) {
      long deadline = System.nanoTime() + SPIN_NANOS;
      while (round == seen && !closed) {
        waitUntil(deadline);
      }
      if (closed) {
        return;
      }
      seen = round;
      try {
        task.part(index, size);
      } catch (Throwable thrown) { // reported by run() on the calling thread
        failure = thrown;
      }
      if (unfinished.decrementAndGet() == 0) {
        LockSupport.unpark(caller[0]);
      }
    }
  }

  /** Spins until the deadline, then parks; an unpark that came earlier makes the park return at once. */
  private void waitUntil(long deadline) {
    if (spin && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    } else {
      LockSupport.park(this);
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    for (Thread worker : workers) {
      LockSupport.unpark(worker);
    }
  }
}
