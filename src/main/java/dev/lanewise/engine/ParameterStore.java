package dev.lanewise.engine;

import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.LineArrays;
import dev.lanewise.nn.Dense;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The parameters of a network as the world sees them. A reader gets one consistent set for as long as it needs, from any
 * thread and without waiting, except the one call that copies parameters that are often read to cache lines; a fit publishes a
 * new set at the end of each epoch, into arrays that nobody reads any more.
 */
public final class ParameterStore {

  /** After so many blocks of rows parameters are read often: some ten milliseconds of predictions, more than a copy takes. */
  static final int OFTEN = 2000;

  private final List<Dense> layers;

  /** What can be published again once nobody reads it. */
  private final List<Parameters> sets = new ArrayList<>();

  private volatile Parameters current;
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean isReadOften;

  /** What parameters begin with. */
  @FunctionalInterface
  public interface Start {
    /** One array of layer l, row-major, or null for what a new layer has: weights and biases of 0, scales of 1. */
    float[] get(int l, ParameterKind kind);
  }

  /**
   * Publishes parameters to start with.
   *
   * @param epochs how many epochs have been trained into them
   * @param loss that of the last fit
   */
  public ParameterStore(List<Dense> layers, long epochs, LastLoss loss, Start start) {
    this.layers = List.copyOf(layers);
    for (Dense layer : layers) {
      KernelProvider.expectProducts(layer.outputs());
    }
    Parameters first = new Parameters(this.layers);
    for (int l = 0; l < layers.size(); l++) {
      for (ParameterKind kind : ParameterKind.values()) {
        float[] values = kind.isIn(layers.get(l)) ? start.get(l, kind) : null;
        if (values != null) {
          first.set(l, kind, values);
        }
      }
    }
    first.epochs = epochs;
    first.loss = loss;
    sets.add(first);
    current = first;
  }

  private ParameterStore(List<Dense> layers, Parameters first) {
    this.layers = layers;
    sets.add(first);
    current = first;
    isReadOften = true;
  }

  /** A store of its own for a copy of the current parameters that is read again and again. */
  public ParameterStore forServing() {
    Parameters set = acquire();
    try {
      return new ParameterStore(layers, set.copy(LineArrays.shared()));
    } finally {
      release(set);
    }
  }

  /** The layers whose parameters these are. */
  public List<Dense> layers() {
    return layers;
  }

  /** How many epochs have been trained into the current parameters. */
  public long epochs() {
    Parameters set = acquire();
    try {
      return set.epochs();
    } finally {
      release(set);
    }
  }

  /** The current parameters, which stay as they are until {@link #release}. */
  public Parameters acquire() {
    while (true) {
      Parameters set = current;
      set.readers.incrementAndGet();
      // A set that is still current now was not up for reuse when the count went up.
      if (set == current) {
        return set;
      }
      set.readers.decrementAndGet();
    }
  }

  /** Ends a use that began with {@link #acquire}. */
  public void release(Parameters set) {
    set.readers.decrementAndGet();
  }

  /** Says that so many blocks of rows were predicted; where that happens often, parameters move to where it is fastest. */
  void wasRead(int blocks) {
    if (isReadOften) {
      return;
    }
    int before = reads.getAndAdd(blocks);
    if (before < OFTEN && before + blocks >= OFTEN) { // of one thread alone: no other waits for it
      moveToLines();
    }
  }

  private synchronized void moveToLines() {
    Parameters moved;
    try {
      moved = current.onLines(LineArrays.shared());
    } catch (OutOfMemoryError e) {
      return; // the prediction that came here is done, and nothing but the speed of others depends on this
    }
    isReadOften = true;
    if (moved != current) {
      // Neither is published again: they share layers that somebody may read still.
      current = moved;
      sets.clear();
    }
  }

  /** Replaces one array of layer l by a row-major one. */
  public synchronized void replace(int l, ParameterKind kind, float[] values) {
    Parameters next = unused();
    next.copyFrom(current.layers());
    next.set(l, kind, values);
    next.epochs = current.epochs;
    next.loss = current.loss;
    current = next;
  }

  /** Makes copies of these the current parameters, which were trained on that loss. */
  synchronized void publish(LayerParameters[] parameters, long epochsTrained, LastLoss loss) {
    Parameters next = unused();
    next.copyFrom(parameters);
    next.epochs = epochsTrained;
    next.loss = loss;
    current = next;
  }

  /** A set that nobody reads. One other is kept: there may have been many readers at once, but some keep a set over an epoch. */
  private Parameters unused() {
    Parameters unused = null;
    boolean other = false;
    for (int i = sets.size() - 1; i >= 0; i--) { // without an iterator, which C2 does not always do without
      Parameters set = sets.get(i);
      if (set == current || set.readers.get() > 0) {
        continue;
      }
      if (unused == null) {
        unused = set;
      } else if (other) {
        sets.remove(i);
      } else {
        other = true;
      }
    }
    if (unused != null) {
      return unused;
    }
    Parameters set = isReadOften ? new Parameters(layers, LineArrays.shared()) : new Parameters(layers);
    sets.add(set);
    return set;
  }
}
