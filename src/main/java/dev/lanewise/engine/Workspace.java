package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.LineArrays;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;

/** Every array that a fit needs, allocated once: a training step allocates nothing. */
final class Workspace {

  final LayerWork[] layers;

  /** The parameters being trained. */
  final LayerParameters[] parameters;

  /** z and a of each layer, as predictions want them. */
  final float[][] z;
  final float[][] a;

  /** Of each row of the batch. */
  final float[] rowLoss;

  /** Of each thread. */
  final float[][] scratch;

  /**
   * For batches of so many rows.
   *
   * @param targetsAt where the targets begin, and with them what goes with them element by element, the arrays of the last layer
   * @param storesGradients whether the gradients of the weights are stored, and not only descended along
   * @param arrays makes all that grows with the weights or the batch, on cache lines where that pays
   */
  Workspace(Parameters start, int batchRows, int targetsAt, int threads, boolean storesGradients, LineArrays arrays) {
    int depth = start.layers().length;
    layers = new LayerWork[depth];
    parameters = new LayerParameters[depth];
    z = new float[depth][];
    a = new float[depth][];
    rowLoss = new float[batchRows];
    int scratchLength = Kernels.PACKED_SCRATCH;
    for (int l = 0; l < depth; l++) {
      Dense layer = start.layers()[l].layer;
      int k = layer.inputs();
      int n = layer.outputs();
      int most = Math.max(kernels().scratchLength(k, n, batchRows), kernels().scratchLength(batchRows, k, n));
      scratchLength = Math.max(scratchLength, most);
    }
    scratch = new float[threads][];
    for (int t = 0; t < threads; t++) {
      scratch[t] = arrays.zeros(scratchLength);
    }
    // Not all arrays may begin on a line: what products read most comes first.
    float[][] gradients = new float[depth][];
    for (int l = 0; l < depth; l++) {
      parameters[l] = start.layers()[l].copy(arrays);
      gradients[l] = storesGradients ? arrays.zeros(parameters[l].packedLength()) : null;
    }
    for (int l = 0; l < depth; l++) {
      boolean last = l == depth - 1;
      layers[l] = new LayerWork(parameters[l].layer, batchRows, last, last ? targetsAt : Panels.LEAD, gradients[l], arrays);
      z[l] = layers[l].z;
      a[l] = layers[l].a;
    }
  }

  /** The floats of so many rows of a batch, ld apart from index {@code begin} on. */
  static int length(int rows, int begin, int ld) {
    long length = begin + (long) rows * ld;
    if (length > Matrix.MOST_ELEMENTS) {
      throw new IllegalArgumentException(
          Message.of("a batch of %d x %d has %d values, more than the %d that fit in an array", rows, ld, length, Matrix.MOST_ELEMENTS));
    }
    return (int) length;
  }

  /** How many threads it is for. */
  int threads() {
    return scratch.length;
  }

  LayerWork last() {
    return layers[layers.length - 1];
  }
}
