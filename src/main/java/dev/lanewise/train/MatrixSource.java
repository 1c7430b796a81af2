package dev.lanewise.train;

import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Matrix;

/** A matrix of inputs beside a matrix of targets. */
final class MatrixSource extends MemorySource {

  private final Matrix y;

  MatrixSource(Matrix x, Matrix y) {
    super(x);
    if (x.rows() != y.rows()) {
      throw new IllegalArgumentException(
          Message.of("x is %s, but y is %s: they must have as many rows", x.shape(), y.shape()));
    }
    this.y = y;
  }

  @Override
  public int outputs() {
    return y.cols();
  }

  @Override
  public void check() {
    super.check();
    requireFinite("y", y);
  }

  @Override
  void copyTarget(int row, float[] intoY, int to) {
    System.arraycopy(y.data(), row * y.cols(), intoY, to, y.cols());
  }
}
