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

  /** How soon a stage is wanted, the most urgent first. */
  enum Urgency {
    /** Products are nearly all that a large network computes. */
    PRODUCTS,

    /** What somebody has asked for. */
    WANTED,

    /** What gains large networks much, once there is what they cannot do without. */
    FINER,

    /** What gains little, or few of them: not before a pause, in which the program has the processors for itself. */
    LAST
  }

  private static final long PAUSE_NANOS = 500_000_000;

  private final Supplier<WarmUp> starts;
  private final Consumer<LinkageError> failed;
  private final long pauseNanos;
  private final Map<Urgency, Queue<Consumer<WarmUp>>> stages = new EnumMap<>(Urgency.class);
  private boolean running;

  /** Of the stage that is running, or was the last to; null where there is no thread. */
  private Urgency current;

  /** Whether a stage failed, after which there are no more. */
  private boolean stopped;

  /**
   * A queue without a stage.
   *
   * @param starts called by the thread before its first stage, and again by each later thread
   * @param failed told once why nothing can be brought to speed
   */
  WarmUpQueue(Supplier<WarmUp> starts, Consumer<LinkageError> failed) {
    this(starts, failed, PAUSE_NANOS);
  }

  WarmUpQueue(Supplier<WarmUp> starts, Consumer<LinkageError> failed, long pauseNanos) {
    this.starts = starts;
    this.failed = failed;
    this.pauseNanos = pauseNanos;
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
    notifyAll();
    if (!running) {
      Thread.ofPlatform().daemon().name("lanewise-warm-up").start(this::work);
      running = true;
    }
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
    if (current != null && current != Urgency.LAST && mostUrgent() == Urgency.LAST) {
      pause();
    }
    current = mostUrgent();
    running = current != null;
    return running ? stages.get(current).remove() : null;
  }

  private Urgency mostUrgent() {
    for (Map.Entry<Urgency, Queue<Consumer<WarmUp>>> waiting : stages.entrySet()) {
      if (!waiting.getValue().isEmpty()) {
        return waiting.getKey();
      }
    }
    return null;
  }

  /** Until something is more urgent than LAST, or for so long. */
  private void pause() {
    long end = System.nanoTime() + pauseNanos;
    try {
      for (long left = pauseNanos; left > 0 && mostUrgent() == Urgency.LAST; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody's but ours
    }
  }

  /** Forgets what is left: nobody will do it. */
  private synchronized void stop() {
    stopped = true;
    stages.values().forEach(Queue::clear);
  }
}
