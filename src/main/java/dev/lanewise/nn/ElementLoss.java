package dev.lanewise.nn;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.LossKernels;

/** A loss that is the mean over rows and outputs of something of each prediction and its target. */
abstract class ElementLoss extends Loss {

  private final Extra extra;

  /** One whose kernels are among those of an extra, the totals of rows too. */
  ElementLoss(String name, Extra extra) {
    super(name);
    this.extra = extra;
  }

  /** out = the loss of each of n predictions. */
  abstract void values(LossKernels kernels, int n, float[] a, float[] y, float[] out, int at);

  /** out = the derivative of that by the prediction, times scale. */
  abstract void gradient(LossKernels kernels, int n, float scale, float[] a, float[] y, float[] out, int at);

  @Override
  public final void rowSums(
      int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
    values(kernels(extra), rows * ld, a, y, a, at);
    kernels(extra).rowTotals(rows, cols, ld, a, at, out, outAt);
  }

  @Override
  public final void backward(
      int rows, int cols, int ld, int batchRows, Activation output,
      float[] z, float[] a, float[] y, float[] delta, int at) {
    gradient(kernels(extra), rows * ld, meanScale(cols, batchRows), a, y, delta, at);
    output.backward(rows, cols, ld, z, a, delta, at);
  }
}
