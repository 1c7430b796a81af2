package dev.lanewise.engine;

import dev.lanewise.nn.Dense;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Epoch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How far a fit is, beside the parameters themselves: with both it can go on as if it had never stopped.
 */
public final class Run {

  final OptimizerState optimizer;
  private final ArrayList<Epoch> epochs = new ArrayList<>();
  private final List<Epoch> view = Collections.unmodifiableList(epochs);
  private LayerParameters[] best;
  private int bestEpoch;

  /** The start of a run of an optimizer over layers of these shapes. */
  public Run(Optimizer optimizer, List<Dense> shapes) {
    this.optimizer = new OptimizerState(optimizer, shapes);
  }

  /** The optimizer whose memory this is. */
  public Optimizer optimizer() {
    return optimizer.optimizer;
  }

  /** The epochs so far. */
  public List<Epoch> epochs() {
    return view;
  }

  /** The number of the epoch of the {@linkplain #best best} parameters; 0 where none are kept. */
  public int bestEpoch() {
    return bestEpoch;
  }

  /** Makes room for so many epochs. */
  void expect(int count) {
    epochs.ensureCapacity(Math.min(count, 1 << 16));
  }

  void add(Epoch epoch) {
    epochs.add(epoch);
  }

  /** Keeps a copy of the parameters of an epoch. */
  void keep(int epoch, LayerParameters[] parameters) {
    bestEpoch = epoch;
    if (best == null) {
      best = new LayerParameters[parameters.length];
      Arrays.setAll(best, l -> parameters[l].copy());
      return;
    }
    for (int l = 0; l < best.length; l++) {
      best[l].copyFrom(parameters[l]);
    }
  }

  LayerParameters[] best() {
    return best;
  }
}
