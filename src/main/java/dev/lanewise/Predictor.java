package dev.lanewise;

import dev.lanewise.engine.Inference;
import dev.lanewise.engine.ParameterStore;
import dev.lanewise.nn.Matrix;

/**
 * A network that only predicts, for serving: it has its own copy of the parameters and never changes, whatever happens to the
 * network that it was made of. Any number of threads may use it at once; each gets the bits that a single one would, and a call
 * that is given a buffer for the answer allocates nothing once as many threads, up to 128, have been in here before; where softmax
 * is the last activation, some calls may when its vector kernel takes over, once in a process of many and on a busy machine.
 *
 * <p>Under G1 its weights lie on cache lines from the start, where those of a network come once it has predicted often: one row is then
 * 1.3 to 1.7 times as fast. For that each layer of 8,192 weights and more, what pads them included, takes a region of the heap, 1 to 32
 * MiB (two regions if the network is also being trained), as long as all predictors and such networks together have no more than a 32nd
 * of it.
 */
public final class Predictor {

  private final Inference inference;
  private final Shapes shapes;

  Predictor(ParameterStore store, Shapes shapes) {
    this.inference = new Inference(store);
    this.shapes = shapes;
  }

  /** The number of inputs. */
  public int inputs() {
    return shapes.inputs();
  }

  /** The number of outputs. */
  public int outputs() {
    return shapes.outputs();
  }

  /**
   * The activations of the last layer, rows × outputs.
   *
   * @param x rows × inputs
   * @throws IllegalArgumentException if x has another number of columns
   */
  public Matrix predict(Matrix x) {
    shapes.requireInputs(x);
    return predict(x, Matrix.zeros(x.rows(), shapes.outputs()));
  }

  /**
   * Writes the activations of the last layer to a matrix of the caller's and returns it.
   *
   * @param x rows × inputs
   * @param out rows × outputs
   * @throws IllegalArgumentException if a shape differs
   */
  public Matrix predict(Matrix x, Matrix out) {
    shapes.requireInputs(x);
    shapes.requireOut(x, out);
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
    shapes.requireRow(row, out);
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
    shapes.requireInputs(x);
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

  /** The dimensions, as in {@code "64-15-10"}. */
  @Override
  public String toString() {
    return shapes.dimensions();
  }
}
