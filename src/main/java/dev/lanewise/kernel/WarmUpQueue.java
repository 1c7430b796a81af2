package dev.lanewise.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The kernels that are to be brought to speed, the most urgent first, by one daemon thread that ends when nothing is
 * left. One after the other, since they share one compiler, and what is used before it is compiled may be compiled
 * badly for good.
 */
final class WarmUpQueue {

  /** How soon a stage is wanted, the most urgent first. */
  enum Urgency {
    /** Products are nearly all that a large network computes. */
    PRODUCTS,

    /** What somebody has asked for. */
    WANTED,

    /** What gains large networks much, once there is what they cannot do without. */
    FINER,

    /** What somebody has asked for, but is little beside all else in the same steps. */
    SMALL,

    /**
     * What gains little, or few of them: not before a pause, in which the program has the processors for itself, and left again for what
     * is more urgent.
     */
    LAST
  }

  private static final Urgency[] URGENCIES = Urgency.values();

  private static final long PAUSE_NANOS = 500_000_000;

  /** How often a stage is tried that found no memory, with a pause between, before it waits until somebody asks for a thread. */
  private static final int TRIES = 20;

  private final Supplier<WarmUp> first;
  private final Consumer<Throwable> failed;
  private final long pauseNanos;
  private final Map<Urgency, Deque<Consumer<WarmUp>>> stages = new EnumMap<>(Urgency.class);
  private boolean running;

  /** Of the stage that is running, or was the last to; null where there is no thread. */
  private Urgency current;

  /** Whether a stage failed, after which there are no more. */
  private boolean stopped;

  /**
   * A queue without a stage.
   *
   * @param first called by the thread before its first stage, and again by each later thread
   * @param failed told why nothing can be brought to speed: of {@link OutOfMemoryError} for now, of all else for good
   */
  WarmUpQueue(Supplier<WarmUp> first, Consumer<Throwable> failed) {
    this(first, failed, PAUSE_NANOS);
  }

  WarmUpQueue(Supplier<WarmUp> first, Consumer<Throwable> failed, long pauseNanos) {
    this.first = first;
    this.failed = failed;
    this.pauseNanos = pauseNanos;
    for (Urgency urgency : URGENCIES) {
      stages.put(urgency, new ArrayDeque<>());
    }
  }

  /** Adds a stage, behind those as urgent. */
  synchronized void add(Urgency urgency, Consumer<WarmUp> stage) {
    if (stopped) {
      return;
    }
    stages.get(urgency).add(stage);
    notifyAll();
    startIfNone();
  }

  /** Has the stages that wait run, if there was no thread for them. */
  synchronized void startIfNone() {
    if (!running && mostUrgent() != null) {
      running = startsThread();
    }
  }

  /** Whether somebody waits for another stage than the one that runs, whose turn comes last. */
  synchronized boolean isHurried() {
    return current == Urgency.LAST && mostUrgent() != null && mostUrgent() != Urgency.LAST;
  }

  /** Whether the thread was started. Else the system has no more threads to give now, and with the next layer it is asked again. */
  private boolean startsThread() {
    try {
      // Nothing of whoever happens to be first, whose class loader could not go for as long.
      Thread thread = Thread.ofPlatform().daemon().name("lanewise-warm-up").inheritInheritableThreadLocals(false).unstarted(this::work);
      thread.setContextClassLoader(WarmUpQueue.class.getClassLoader());
      thread.start();
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  private void work() {
    try {
      runAll();
    } catch (LinkageError | OutOfMemoryError e) {
      fail(e);
    } catch (Throwable e) { // a mistake of ours: with its trace
      fail(e);
      throw e;
    }
  }

  /**
   * Where there is no memory, others may have left some after a pause: what failed is tried again. After so many tries this thread ends, and
   * what is left waits for the next, as the heap of a program is seldom full for good.
   */
  private void runAll() {
    WarmUp warmUp = null;
    Consumer<WarmUp> stage = null;
    int tries = 0;
    while (true) {
      try {
        if (warmUp == null) {
          warmUp = first.get();
        }
        for (stage = stage == null ? next() : stage; stage != null; stage = next()) {
          stage.accept(warmUp);
          tries = 0;
        }
        return;
      } catch (OutOfMemoryError e) {
        if (++tries == TRIES) {
          leave(stage);
          tell(e);
          return;
        }
        var _ = Thread.interrupted(); // as in pause()
        LockSupport.parkNanos(this, pauseNanos);
      }
    }
  }

  /** Ends the thread before this stage, if it has come to one. */
  private synchronized void leave(Consumer<WarmUp> stage) {
    if (stage != null) {
      stages.get(current).addFirst(stage);
    }
    current = null;
    running = false;
  }

  private void tell(OutOfMemoryError e) {
    try {
      failed.accept(e);
    } catch (OutOfMemoryError | LinkageError another) {
      // Nor is there any to say so: to put a sentence together is linked when it is first done.
    }
  }

  /** The most urgent stage; null ends the thread. */
  private synchronized Consumer<WarmUp> next() {
    if (current != null && current != Urgency.LAST && mostUrgent() == Urgency.LAST) {
      pause();
    }
    current = mostUrgent();
    running = current != null;
    return running ? stages.get(current).remove() : null;
  }

  /** Without an iterator: a fit asks in its first epoch, which allocates nothing. */
  private Urgency mostUrgent() {
    for (Urgency urgency : URGENCIES) {
      if (!stages.get(urgency).isEmpty()) {
        return urgency;
      }
    }
    return null;
  }

  /** Until something is more urgent than LAST, or for so long. */
  private void pause() {
    long end = System.nanoTime() + pauseNanos;
    for (long left = pauseNanos; left > 0 && mostUrgent() == Urgency.LAST; left = end - System.nanoTime()) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        // The thread is nobody's but ours. Whoever interrupts all of a group that it happens to be in means others.
      }
    }
  }

  private void fail(Throwable e) {
    stop();
    try {
      failed.accept(e);
    } catch (Throwable another) {
      if (!another.equals(e)) { // the JVM has one OutOfMemoryError for where it can make none
        another.addSuppressed(e);
      }
      throw another;
    }
  }

  /** Forgets what is left: nobody will do it. Allocates nothing, since there may be nothing. */
  private synchronized void stop() {
    stopped = true;
    for (Urgency urgency : URGENCIES) {
      stages.get(urgency).clear();
    }
  }
}
