package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.KC;
import static dev.lanewise.kernel.vector.Blocking.MC;
import static dev.lanewise.kernel.vector.Blocking.ROWS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** A step of gradient descent, the gradient being a product Aᵀ·B that is nowhere stored as a whole. */
final class Descent extends NotInlined {

  private Descent() {}

  /**
   * W −= step · Aᵀ·B for a packed W of m × n. A wide panel of W is updated in the tile that has its gradient; of narrow
   * ones, and where k is cut, a block of the gradient is in scratch first.
   */
  static void run(
      int m, int n, int k, int from, int to, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed,
      float[] scratch) {
    boolean cut = k > KC;
    boolean packA = !cut && Blocking.packsTransposedA(n, k, lda);
    int packedA = Gemm.PANEL_AT + Math.min(k, KC) * Panels.WIDE;
    int gradient = packedA + Math.min(k, KC) * Math.min(m + 7, MC);
    int mc = packA ? MC : Math.max(to - from, 1);
    for (int ic = from; ic < to; ic += mc) {
      int rows = Math.min(mc, to - ic);
      if (packA) {
        Gemm.packTransposedA(rows, k, a, aAt + ic, lda, scratch, packedA);
      }
      for (int j = 0, width; j < n; j += width) {
        width = Panels.width(n - j);
        int w = Panels.at(m, j) + ic * width;
        if (width == Panels.WIDE && !cut) {
          Panels.panel(k, width, b, bAt + j, ldb, scratch, Gemm.PANEL_AT);
          scratch[0] = -step; // where edges have their tile, which whole panels do not need
          if (packA) {
            Gemm.wideRows(rows, k, scratch, packedA, k, 1, ROWS, null, 0, 0, packed, w, width, scratch, scratch);
          } else {
            Gemm.wideRows(rows, k, a, aAt + ic, 1, 1, lda, null, 0, 0, packed, w, width, scratch, scratch);
          }
          continue;
        }
        int cols = Math.min(width, n - j);
        for (int i = 0; i < rows; i += Kernels.GRADIENT_ROWS) {
          int block = Math.min(Kernels.GRADIENT_ROWS, rows - i);
          int aBlock = aAt + ic + i;
          if (width == Panels.WIDE) {
            Gemm.blocked(block, cols, k, a, aBlock, 1, lda, b, bAt + j, ldb, false, null, 0, 0, scratch, gradient, width,
                scratch);
          } else {
            Gemm.columns(block, cols, k, a, aBlock, 1, lda, b, bAt + j, ldb, null, 0, 0, scratch, gradient, width, true,
                scratch);
          }
          update(block, cols, step, scratch, gradient, packed, w + i * width, width);
        }
      }
    }
  }

  /** w = fma(−step, g, w) in rows of a panel, padding excepted. */
  private static void update(int rows, int cols, float step, float[] g, int gAt, float[] w, int wAt, int width) {
    FloatVector down = FloatVector.broadcast(SPECIES, -step);
    if (width == LANES) { // one vector a row: a loop that C2 unrolls
      VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
      for (int i = 0; i < rows * LANES; i += LANES) {
        FloatVector before = FloatVector.fromArray(SPECIES, w, wAt + i);
        before.blend(down.fma(FloatVector.fromArray(SPECIES, g, gAt + i), before), lanes).intoArray(w, wAt + i);
      }
      return;
    }
    int whole = SPECIES.loopBound(cols);
    VectorMask<Float> rest = SPECIES.indexInRange(whole, cols);
    for (int i = 0; i < rows; i++) {
      int row = i * width;
      for (int j = 0; j < whole; j += LANES) {
        int at = wAt + row + j;
        down.fma(FloatVector.fromArray(SPECIES, g, gAt + row + j), FloatVector.fromArray(SPECIES, w, at))
            .intoArray(w, at);
      }
      if (whole < cols) {
        int at = wAt + row + whole;
        FloatVector before = FloatVector.fromArray(SPECIES, w, at);
        before.blend(down.fma(FloatVector.fromArray(SPECIES, g, gAt + row + whole), before), rest).intoArray(w, at);
      }
    }
  }
}
