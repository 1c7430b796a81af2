package dev.lanewise.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed number of threads, the caller among them, that run the parts of one task and meet at its end. A task costs no
 * allocation. Waiting threads spin for some microseconds, since a training step has phases that short, then ask again and again but let
 * others have the processor first, and park after some milliseconds.
 */
public final class Team implements AutoCloseable {

  /** One thread's share of a task. */
  @FunctionalInterface
  public interface Task {
    /** Runs part {@code index} of {@code parts}; the parts together do the whole. */
    void part(int index, int parts);
  }

  private static final long SPIN_NANOS = 20_000;

  /**
   * How long a thread waits before it parks. Parts are divided evenly, but processors that others use too, or that are not all alike,
   * end them tens or hundreds of microseconds apart, and waking a thread takes as long again. Between two looks it yields: two fits
   * that share two processors would otherwise spin the time away that the other could use.
   *
   * <p>Longer than a thread of the system keeps another of the team from its processor: a processor whose thread parks is idle, and takes
   * the one that was held up, which then stays there.
   */
  private static final long WAIT_NANOS = 5_000_000;

  /** A yield that takes so long has most likely let another thread have the processor: alone, it is a microsecond or less. */
  private static final long SHARED_NANOS = 20_000;

  private final int size;
  private final boolean spin;
  private final Thread[] workers;
  private final AtomicInteger unfinished = new AtomicInteger();
  private final Thread[] caller = new Thread[1];
  private int started;
  private volatile int round;
  private volatile boolean closed;
  private volatile Throwable failure;
  private Task task;

  /**
   * Starts {@code size − 1} daemon threads beside the caller's own.
   *
   * @throws IllegalArgumentException if the system does not give so many
   */
  public Team(int size) {
    this.size = size;
    this.spin = size <= Runtime.getRuntime().availableProcessors();
    this.workers = new Thread[size - 1];
    for (int i = 0; i < workers.length; i++) {
      int index = i + 1;
      try {
        workers[i] = Thread.ofPlatform().daemon().name("lanewise-" + index).start(() -> work(index));
      } catch (OutOfMemoryError e) {
        close(); // those that there are would wait for ever
        String message = e.getMessage();
        if (message == null || !message.contains("thread")) { // of the heap, which it rarely is
          throw e;
        }
        throw new IllegalArgumentException(
            "a fit on " + size + " threads needs " + (size - 1) + " beside its own, but only " + i + " could be started", e);
      }
    }
  }

  /** The number of threads, the caller among them. */
  public int size() {
    return size;
  }

  /**
   * Runs all parts, part 0 on the calling thread, and returns when the last has ended; one caller at a time. What a part throws is thrown
   * here, when all have ended: of several, that of part 0, with another as suppressed, or of any other.
   *
   * @throws IllegalStateException if the team is closed: nobody would run the other parts
   */
  public void run(Task work) {
    if (closed) {
      throw new IllegalStateException("the team is closed");
    }
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
    } catch (Throwable e) {
      awaitWorkers();
      if (failure != null && !e.equals(failure)) { // which would not suppress itself
        e.addSuppressed(failure);
      }
      throw e;
    }
    awaitWorkers();
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw unchecked(thrown);
    }
  }

  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown); // which no part may throw
  }

  /** An interrupt waits until all parts have ended, or parking would return at once, again and again. */
  private void awaitWorkers() {
    boolean interrupted = false;
    long start = System.nanoTime();
    while (unfinished.get() != 0) {
      interrupted |= Thread.interrupted();
      boolean _ = waitSince(start, false);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(int index) {
    int seen = 0;
    boolean shared = false; // the processor, with another thread, while this one waited
    while (true) {
      boolean parks = shared;
      shared = false;
      long start = System.nanoTime();
      while (round == seen && !closed) {
        var _ = Thread.interrupted(); // by what a part called: see awaitWorkers
        shared |= waitSince(start, parks);
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

  /**
   * Waits a moment of a wait that began then, or parks; whether another thread seems to have had the processor meanwhile. An unpark that
   * came earlier makes a park return at once.
   *
   * <p>Two threads of a team that the system has put on one processor would take turns there for tens of milliseconds: it leaves threads
   * that are never asleep where they are, but mostly wakes one that is where nobody runs. So who shared its processor parks the next time;
   * not the caller, as one of two that moves is enough.
   */
  @SuppressWarnings("ThreadPriorityCheck") // nothing depends on what a yield does: it is a look at the same condition later
  private boolean waitSince(long start, boolean parks) {
    long now = System.nanoTime();
    long waited = spin && !parks ? now - start : WAIT_NANOS;
    if (waited < SPIN_NANOS) {
      Thread.onSpinWait();
      return false;
    }
    if (waited < WAIT_NANOS) {
      Thread.yield();
      return System.nanoTime() - now > SHARED_NANOS;
    }
    LockSupport.park(this);
    return false;
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
