package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.train.Fit;

/** What a step does with the error at the output: all that tells the post's rule from gradient descent. */
enum Rule {

  /** Descent along the exact gradient of the batch's mean loss. */
  EXACT {
    @Override
    void output(
        Loss loss, Activation output, int rows, int cols, int ld, int batchRows,
        float[] z, float[] a, float[] y, float[] delta, int at, float[] rowLoss, int lossAt) {
      loss.output(rows, cols, ld, batchRows, output, z, a, y, delta, at, rowLoss, lossAt);
    }

    @Override
    float biasStep(double learningRate, int batchRows) {
      return (float) learningRate;
    }
  },

  /**
   * The post's own code: delta = (a − y) ∘ f′(a), with the prime at a and not at z, and without the factor 2 / (rows ·
   * outputs) of the loss. Weights move by the sum over the batch, biases by the mean. A short last batch is left out.
   */
  PUBLISHED {
    @Override
    void output(
        Loss loss, Activation output, int rows, int cols, int ld, int batchRows,
        float[] z, float[] a, float[] y, float[] delta, int at, float[] rowLoss, int lossAt) {
      output.apply(rows, cols, ld, z, a, at);
      loss.rowSums(rows, cols, ld, z, a, y, at, rowLoss, lossAt); // mean squared error, which leaves a as it is
      kernels(Extra.ELEMENTWISE).scaledDifference(rows * ld, 1f, a, at, y, at, delta, at);
      float[] prime = z; // nothing reads the output's z after this
      if (output.isOwn()) { // its prime may be made of its way back, from a copy of a
        output.apply(rows, cols, ld, a, prime, at);
        output.backward(rows, cols, ld, output.goesBackFromA() ? prime : a, prime, delta, at);
      } else {
        output.prime(rows, cols, ld, a, prime, at);
        kernels(Extra.ELEMENTWISE).hadamard(rows * ld, delta, at, prime, at, delta, at);
      }
      Panels.clearPadding(rows, cols, ld, delta, at);
    }

    @Override
    float biasStep(double learningRate, int batchRows) {
      return (float) (learningRate / batchRows);
    }
  };

  /** The rule that a fit asks for. */
  static Rule of(Fit fit) {
    return fit.isPublished() ? PUBLISHED : EXACT;
  }

  /**
   * Each row's loss and delta at the output's z, for some rows of a batch of {@code batchRows}; may overwrite z and a.
   * Beyond its columns, delta becomes zero.
   *
   * @param at the index of the first row's first element in z, a, y and delta, each of rows of cols, ld apart
   */
  abstract void output(
      Loss loss, Activation output, int rows, int cols, int ld, int batchRows,
      float[] z, float[] a, float[] y, float[] delta, int at, float[] rowLoss, int lossAt);

  /** What the sum of a batch's deltas is multiplied by before it is taken from the bias. */
  abstract float biasStep(double learningRate, int batchRows);
}
