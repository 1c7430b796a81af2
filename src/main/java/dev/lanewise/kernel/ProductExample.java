package dev.lanewise.kernel;

/**
 * One product with its operands, for C2 to see. Records and not lambdas, as these come before the first product: a lambda that holds arrays
 * and numbers is not only a class of its own, but forms of method handles that no other lambda shares, and a dozen of them took the JVM
 * 30 ms. Nobody compares these.
 */
@SuppressWarnings("ArrayRecordComponent")
sealed interface ProductExample extends Runnable {

  /** C of rows × columns from a row-major A and a packed B, which start from a matrix, with ldStart of 0 from a row, or from null. */
  record Forward(
      Kernels kernels, int rows, int columns, int terms,
      float[] a, int lda, float[] packed, float[] start, int ldStart, float[] c, int ldc, float[] scratch) implements ProductExample {

    @Override
    public void run() {
      kernels.multiplyPacked(rows, columns, terms, a, 0, lda, packed, Panels.LEAD, start, 0, ldStart, c, 0, ldc, scratch);
    }
  }

  /** The error of so many rows handed back from outputs to inputs, through packed weights of inputs × outputs. */
  record Backward(
      Kernels kernels, int rows, int inputs, int outputs, float[] delta, int ldDelta, float[] packed, float[] c, int ldc, float[] scratch)
      implements ProductExample {

    @Override
    public void run() {
      kernels.multiplyPackedTransposed(rows, inputs, outputs, 0, inputs, delta, 0, ldDelta, packed, c, 0, ldc, scratch);
    }
  }

  /** The first rows of packed weights of inputs × columns less a tenth of their gradient. */
  record Descent(
      Kernels kernels, int inputs, int columns, int terms, float[] a, int lda, float[] b, int ldb, float[] packed, float[] scratch)
      implements ProductExample {

    @Override
    public void run() {
      kernels.descendPacked(inputs, columns, terms, 0, inputs, 0.1f, a, 0, lda, b, 0, ldb, packed, Panels.LEAD, scratch);
    }
  }

  /** The gradient of the first rows of packed weights of inputs × columns. */
  record Gradient(
      Kernels kernels, int inputs, int columns, int terms, int rows,
      float[] a, int lda, float[] b, int ldb, float[] packed, float[] scratch) implements ProductExample {

    @Override
    public void run() {
      kernels.gradientPacked(inputs, columns, terms, 0, rows, a, 0, lda, b, 0, ldb, packed, Panels.LEAD, scratch);
    }
  }

  /** C of rows × columns from a row-major A and a B that is not packed. */
  record Unpacked(
      Kernels kernels, int rows, int columns, int terms,
      float[] a, int lda, float[] b, int ldb, float[] start, int ldStart, float[] c, int ldc, float[] scratch)
      implements ProductExample {

    @Override
    public void run() {
      kernels.multiply(rows, columns, terms, a, 0, lda, b, 0, ldb, start, 0, ldStart, c, 0, ldc, scratch);
    }
  }

  /** Weights less a tenth of a gradient that is stored. */
  record Update(Kernels kernels, int n, float[] gradient, float[] weights) implements ProductExample {

    @Override
    public void run() {
      kernels.scaledUpdate(n, 0.1f, gradient, 0, weights, 0);
    }
  }

  /** One after the other. */
  record Both(ProductExample first, ProductExample second) implements ProductExample {

    @Override
    public void run() {
      first.run();
      second.run();
    }
  }
}
