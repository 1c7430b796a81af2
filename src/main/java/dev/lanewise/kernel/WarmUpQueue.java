package dev.lanewise.kernel;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The kernels that are to be brought to speed, the most urgent first, by one daemon thread that ends when nothing is
 * left. One after the other, since they share one compiler, and what is used before it is compiled may be compiled
 * badly for good.
 */
final class WarmUpQueue {

  /** What a stage is to those who wait for it, the most urgent first. */
  enum Urgency {
    /** Products are nearly all that a large network computes. */
    PRODUCTS,

    /** What somebody has asked for. */
    WANTED,

    /** What gains large networks something. */
    FINER,

    /** What nobody waits for. */
    LAST
  }

  private final Supplier<WarmUp> starts;
  private final Consumer<LinkageError> failed;
  private final Map<Urgency, Queue<Consumer<WarmUp>>> stages = new EnumMap<>(Urgency.class);
  private boolean running;

  /** Whether a stage failed, after which there are no more. */
  private boolean stopped;

  /** What the thread works on, or null. */
  private Urgency now;

  /**
   * A queue without a stage.
   *
   * @param starts called by the thread before its first stage, and again by each later thread
   * @param failed told once why nothing can be brought to speed
   */
  WarmUpQueue(Supplier<WarmUp> starts, Consumer<LinkageError> failed) {
    this.starts = starts;
    this.failed = failed;
    for (Urgency urgency : Urgency.values()) {
      stages.put(urgency, new ArrayDeque<>());
    }
  }

  /** Adds a stage, behind those as urgent. */
  synchronized void add(Urgency urgency, Consumer<WarmUp> stage) {
    if (stopped) {
      return;
    }
    stages.get(urgency).add(stage);
    if (!running) {
      Thread.ofPlatform().daemon().name("lanewise-warm-up").start(this::work);
      running = true;
    }
  }

  /** Waits until no stage as urgent as that is left, for so long at most. */
  synchronized void await(Urgency least, long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; left > 0 && isBusyWith(least);) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  private boolean isBusyWith(Urgency least) {
    boolean busy = now != null && now.compareTo(least) <= 0;
    for (var waiting : stages.entrySet()) {
      busy |= !waiting.getValue().isEmpty() && waiting.getKey().compareTo(least) <= 0;
    }
    return busy;
  }

  private void work() {
    boolean ended = false;
    try {
      WarmUp warmUp = starts.get();
      for (var stage = next(); stage != null; stage = next()) {
        stage.accept(warmUp);
      }
      ended = true;
    } catch (LinkageError e) {
      failed.accept(e);
    } finally {
      if (!ended) {
        stop();
      }
    }
  }

  /** The most urgent stage; null ends the thread. */
  private synchronized Consumer<WarmUp> next() {
    now = null;
    Consumer<WarmUp> next = null;
    for (var waiting : stages.entrySet()) {
      if (next == null && !waiting.getValue().isEmpty()) {
        now = waiting.getKey();
        next = waiting.getValue().remove();
      }
    }
    running = next != null;
    notifyAll();
    return next;
  }

  /** Forgets what is left: nobody will do it. */
  private synchronized void stop() {
    stopped = true;
    now = null;
    stages.values().forEach(Queue::clear);
    notifyAll();
  }
}
