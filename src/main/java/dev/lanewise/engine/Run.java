package dev.lanewise.engine;

import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.EarlyStopping;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.ReduceOnPlateau;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * How far a fit is, beside the parameters themselves: with both it can go on as if it had never stopped.
 */
public final class Run {

  /** Where a file has its arrays. */
  @FunctionalInterface
  public interface Arrays {
    /** The array of a name, row-major, if it has this shape. */
    Matrix get(String name, int rows, int cols);
  }

  /**
   * The most epochs that a run which is trained call by call remembers, and whose history surely fits into the header of a file: of 16 MiB,
   * with six numbers of up to 25 characters for each.
   */
  public static final int LONGEST_HISTORY = 100_000;

  /** More epochs have the numbers of those before them again. */
  private static final int MOST_COUNTED = Integer.MAX_VALUE - 2 * LONGEST_HISTORY;

  private static final String BEST = "best.layers.";

  private final List<Dense> shapes;
  final OptimizerState optimizer;
  private final ArrayList<Epoch> epochs = new ArrayList<>();
  private final List<Epoch> view = Collections.unmodifiableList(epochs);

  /** How many epochs were before those that are remembered. */
  private int forgotten;

  /** What the forgotten ones said, to the last options that they were asked by; null where there are none. */
  private LossWatch watchOfForgotten;

  private LayerParameters[] best;
  private int bestEpoch;

  /** What the epochs so far say; null until somebody asks. */
  private LossWatch watch;

  /** The start of a run of an optimizer over layers of these shapes. */
  public Run(Optimizer optimizer, List<Dense> shapes) {
    this.shapes = List.copyOf(shapes);
    this.optimizer = new OptimizerState(optimizer, this.shapes);
  }

  /** The run that a file tells of: so many steps, these epochs, and the arrays that {@link #write} handed out. */
  public static Run read(
      Optimizer optimizer, List<Dense> shapes, long steps, List<Epoch> epochs, int bestEpoch, Arrays arrays) {
    Run run = new Run(optimizer, shapes);
    run.optimizer.steps = steps;
    run.optimizer.read(arrays);
    run.epochs.addAll(epochs);
    if (bestEpoch > 0) {
      run.bestEpoch = bestEpoch;
      run.best = new LayerParameters[shapes.size()];
      for (int l = 0; l < run.best.length; l++) {
        run.best[l] = new LayerParameters(shapes.get(l));
        for (ParameterKind kind : kinds(shapes.get(l))) {
          Dense layer = shapes.get(l);
          run.best[l].set(kind, arrays.get(name(l, kind), kind.rows(layer), layer.outputs()).data());
        }
      }
    }
    return run;
  }

  /** Hands out copies of all arrays that have to be kept for the run to go on, by name. */
  public void write(BiConsumer<String, Matrix> out) {
    optimizer.write(out);
    for (int l = 0; best != null && l < best.length; l++) {
      for (ParameterKind kind : kinds(shapes.get(l))) {
        Dense layer = shapes.get(l);
        out.accept(name(l, kind), Matrix.of(kind.rows(layer), layer.outputs(), best[l].get(kind)));
      }
    }
  }

  /**
   * The arrays that {@link #write} hands out of a run of an optimizer over layers.
   *
   * @param best whether the best parameters are among them
   */
  public static List<SavedArray> arrays(Optimizer optimizer, List<Dense> shapes, boolean best) {
    List<SavedArray> arrays = OptimizerState.arrays(optimizer, shapes);
    for (int l = 0; best && l < shapes.size(); l++) {
      for (ParameterKind kind : kinds(shapes.get(l))) {
        arrays.add(kind.in(shapes.get(l), BEST + l + "."));
      }
    }
    return arrays;
  }

  private static String name(int l, ParameterKind kind) {
    return BEST + l + "." + kind.id();
  }

  private static List<ParameterKind> kinds(Dense layer) {
    return Stream.of(ParameterKind.values()).filter(kind -> kind.isIn(layer)).toList();
  }

  /** How many steps have been taken. */
  public long steps() {
    return optimizer.steps;
  }

  /** The optimizer whose memory this is. */
  public Optimizer optimizer() {
    return optimizer.optimizer;
  }

  /** The epochs so far, or the last of them where {@link #count} says more. */
  public List<Epoch> epochs() {
    return view;
  }

  /** How many epochs there were. */
  public int count() {
    return forgotten + epochs.size();
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

  /** Forgets epochs once they are more than {@link #LONGEST_HISTORY}: a network that is trained call by call may live for years. */
  void forgetMany() {
    if (epochs.size() > LONGEST_HISTORY) {
      watchOfForgotten = new LossWatch(watch);
      forgotten = Math.min(forgotten + epochs.size(), MOST_COUNTED);
      epochs.clear();
    }
  }

  /** Takes back the last {@link #add}. */
  void forgetLast() {
    epochs.removeLast();
    watch = null;
  }

  /** What the epochs so far say, to be told of those to come: kept from call to call of who trains epoch by epoch. */
  LossWatch watch(EarlyStopping stopping, ReduceOnPlateau reduction) {
    if (watch == null || !watch.isBy(stopping, reduction)) {
      boolean goesOn = watchOfForgotten != null && watchOfForgotten.isBy(stopping, reduction);
      watch = goesOn ? new LossWatch(watchOfForgotten) : new LossWatch(stopping, reduction, List.of());
      for (Epoch epoch : epochs) {
        watch.add(epoch);
      }
    }
    return watch;
  }

  /** Keeps a copy of the parameters of an epoch. */
  void keep(int epoch, LayerParameters[] parameters) {
    bestEpoch = epoch;
    if (best == null) {
      best = new LayerParameters[parameters.length];
      for (int l = 0; l < best.length; l++) {
        best[l] = parameters[l].copy();
      }
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
