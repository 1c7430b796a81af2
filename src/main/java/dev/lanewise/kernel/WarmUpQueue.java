package dev.lanewise.kernel;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
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

    /** What gains large networks something. */
    FINER,

    /** What somebody has asked for. */
    WANTED,

    /** What gains fewer of them something. */
    LAST
  }

  private final Supplier<WarmUp> starts;
  private final Consumer<LinkageError> failed;
  private final Map<Urgency, Queue<Consumer<WarmUp>>> stages = new EnumMap<>(Urgency.class);
  private boolean running;

  /** Whether a stage failed, after which there are no more. */
  private boolean stopped;

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
    Consumer<WarmUp> next = null;
    for (Queue<Consumer<WarmUp>> waiting : stages.values()) {
      if (next == null && !waiting.isEmpty()) {
        next = waiting.remove();
      }
    }
    running = next != null;
    return next;
  }

  /** Forgets what is left: nobody will do it. */
  private synchronized void stop() {
    stopped = true;
    stages.values().forEach(Queue::clear);
  }
}
