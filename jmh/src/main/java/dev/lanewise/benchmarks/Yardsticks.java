package dev.lanewise.benchmarks;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Other people's products: each is looked for in the forks that take it, which print what it is. */
public final class Yardsticks {

  private Yardsticks() {}

  /** OpenBLAS. */
  @State(Scope.Thread)
  public static class OpenBlas {

    /** Fails where it is not installed. */
    @Setup
    public void setUp() {
      System.out.println(NativeBlas.Open.BLAS.begin());
    }
  }

  /** BLIS. */
  @State(Scope.Thread)
  public static class Blis {

    /** Fails where it is not installed. */
    @Setup
    public void setUp() {
      System.out.println(NativeBlas.Blis.BLAS.begin());
    }
  }

  /** The BLAS in Java that netlib has: on the Vector API, where it finds the module. */
  static final class Netlib {
    static final BLAS INSTANCE = javaBlas();

    private Netlib() {}

    private static BLAS javaBlas() {
      // Or it looks for native ones besides.
      System.setProperty("dev.ludovic.netlib.blas.allowNative", "false");
      return JavaBLAS.getInstance();
    }

    /** As {@link NativeBlas#multiply}: the row-major C is the column-major Cᵀ = alpha·Bᵀ·Aᵀ + beta·Cᵀ. */
    static void multiply(
        boolean transposedA, boolean transposedB, int m, int n, int k,
        float alpha, float[] a, int lda, float[] b, int ldb, float beta, float[] c, int ldc) {
      INSTANCE.sgemm(transposedB ? "T" : "N", transposedA ? "T" : "N", n, m, k, alpha, b, ldb, a, lda, beta, c, ldc);
    }
  }
}
