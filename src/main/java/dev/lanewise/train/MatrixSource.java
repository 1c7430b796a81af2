package dev.lanewise.train;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;

/** A matrix of inputs beside a matrix of targets. */
final class MatrixSource extends MemorySource {

  private final Matrix y;

  MatrixSource(Matrix x, Matrix y, float[] weights) {
    super(x, weights);
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
    y.requireFinite("y");
  }

  @Override
  public void check(Loss loss) {
    check();
    loss.checkTargets("y", y);
  }

  @Override
  void copyTargets(int rows, int[] rowOrder, int orderAt, float[] intoY, int at, int ld) {
    kernels().gather(rows, y.cols(), y.data(), rowOrder, orderAt, intoY, at, ld);
  }
}
