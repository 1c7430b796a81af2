package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Source.Batch;
import java.util.Arrays;
import java.util.List;

/** Every array that a fit needs, allocated once: a training step allocates nothing. */
final class Workspace {

  final List<Dense> layers;
  final Batch batch;

  /** Of each layer, batch rows × outputs. */
  final float[][] z;
  final float[][] a;
  final float[][] delta;

  /** Of each row of the batch. */
  final float[] rowLoss;

  /** The parameters being trained, W as the kernels read it, and the gradient of the biases. */
  final float[][] packed;
  final float[][] biases;
  final float[][] biasGradients;

  /** Wᵀ as the kernels read it, for all layers but the first: its errors go no further back. */
  final float[][] packedTransposed;

  /** Of each thread, and whether its rows of the batch are finite. */
  final float[][] scratch;
  final boolean[] finite;

  Workspace(List<Dense> layers, Parameters start, int batchRows, int threads) {
    this.layers = layers;
    int depth = layers.size();
    batch = new Batch(batchRows, layers.getFirst().inputs(), layers.getLast().outputs());
    z = new float[depth][];
    a = new float[depth][];
    delta = new float[depth][];
    rowLoss = new float[batchRows];
    packed = new float[depth][];
    biases = new float[depth][];
    biasGradients = new float[depth][];
    packedTransposed = new float[depth][];
    int scratchLength = Kernels.TILE_SCRATCH;
    for (int l = 0; l < depth; l++) {
      int k = layers.get(l).inputs();
      int n = layers.get(l).outputs();
      z[l] = rows(batchRows, n);
      a[l] = rows(batchRows, n);
      delta[l] = rows(batchRows, n);
      packed[l] = start.packed()[l].clone();
      biases[l] = start.bias(l).clone();
      biasGradients[l] = new float[n];
      if (l > 0) {
        packedTransposed[l] = new float[kernels().packedLength(n, k)];
      }
      scratchLength = Math.max(scratchLength, kernels().scratchLength(k, n, batchRows));
      transpose(l, 0, k);
    }
    scratch = new float[threads][scratchLength];
    finite = new boolean[threads];
    Arrays.fill(finite, true); // a thread may have no rows
  }

  /** With so much room behind the last row that whole vectors can be read there. */
  private static float[] rows(int rows, int cols) {
    return Matrix.zeros(rows + Math.ceilDiv(Panels.NARROW, cols), cols).data();
  }

  /** Brings the columns of a layer's Wᵀ that are rows from..to of W up to date. */
  void transpose(int l, int from, int to) {
    if (l > 0) {
      Dense layer = layers.get(l);
      kernels().transposePacked(layer.inputs(), layer.outputs(), from, to, packed[l], packedTransposed[l]);
    }
  }

  /** The input of a layer: the batch, or the activations of the layer before. */
  float[] input(int l) {
    return l == 0 ? batch.x() : a[l - 1];
  }
}
