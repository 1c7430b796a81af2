package dev.lanewise;

import dev.lanewise.engine.Inference;
import dev.lanewise.engine.ParameterStore;
import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Matrix;

/**
 * A network that only predicts, for serving: it has its own copy of the parameters and never changes, whatever happens to the
 * network that it was made of. Any number of threads may use it at once; each gets the bits that a single one would, and a call
 * that is given a buffer for the answer allocates nothing once as many threads have been in here before; where softmax is the last
 * activation, some calls may when its vector kernel takes over, once in a process of many and on a busy machine.
 *
 * <p>Under G1 its weights lie on cache lines from the start, where those of a network come once it has predicted often: one row is then
 * 1.3 to 1.7 times as fast. For that each layer of 16,384 weights and more takes a region of the heap, 1 to 32 MiB (two regions
 * if the network is also being trained), as long as all predictors and such networks together have no more than a 32nd of it.
 */
public final class Predictor {

  private final Inference inference;
  private final int inputs;
  private final int outputs;
  private final String dimensions;

  Predictor(ParameterStore store, String dimensions) {
    this.inference = new Inference(store);
    this.inputs = store.layers().getFirst().inputs();
    this.outputs = store.layers().getLast().outputs();
    this.dimensions = dimensions;
  }

  /** The number of inputs. */
  public int inputs() {
    return inputs;
  }

  /** The number of outputs. */
  public int outputs() {
    return outputs;
  }

  /**
   * The activations of the last layer, rows × outputs.
   *
   * @param x rows × inputs
   * @throws IllegalArgumentException if x has another number of columns
   */
  public Matrix predict(Matrix x) {
    return predict(x, Matrix.zeros(x.rows(), outputs));
  }

  /**
   * Writes the activations of the last layer to a matrix of the caller's and returns it.
   *
   * @param x rows × inputs
   * @param out rows × outputs
   * @throws IllegalArgumentException if a shape differs
   */
  public Matrix predict(Matrix x, Matrix out) {
    requireInputs(x);
    if (out.rows() != x.rows() || out.cols() != outputs) {
      throw new IllegalArgumentException(
          Message.of("out is %s, but predictions for x of %s are %d x %d", out.shape(), x.shape(), x.rows(), outputs));
    }
    inference.predict(x.rows(), x.data(), out.data());
    return out;
  }

  /**
   * Writes the activations of the last layer for one row to an array of the caller's and returns it.
   *
   * @param row as many values as inputs
   * @param out as many values as outputs
   * @throws IllegalArgumentException if a length differs
   */
  public float[] predict(float[] row, float[] out) {
    if (row.length != inputs || out.length != outputs) {
      throw new IllegalArgumentException(
          Message.of("the row has %d values and out %d, but the network is %s", row.length, out.length, dimensions));
    }
    inference.predict(1, row, out);
    return out;
  }

  /**
   * The class of each row, as {@link Network#classify} has it.
   *
   * @param x rows × inputs
   * @throws IllegalArgumentException if x has another number of columns, or a value that is not finite
   * @throws ArithmeticException if an output is NaN, since values are too large for the weights
   */
  public int[] classify(Matrix x) {
    requireInputs(x);
    x.requireFinite("x");
    return inference.classify(x);
  }

  /**
   * The class of one row; see {@link #classify(Matrix)}.
   *
   * @param row as many values as inputs, finite
   * @throws IllegalArgumentException if there are others
   */
  public int classify(float[] row) {
    return classify(Matrix.of(1, row.length, row))[0];
  }

  private void requireInputs(Matrix x) {
    if (x.cols() != inputs) {
      throw new IllegalArgumentException(
          Message.of("x has %d columns, but the network is %s: it must have %d", x.cols(), dimensions, inputs));
    }
  }

  /** The dimensions, as in {@code "64-15-10"}. */
  @Override
  public String toString() {
    return dimensions;
  }
}
