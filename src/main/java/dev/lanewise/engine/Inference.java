package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.engine.BufferPool.Buffers;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.LayerOutput;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Forwards without training, from any number of threads, in blocks of rows that stay in cache. */
public final class Inference {

  /** The most rows of a block, whatever kernels would like: those of wide layers have fewer. */
  private static final int MOST_ROWS = 240;

  /** About so many activations of one layer may be there at once: 2 MiB of them. */
  private static final int BLOCK_FLOATS = 1 << 19;

  /** A block has at least so many rows even if they are more floats, since all weights are read again for each block … */
  private static final int FEW_ROWS = 16;

  /** … but no more floats than these, 256 MiB. */
  private static final int FEW_ROWS_FLOATS = 1 << 26;

  /** Of a row that has an output that is NaN. */
  private static final int NO_CLASS = -1;

  private final ParameterStore store;
  private final List<Dense> layers;
  private final int inputs;
  private final int outputs;

  /** From one row of an output to the next. */
  private final int ld;

  private final long weights;
  private final int mostRows;
  private final BufferPool pool;

  /** Predictions with the current parameters of the store. */
  public Inference(ParameterStore store) {
    this.store = store;
    this.layers = store.layers();
    this.pool = new BufferPool(layers);
    this.inputs = layers.getFirst().inputs();
    this.outputs = layers.getLast().outputs();
    this.ld = Panels.columns(outputs);
    int widest = 1;
    long sum = 0;
    for (Dense layer : layers) {
      widest = Math.max(widest, layer.outputs());
      sum += (long) layer.inputs() * layer.outputs();
    }
    this.weights = sum;
    this.mostRows = mostRows(widest);
  }

  /** The most rows of a block, by its widest layer. */
  static int mostRows(int widest) {
    int fewest = Math.clamp(FEW_ROWS_FLOATS / widest, 1, FEW_ROWS);
    return Math.clamp(BLOCK_FLOATS / widest, fewest, MOST_ROWS);
  }

  /** The most rows that are computed at once: other kernels may like others. */
  int blockRows() {
    return Math.min(mostRows, kernels().rowsAtOnce(weights));
  }

  /** Writes the output of the last layer for so many rows of x to out. */
  public void predict(int rows, float[] x, float[] out) {
    int most = blockRows();
    Buffers buffers = pool.take(Math.min(rows, most));
    Parameters parameters = store.acquire();
    try {
      for (int at = 0, block; at < rows; at += block) {
        block = Math.min(most, rows - at);
        forward(parameters, block, x, at * inputs, buffers);
        copyRows(block, outputs, buffers.a[layers.size() - 1], 0, ld, out, at * outputs, outputs);
      }
    } finally {
      store.release(parameters);
      pool.giveBack(buffers);
    }
    store.wasRead(Math.ceilDiv(rows, most));
  }

  /** The loss over all rows. */
  public double evaluate(Matrix x, Matrix y, Loss loss) {
    Parameters parameters = store.acquire();
    try {
      return evaluate(parameters, x, y, loss);
    } finally {
      store.release(parameters);
    }
  }

  /**
   * The loss of the last fit over all rows, with the parameters that it was the loss of.
   *
   * @param targets what the targets are for that loss
   */
  public double evaluate(Matrix x, Function<Loss, Matrix> targets) {
    Parameters parameters = store.acquire();
    try {
      Loss loss = parameters.loss().require();
      return evaluate(parameters, x, targets.apply(loss), loss);
    } finally {
      store.release(parameters);
    }
  }

  private double evaluate(Parameters parameters, Matrix x, Matrix y, Loss loss) {
    float[] rowLoss = new float[x.rows()];
    rows(parameters, 0, x.rows(), x, y, loss, rowLoss, null);
    return mean(loss, rowLoss);
  }

  /** What the rows' losses come to, added up in their order, whichever thread they are of. */
  double mean(Loss loss, float[] rowLoss) {
    double sum = 0;
    for (float ofRow : rowLoss) {
      sum += ofRow;
    }
    return sum / loss.outputsInMean(outputs) / rowLoss.length;
  }

