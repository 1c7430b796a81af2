package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Source.Batch;
import java.util.Arrays;
import java.util.List;

/** Every array that a fit needs, allocated once: a training step allocates nothing. */
final class Workspace {

  final List<Dense> layers;

  /** Inputs and targets of the batch. Rows of these, and of z, a and δ, are {@link Panels#columns} of theirs apart. */
  final float[] x;
  final float[] y;

  /**
   * Of each layer, batch rows × outputs; z and a are one array where the way back needs only a. What follows the columns of
   * a row of δ is zero.
   */
  final float[][] z;
  final float[][] a;
  final float[][] delta;

  /** Of each row of the batch. */
  final float[] rowLoss;

  /** The parameters being trained, W as the kernels read it, and the gradient of the biases. */
  final float[][] packed;
  final float[][] biases;
  final float[][] biasGradients;

  /** Of each thread, and whether its rows of the batch are finite. */
  final float[][] scratch;
  final boolean[] finite;

  /**
   * For batches of so many rows.
   *
   * @param batch null, or what the source fills: its arrays serve where their rows need no padding
   */
  Workspace(List<Dense> layers, Parameters start, Batch batch, int batchRows, int threads) {
    this.layers = layers;
    int depth = layers.size();
    int inputs = layers.getFirst().inputs();
    int outputs = layers.getLast().outputs();
    x = batch != null && inputs == Panels.columns(inputs) ? batch.x() : rows(batchRows, inputs);
    y = batch != null && outputs == Panels.columns(outputs) ? batch.y() : rows(batchRows, outputs);
    z = new float[depth][];
    a = new float[depth][];
    delta = new float[depth][];
    rowLoss = new float[batchRows];
    packed = new float[depth][];
    biases = new float[depth][];
    biasGradients = new float[depth][];
    int scratchLength = 0;
    for (int l = 0; l < depth; l++) {
      int k = layers.get(l).inputs();
      int n = layers.get(l).outputs();
      z[l] = rows(batchRows, n);
      // The last z stays: the loss is computed from it.
      a[l] = l < depth - 1 && layers.get(l).activation().goesBackFromA() ? z[l] : rows(batchRows, n);
      delta[l] = rows(batchRows, n);
      packed[l] = start.packed()[l].clone();
      biases[l] = start.biases()[l].clone();
      biasGradients[l] = new float[biases[l].length];
      int most = Math.max(kernels().scratchLength(k, n, batchRows), kernels().scratchLength(batchRows, k, n));
      scratchLength = Math.max(scratchLength, most);
    }
    scratch = new float[threads][scratchLength];
    finite = new boolean[threads];
    Arrays.fill(finite, true); // a thread may have no rows
  }

  private static float[] rows(int rows, int cols) {
    return Matrix.zeros(rows, Panels.columns(cols)).data();
  }

  /** The input of a layer: the batch, or the activations of the layer before. */
  float[] input(int l) {
    return l == 0 ? x : a[l - 1];
  }
}
