package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.KC;
import static dev.lanewise.kernel.vector.Blocking.ROWS;

import dev.lanewise.kernel.Panels;

/**
 * The gradient of packed weights, a product Aᵀ·B: in a step of descent, where it is nowhere stored as a whole, or stored in
 * the order of the weights.
 */
final class Descent extends NotInlined {

  private Descent() {}

  /**
   * W −= step · Aᵀ·B for a packed W of m × n, each tile ending in the weights it has the gradient of; few terms go by {@link
   * OuterProduct4}. Where k is cut, and of panels that are not wide where that pays, a block of the gradient is in scratch first.
   */
  static void run(
      int m, int n, int k, int from, int to, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    sum(m, n, k, from, to, true, step, a, aAt, lda, b, bAt, ldb, packed, packedAt, scratch);
  }

  /** The same rows of Aᵀ·B, stored. */
  static void gradient(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    sum(m, n, k, from, to, false, 0f, a, aAt, lda, b, bAt, ldb, packed, packedAt, scratch);
  }

  private static void sum(
      int m, int n, int k, int from, int to, boolean descends, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    if (GradientBlocking.isFewTermsOfOneVector(n, k, ldb)) {
      float[] of = descends ? scratch : null;
      if (descends) {
        scratch[0] = -step;
      }
      NarrowTiles.gradient(to - from, k, a, aAt + from, lda, b, bAt, packed, packedAt + from * Panels.NARROW, of);
      return;
    }
    if (k > KC) {
      cut(m, n, k, from, to, descends, step, a, aAt, lda, b, bAt, ldb, packed, packedAt, scratch);
      return;
    }
    float[] down = descends ? scratch : null;
    // At most one of byRows, inBlocks and packA holds: byRows is of 512 bits and of pairs, inBlocks of Intel's processors, as reads is;
    // prefetches is of Zen 5, and half of pairs. Of each panel the first rows, `done`, are finished by turned, by half, in blocks or
    // prefetched, never by two of these, and the rest by packedRows or Tiles.panel. Panels that are not wide come last: what turns them may
    // write where the packed A is.
    boolean byRows = descends && GradientBlocking.outerProduct(k); // wide panels
    boolean inBlocks = !byRows && GradientBlocking.copiesBlocks(to - from, m, n, k, lda);
    boolean packA = !inBlocks && GradientBlocking.packsA(n, k, lda);
    boolean fetchesWeights = GradientBlocking.readsAhead((long) m * n, k);
    boolean prefetches = fetchesWeights && GradientBlocking.prefetches();
    boolean ahead = fetchesWeights && !prefetches;
    // A gradient that is stored is only written.
    boolean reads = descends && !inBlocks && GradientBlocking.readsPanel(to - from, (long) m * n, k);
    int packedA = Gemm.PANEL_AT + k * Panels.WIDE;
    int mc = Math.max(to - from, 1);
    if (inBlocks) {
      mc = GradientBlocking.rowsOfBlocks(to - from, k);
    } else if (packA) {
      mc = GradientBlocking.packedRows(to - from, k);
    }
    for (int ic = from; ic < to; ic += mc) {
      int rows = Math.min(mc, to - ic);
      int copied = inBlocks ? rows / BlockGradientTile6x4.BLOCK * BlockGradientTile6x4.BLOCK : 0;
      if (inBlocks) {
        PackedA.blocks(copied, k, a, aAt + ic, lda, scratch, packedA);
      } else if (packA) {
        PackedA.panels(rows, k, a, aAt + ic, lda, scratch, packedA);
      }
      for (int j = 0, width; j < n; j += width) {
        width = Panels.width(n - j);
        int w = packedAt + j * m + ic * width;
        int done = turned(packA || byRows, rows, width, n - j, k, descends, step, a, aAt + ic, lda, b, bAt + j, ldb, packed, w, scratch);
        if (done == rows) {
          continue;
        }
        scratch[0] = -step; // where edges have their block, which whole panels do not need
        if (width == Panels.WIDE && byRows) {
          if (Blocking.PAIRS) {
            OuterProduct2.run(rows, k, a, aAt + ic, lda, b, bAt + j, ldb, packed, w, scratch);
          } else if (GradientBlocking.hasOneTerm(k, (long) m * n)) {
            OuterProduct1.run(rows, a, aAt + ic, b, bAt + j, packed, w, scratch);
          } else {
            OuterProduct4.run(rows, k, a, aAt + ic, lda, b, bAt + j, ldb, packed, w, scratch);
          }
          continue;
        }
        float[] panel = b;
        int panelAt = bAt + j;
        int ldPanel = ldb;
        if (ldb != width && (inBlocks || packA || !GradientBlocking.readsErrorInPlace(rows, k))) {
          panel = scratch;
          panelAt = Gemm.PANEL_AT;
          ldPanel = width;
          PanelCopy.run(k, width, b, bAt + j, ldb, scratch, panelAt);
        }
        boolean half = GradientBlocking.isHalf(n - j);
        if (half) {
          done = PairTiles.half(rows, k, a, aAt + ic, lda, panel, panelAt, packed, w, down);
        }
        if (width == Panels.WIDE && reads) {
          ReadAhead.run(rows * width, packed, w);
        }
        if (width == Panels.WIDE && inBlocks) {
          Tiles.blocks(copied, k, scratch, packedA, panel, panelAt, packed, w, down);
          done = copied;
        }
        if (prefetches && width == Panels.WIDE) {
          done = Tiles.prefetchedTiles(
              rows, k, packA ? scratch : a, packA ? packedA : aAt + ic, packA ? ROWS * k : ROWS, packA ? ROWS : lda,
              panel, panelAt, ldPanel, packed, w, j + width < Panels.inWide(n) ? w + m * width : Tiles.NOTHING_AFTER, down);
        }
        int rest = w + done * width;
        if (packA && width == Panels.WIDE && !half) {
          PackedA.multiply(
              rows - done, k, scratch, packedA + done * k, null, 0, 0, packed, rest, width, down, ahead, panel, panelAt);
        } else {
          Tiles.panel(
              width, rows - done, k, a, aAt + ic + done, 1, lda, panel, panelAt, ldPanel, null, 0, 0,
              packed, rest, width, down, ahead ? packed : null, rest + ROWS * width, ROWS * width, ROWS * width);
        }
      }
    }
  }

