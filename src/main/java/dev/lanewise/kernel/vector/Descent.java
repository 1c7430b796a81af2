package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.KC;
import static dev.lanewise.kernel.vector.Blocking.ROWS;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;

/**
 * The gradient of packed weights, a product Aᵀ·B: in a step of descent, where it is nowhere stored as a whole, or stored in
 * the order of the weights.
 */
final class Descent extends NotInlined {

  private Descent() {}

  /**
   * W −= step · Aᵀ·B for a packed W of m × n, each tile ending in the weights it has the gradient of; few terms go by {@link
   * OuterProduct}. Where k is cut, and of panels that are not wide where that pays, a block of the gradient is in scratch first.
   */
  static void run(
      int m, int n, int k, int from, int to, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    if (k > KC) {
      runCut(m, n, k, from, to, step, a, aAt, lda, b, bAt, ldb, packed, packedAt, scratch);
    } else {
      run(m, n, k, from, to, true, step, a, aAt, lda, b, bAt, ldb, packed, packedAt, scratch);
    }
  }

  /** The same rows of Aᵀ·B, stored. */
  static void gradient(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    if (k > KC) {
      gradientCut(m, n, k, from, to, a, aAt, lda, b, bAt, ldb, packed, packedAt, scratch);
    } else {
      run(m, n, k, from, to, false, 0f, a, aAt, lda, b, bAt, ldb, packed, packedAt, scratch);
    }
  }

  private static void run(
      int m, int n, int k, int from, int to, boolean descends, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    float[] down = descends ? scratch : null;
    boolean packA = Blocking.packsTransposedA(n, k, lda);
    boolean ahead = Blocking.readsAhead(m, n);
    int packedA = Gemm.PANEL_AT + k * Panels.WIDE;
    int mc = packA ? Blocking.DESCENT_MC : Math.max(to - from, 1);
    for (int ic = from; ic < to; ic += mc) {
      int rows = Math.min(mc, to - ic);
      if (packA) {
        Gemm.packTransposedA(rows, k, a, aAt + ic, lda, scratch, packedA);
      }
      for (int j = 0, width; j < n; j += width) {
        width = Panels.width(n - j);
        int w = packedAt + j * m + ic * width;
        int done = 0;
        if (width < Panels.WIDE && Blocking.turns(rows, k)) {
          done = rows / Panels.WIDE * Panels.WIDE;
          Turned.gradient(
              done, width, Math.min(width, n - j), k, descends, step, a, aAt + ic, lda, b, bAt + j, ldb, packed, w, scratch);
        }
        if (done == rows) {
          continue;
        }
        scratch[0] = -step; // where edges have their block, which whole panels do not need
        if (width == Panels.WIDE && descends && Blocking.outer(k)) {
          OuterProduct.run(rows, k, a, aAt + ic, lda, b, bAt + j, ldb, packed, w, scratch);
          continue;
        }
        float[] panel = b;
        int panelAt = bAt + j;
        if (ldb != width) {
          panel = scratch;
          panelAt = Gemm.PANEL_AT;
          Panels.panel(k, width, b, bAt + j, ldb, scratch, panelAt);
        }
        if (packA && width == Panels.WIDE) {
          Gemm.packedRows(rows, k, scratch, packedA, null, 0, 0, packed, w, width, down, ahead, panel, panelAt);
        } else {
          int rest = w + done * width;
          Tiles.panel(
              width, rows - done, k, a, aAt + ic + done, 1, lda, panel, panelAt, width, null, 0, 0,
              packed, rest, width, down, ahead ? packed : null, rest + ROWS * width, ROWS * width, ROWS * width);
        }
      }
    }
  }

  private static void runCut(
      int m, int n, int k, int from, int to, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    int cut = Blocking.evenly(k, KC);
    int gradient = Gemm.PANEL_AT + KC * Panels.WIDE;
    for (int j = 0, width; j < n; j += width) {
      width = Panels.width(n - j);
      for (int i = from; i < to; i += Kernels.GRADIENT_ROWS) {
        int rows = Math.min(Kernels.GRADIENT_ROWS, to - i);
        for (int pc = 0; pc < k; pc += cut) {
          int kc = Math.min(cut, k - pc);
          Panels.panel(kc, width, b, bAt + pc * ldb + j, ldb, scratch, Gemm.PANEL_AT);
          Tiles.panel(
              width, rows, kc, a, aAt + pc * lda + i, 1, lda, scratch, Gemm.PANEL_AT, width,
              pc == 0 ? null : scratch, gradient, width, scratch, gradient, width, null, null, 0, 0, 0);
        }
        Elementwise.scaledUpdate(rows * width, step, scratch, gradient, packed, packedAt + j * m + i * width);
      }
    }
  }

  private static void gradientCut(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    int cut = Blocking.evenly(k, KC);
    for (int j = 0, width; j < n; j += width) {
      width = Panels.width(n - j);
      int at = packedAt + j * m + from * width;
      for (int pc = 0; pc < k; pc += cut) {
        int kc = Math.min(cut, k - pc);
        Panels.panel(kc, width, b, bAt + pc * ldb + j, ldb, scratch, Gemm.PANEL_AT);
        Tiles.panel(
            width, to - from, kc, a, aAt + pc * lda + from, 1, lda, scratch, Gemm.PANEL_AT, width,
            pc == 0 ? null : packed, at, width, packed, at, width, null, null, 0, 0, 0);
      }
    }
  }
}
