package dev.lanewise;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import java.util.function.DoubleUnaryOperator;

/** A loss of a program's own: the mean over rows and outputs of something of each error, prediction − target. */
public class OwnLoss extends Loss {

  private final float isClass;
  private final float isNone;
  private final DoubleUnaryOperator ofError;
  private final DoubleUnaryOperator prime;

  /** One whose targets are these two where they are classes. */
  public OwnLoss(String name, float isClass, float isNone, DoubleUnaryOperator ofError, DoubleUnaryOperator prime) {
    super(name);
    this.isClass = isClass;
    this.isNone = isNone;
    this.ofError = ofError;
    this.prime = prime;
  }

  /** Half of the squared error. */
  static OwnLoss halfSquares(String name, float isClass, float isNone) {
    return new OwnLoss(name, isClass, isNone, error -> 0.5 * error * error, error -> error);
  }

  @Override
  public final float targetOf(boolean of) {
    return of ? isClass : isNone;
  }

  @Override
  protected final double term(double predicted, double target) {
    return ofError.applyAsDouble(predicted - target);
  }

  @Override
  public void rowSums(int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = at + i * ld; j < at + i * ld + cols; j++) {
        sum += term(a[j], y[j]);
      }
      out[outAt + i] = (float) sum;
    }
  }

  @Override
  public void backward(
      int rows, int cols, int ld, int batchRows, Activation output,
      float[] z, float[] a, float[] y, float[] delta, int at) {
    for (int i = at; i < at + rows * ld; i++) {
      delta[i] = (float) (prime.applyAsDouble(a[i] - y[i]) / ((double) batchRows * cols));
    }
    output.backward(rows, cols, ld, z, a, delta, at);
  }
}