  /**
   * How many of so many rows of a panel are done by what a panel that is not full has of its own: none or the first.
   *
   * @param wideOtherwise whether wide panels find A packed, or have so few terms that each row is written at once
   */
  private static int turned(
      boolean wideOtherwise, int rows, int width, int cols, int k, boolean descends, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int w,
      float[] scratch) {
    int inPanel = Math.min(width, cols);
    if (!(wideOtherwise && width == Panels.WIDE) && GradientBlocking.sharesLastVector(rows, width, inPanel)) {
      scratch[0] = -step;
      SharedTiles.gradient(width, rows, k, a, aAt, lda, b, bAt, ldb, packed, w, descends ? scratch : null);
      return rows;
    }
    if (width == Panels.WIDE) {
      return 0;
    }
    if (GradientBlocking.writesColumns(rows, inPanel, k)) {
      TurnedGradient.fewColumns(rows, width, inPanel, k, descends, step, a, aAt, lda, b, bAt, ldb, packed, w, scratch);
      return rows;
    }
    boolean byTens = GradientBlocking.turnsByTens(rows, inPanel, k, lda);
    if (!byTens && !GradientBlocking.turnsGradient(rows, inPanel, k)) {
      return 0;
    }
    int unit = byTens ? TurnedTile10x2.ROWS : Panels.WIDE;
    int done = rows / unit * unit;
    TurnedGradient.run(done, width, inPanel, k, byTens, descends, step, a, aAt, lda, b, bAt, ldb, packed, w, scratch);
    return done;
  }

  /**
   * Sums so long that they are cut: the gradient of some rows is in scratch, or where it is stored, until it is whole. Aᵀ is packed
   * for those rows, all of its terms, where that pays.
   */
  private static void cut(
      int m, int n, int k, int from, int to, boolean descends, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    int most = Blocking.evenly(k, KC);
    int packable = GradientBlocking.packedRowsOfLongSums(k);
    boolean packA = packable > 0 && GradientBlocking.packsA(n, k, lda) && (!Blocking.PAIRS || TilingInUse.isAll());
    int block = packA ? packable : GradientBlocking.GRADIENT_ROWS;
    int packedA = Gemm.PANEL_AT + KC * Panels.WIDE;
    float[] out = descends ? scratch : packed;
    for (int ic = from; ic < to; ic += block) {
      int rows = Math.min(block, to - ic);
      int packedRows = Math.ceilDiv(rows, ROWS) * ROWS;
      for (int pc = 0; packA && pc < k; pc += most) {
        PackedA.panels(
            rows, Math.min(most, k - pc), a, aAt + pc * lda + ic, lda, scratch, packedA + pc * packedRows);
      }
      int gradient = packA ? packedA + k * packedRows : packedA;
      for (int j = 0, width; j < n; j += width) {
        width = Panels.width(n - j);
        int w = packedAt + j * m + ic * width;
        int done = turned(packA, rows, width, n - j, k, descends, step, a, aAt + ic, lda, b, bAt + j, ldb, packed, w, scratch);
        int rest = rows - done;
        w += done * width;
        int at = descends ? gradient : w;
        for (int pc = 0; rest > 0 && pc < k; pc += most) {
          int kc = Math.min(most, k - pc);
          float[] start = pc == 0 ? null : out;
          PanelCopy.run(kc, width, b, bAt + pc * ldb + j, ldb, scratch, Gemm.PANEL_AT);
          if (packA && width == Panels.WIDE) {
            PackedA.multiply(
                rows, kc, scratch, packedA + pc * packedRows, start, at, width, out, at, width, null, false, scratch,
                Gemm.PANEL_AT);
          } else {
            Tiles.panel(
                width, rest, kc, a, aAt + pc * lda + ic + done, 1, lda, scratch, Gemm.PANEL_AT, width,
                start, at, width, out, at, width, null, null, 0, 0, 0);
          }
        }
        if (descends) {
          Elementwise.scaledUpdate(rest * width, step, scratch, at, packed, w);
        }
      }
    }
  }
}
