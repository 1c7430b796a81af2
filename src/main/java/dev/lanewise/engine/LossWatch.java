package dev.lanewise.engine;

import dev.lanewise.train.EarlyStopping;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.ReduceOnPlateau;
import java.util.Objects;

/**
 * What the losses so far say about the epochs to come: which epoch was the best, whether the fit is over, and by how much the
 * learning rate is reduced. It depends on nothing but the epochs, so that a resumed fit is told them and goes on.
 */
final class LossWatch {

  private final EarlyStopping stopping;
  private final ReduceOnPlateau reduction;

  private Epoch best;
  private Epoch last;

  private double factor = 1;
  private double lowest = Double.POSITIVE_INFINITY;
  private int waited;

  /**
   * @param stopping when the fit ends before its last epoch, or null
   * @param reduction how the learning rate is reduced, or null
   * @param epochs those so far
   */
  LossWatch(EarlyStopping stopping, ReduceOnPlateau reduction, Iterable<Epoch> epochs) {
    this.stopping = stopping;
    this.reduction = reduction;
    for (Epoch epoch : epochs) {
      add(epoch);
    }
  }

  /** What goes on from where another is, and leaves that as it is. */
  LossWatch(LossWatch other) {
    stopping = other.stopping;
    reduction = other.reduction;
    best = other.best;
    last = other.last;
    factor = other.factor;
    lowest = other.lowest;
    waited = other.waited;
  }

  /** Whether these are what it goes by. */
  boolean isBy(EarlyStopping otherStopping, ReduceOnPlateau otherReduction) {
    return Objects.equals(stopping, otherStopping) && Objects.equals(reduction, otherReduction);
  }

  void add(Epoch epoch) {
    last = epoch;
    if (stopping != null && (best == null || epoch.monitored() < best.monitored() - stopping.minDelta())) {
      best = epoch;
    }
    if (reduction != null) {
      reduce(epoch.monitored());
    }
  }

  private void reduce(double loss) {
    if (loss < lowest) {
      lowest = loss;
      waited = 0;
    } else if (++waited >= reduction.patience()) {
      factor *= reduction.factor();
      waited = 0;
    }
  }

  /** The number of the epoch whose loss counts as the lowest; 0 in a fit that does not stop early, or before its first. */
  int best() {
    return best == null ? 0 : best.number();
  }

  /** Whether the fit stops early, now. */
  boolean isOver() {
    return best != null && last.number() - best.number() >= stopping.patience();
  }

  /** What the learning rate is multiplied by after these epochs. */
  double factor() {
    return factor;
  }
}
