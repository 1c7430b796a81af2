package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;

/**
 * The Euclidean norm of the gradient of all parameters together. Threads square what they have computed, in pieces that depend neither on
 * who has which rows nor on how wide panels are, so that the sum does not either.
 */
final class GradientNorm {

  /** From here on a sum of as many squares as fit in an array is right: where one is denormal, it was rounded by 2⁻¹⁵⁰ at most. */
  private static final double LEAST_SUM = 0x1p-94;

  /** A sum below {@link #LEAST_SUM} is of a norm below this, also before its squares were rounded. */
  private static final double LEAST_NORM = 0x1p-46;

  private final Workspace work;

  /** Of each layer, sums of squares of the gradient of the weights, sixteen rows of a group of columns each. */
  private final float[][] squares;

  GradientNorm(Workspace work) {
    this.work = work;
    squares = new float[work.layers.length][];
    for (int l = 0; l < squares.length; l++) {
      Dense layer = work.layers[l].layer;
      int panels = Panels.columns(layer.outputs()) / Panels.NARROW;
      squares[l] = new float[panels * Math.ceilDiv(layer.inputs(), Share.UNIT)];
    }
  }

  /** Squares what a thread has of the gradient of a layer's weights. */
  void square(int l, Share.Weights share, float[] scratch) {
    for (int j = share.fromColumn(), width; j < share.toColumn(); j += width) {
      width = Panels.groupWidth(share.toColumn() - j);
      square(l, j, width, share.fromRow(), share.toRow(), scratch);
    }
  }

  private void square(int l, int column, int width, int from, int to, float[] scratch) {
    LayerWork w = work.layers[l];
    int k = w.layer.inputs();
    int pieces = Math.ceilDiv(k, Share.UNIT);
    for (int i = from; i < to; i += Share.UNIT) {
      int rows = Math.min(Share.UNIT, to - i);
      float[] piece = w.weightGradient;
      int at = Panels.at(k, column) + i * width;
      if (width > Panels.WIDE) {
        piece = scratch;
        at = 0;
        for (int j = 0; j < width; j += Panels.WIDE) {
          int panel = Panels.at(k, column + j) + i * Panels.WIDE;
          for (int r = 0; r < rows; r++) {
            System.arraycopy(w.weightGradient, panel + r * Panels.WIDE, scratch, r * width + j, Panels.WIDE);
          }
        }
      }
      squares[l][column / Panels.NARROW * pieces + i / Share.UNIT] = kernels(Extra.NORM).sumOfSquares(rows * width, piece, at);
    }
  }

  /**
   * The norm, once all weights are squared.
   *
   * @param limit what it is compared with
   */
  double get(double limit) {
    double sum = 0;
    for (int l = 0; l < squares.length; l++) {
      LayerWork w = work.layers[l];
      for (float square : squares[l]) {
        sum += square;
      }
      sum += kernels(Extra.NORM).sumOfSquares(w.biasGradient.length, w.biasGradient, 0);
      if (w.scaleGradient != null) {
        sum += kernels(Extra.NORM).sumOfSquares(w.scaleGradient.length, w.scaleGradient, 0);
      }
    }
    boolean underflows = sum < LEAST_SUM && limit < LEAST_NORM; // else it is below the limit, whatever it is
    return Math.sqrt(sum < Double.POSITIVE_INFINITY && !underflows ? sum : sumBeyondFloat());
  }

  /** The same of elements whose squares are no floats: rare, and so without kernels. */
  private double sumBeyondFloat() {
    double sum = 0;
    for (LayerWork w : work.layers) {
      sum += sumOfSquares(w.layer, w.weightGradient) + sumOfSquares(w.biasGradient);
      sum += w.scaleGradient == null ? 0 : sumOfSquares(w.scaleGradient);
    }
    return sum;
  }

  /** Of weights, group by group of their columns, whatever the width of a panel. */
  private static double sumOfSquares(Dense layer, float[] gradient) {
    int k = layer.inputs();
    int n = Panels.columns(layer.outputs());
    double sum = 0;
    for (int group = 0, width; group < n; group += width) {
      width = Panels.groupWidth(n - group);
      int panel = Math.min(width, Panels.WIDE);
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < width; j++) {
          double g = gradient[Panels.at(k, group + j / panel * panel) + i * panel + j % panel];
          sum += g * g;
        }
      }
    }
    return sum;
  }

  private static double sumOfSquares(float[] gradient) {
    double sum = 0;
    for (float g : gradient) {
      sum += (double) g * g;
    }
    return sum;
  }
}