  /**
   * The loss and the class of each row {@code from} to {@code to}.
   *
   * @param y the targets; not read where no losses are asked for
   * @param rowLoss where the losses go, one for each row of x; null to leave them out
   * @param classes where the classes go, one for each row of x, or {@link #NO_CLASS}; null to leave them out
   */
  void rows(Parameters parameters, int from, int to, Matrix x, Matrix y, Loss loss, float[] rowLoss, int[] classes) {
    if (from >= to) {
      return;
    }
    int most = blockRows();
    Buffers buffers = pool.take(Math.min(to - from, most));
    float threshold = parameters.loss().threshold();
    int last = layers.size() - 1;
    try {
      for (int at = from, block; at < to; at += block) {
        block = Math.min(most, to - at);
        forward(parameters, block, x.data(), at * inputs, buffers);
        if (classes != null) { // before the loss, which may overwrite the activations
          for (int i = 0; i < block; i++) {
            classes[at + i] = classOf(buffers.a[last], i * ld, threshold);
          }
        }
        if (rowLoss != null) {
          copyRows(block, outputs, y.data(), at * outputs, outputs, buffers.y, 0, ld);
          loss.rowSums(block, outputs, ld, buffers.z[last], buffers.a[last], buffers.y, 0, rowLoss, at);
        }
      }
    } finally {
      pool.giveBack(buffers);
    }
  }

  /** The class of one row of outputs, or {@link #NO_CLASS} if one is NaN. */
  private int classOf(float[] a, int at, float threshold) {
    int best = 0;
    for (int j = 0; j < outputs; j++) {
      if (Float.isNaN(a[at + j])) {
        return NO_CLASS;
      }
      if (a[at + j] > a[at + best]) {
        best = j;
      }
    }
    return outputs > 1 ? best : a[at] >= threshold ? 1 : 0;
  }

  /** z and a of each layer for all rows of x. */
  public List<LayerOutput> forward(Matrix x) {
    Buffers all = new Buffers(layers, x.rows(), true);
    Parameters parameters = store.acquire();
    try {
      forward(parameters, x.rows(), x.data(), 0, all);
    } finally {
      store.release(parameters);
    }
    List<LayerOutput> outputsOfLayers = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      int cols = layers.get(l).outputs();
      outputsOfLayers.add(new LayerOutput(matrix(x.rows(), cols, all.z[l]), matrix(x.rows(), cols, all.a[l])));
    }
    return outputsOfLayers;
  }

  /** z and a of each layer for some rows. */
  private void forward(Parameters parameters, int rows, float[] x, int xAt, Buffers buffers) {
    int last = layers.size() - 1;
    Forward.rows(parameters.layers(), rows, x, xAt, inputs, buffers.z, buffers.a, 0, buffers.inverse, buffers.scratch);
    Forward.activation(layers.get(last), 0, rows, buffers.z[last], buffers.a[last], 0, ld);
  }

  /**
   * The class of each row: the output with the largest activation, or with one output 1 where it is the threshold of the last loss or
   * more and else 0.
   *
   * @throws ArithmeticException if an output is NaN, which is in no class
   */
  public int[] classify(Matrix x) {
    int[] classes = new int[x.rows()];
    Parameters parameters = store.acquire();
    try {
      rows(parameters, 0, x.rows(), x, null, null, null, classes);
    } finally {
      store.release(parameters);
    }
    store.wasRead(Math.ceilDiv(x.rows(), blockRows()));
    requireClasses(classes);
    return classes;
  }

  /** Refuses outputs that are in no class. */
  static void requireClasses(int[] classes) {
    int row = rowWithoutClass(classes);
    if (row >= 0) {
      throw new ArithmeticException(
          Message.of("row %d of x has an output that is NaN, and so no class: its values are too large", row));
    }
  }

  /** The first row with such an output, or −1. */
  static int rowWithoutClass(int[] classes) {
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] == NO_CLASS) {
        return i;
      }
    }
    return -1;
  }

  /** Without what pads its rows. */
  private static Matrix matrix(int rows, int cols, float[] padded) {
    Matrix matrix = Matrix.zeros(rows, cols);
    copyRows(rows, cols, padded, 0, Panels.columns(cols), matrix.data(), 0, cols);
    return matrix;
  }

  private static void copyRows(
      int rows, int cols, float[] from, int fromAt, int ldFrom, float[] to, int toAt, int ldTo) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, fromAt + i * ldFrom, to, toAt + i * ldTo, cols);
    }
  }
}
