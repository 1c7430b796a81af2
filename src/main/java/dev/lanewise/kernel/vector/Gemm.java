package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;

/**
 * C = start + A·B of packed weights, forwards and back, by panels of B and tiles of C. In BLIS's terms: loop PC cuts k, loop IC cuts A,
 * loop JR goes over panels of B and {@link Tiles} over tiles of rows. A is read in place. {@link PlainProduct} is of weights that are not
 * packed.
 *
 * <p>Scratch holds, in this order, the block of a {@link PlainProduct}'s last columns, a row of start, a panel of B, and a
 * {@link PackedA} or what {@link Descent} has there; what is called Turned has its own where a panel of B would be.
 */
final class Gemm extends NotInlined {

  static final int PANEL_AT = Kernels.TILE_SCRATCH + Panels.LEAD;

  private Gemm() {}

  /** A row-major, B packed. C and start have room for whole panels, which are written. */
  static void packedProduct(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] packed, int packedAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    if (ForwardBlocking.isFewRowsOfOneVector(m, n, k)) {
      boolean fromZero = start == null;
      NarrowTiles.rows(
          TilingInUse.here(), m, k, a, aAt, lda, packed, packedAt,
          fromZero, fromZero ? Tiles.ZEROS : start, fromZero ? 0 : startAt, fromZero ? 0 : ldStart, c, cAt, ldc);
      return;
    }
    int done = ForwardBlocking.takesPanelsTogether(m)
        ? rowOverPanels(n, k, a, aAt, packed, packedAt, start, startAt, c, cAt)
        : 0;
    int mc = ForwardBlocking.rowsOverPackedB(k);
    int kc = Blocking.evenly(k, Blocking.PACKED_KC);
    // The tiles over one panel of B, or over one block of its k, read the next: it lies behind it.
    boolean ahead = Blocking.readsAhead((long) k * n) && !ForwardBlocking.waitsForMemory(m, (long) k * n) && m >= Tile6x4.ROWS;
    int aheadFloats = ahead ? Math.min(k, kc) * Panels.WIDE / (Math.min(m, mc) / Tile6x4.ROWS) : 0;
    for (int ic = 0; ic < m; ic += mc) {
      int rows = Math.min(mc, m - ic);
      boolean reads = ForwardBlocking.readsPanel(rows, (long) k * n);
      for (int j = done, width; j < n; j += width) {
        width = Panels.width(n - j);
        int ready = 0; // rows
        if (width == Panels.NARROW && ForwardBlocking.turnsForward(rows, n - j, k)) {
          ready = rows / Panels.WIDE * Panels.WIDE;
          TurnedForward.run(
              ready, n - j, k, a, aAt + ic * lda, lda, packed, packedAt + j * k,
              start, startAt + ic * ldStart + j, ldStart, c, cAt + ic * ldc + j, ldc, scratch);
        }
        if (ldStart == 0 && ForwardBlocking.sharesLastVector(rows, width, n - j, k)) {
          ready = SharedTiles.rows(
              width, rows, k, a, aAt + ic * lda, lda, packed, packedAt + j * k, start, startAt + j, c, cAt + ic * ldc + j, ldc);
        }
        int i = ic + ready;
        int cBlock = cAt + i * ldc + j;
        for (int pc = 0; ready < rows && (pc == 0 || pc < k); pc += kc) {
          boolean first = pc == 0;
          int depth = Math.min(kc, k - pc);
          if (width == Panels.WIDE && reads) {
            ReadAhead.run(depth * width, packed, packedAt + j * k + pc * width);
          }
          Tiles.panel(
              width, rows - ready, depth, a, aAt + i * lda + pc, lda, 1,
              packed, packedAt + j * k + pc * width, width,
              first ? start : c, first ? startAt + i * ldStart + j : cBlock, first ? ldStart : ldc, c, cBlock, ldc,
              null, ahead ? packed : null, packedAt + j * k + (pc + depth) * width, aheadFloats, aheadFloats);
        }
      }
    }
  }

  /** One row over as many panels as eight vectors are, as long as there are so many. Returns the columns that are done. */
  private static int rowOverPanels(
      int n, int k, float[] a, int aAt, float[] packed, int packedAt, float[] start, int startAt, float[] c, int cAt) {
    float[] from = start == null ? Tiles.ZEROS : start;
    int j = 0;
    for (; j + RowTile1x8.COLUMNS <= Panels.columns(n); j += RowTile1x8.COLUMNS) {
      RowTile1x8.run(
          k, a, aAt, packed, packedAt + j * k, k * Panels.WIDE, from, start == null ? 0 : startAt + j, c, cAt + j);
    }
    return j;
  }

  /**
   * A row-major, B packed as n × k: each panel of its transpose is made in scratch, just before its only use. Or, of terms in wide
   * panels, C is computed transposed first.
   */
  static void packedTransposedProduct(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    if (BackwardBlocking.isFewRowsOfOneVector(m, to - from, k)) {
      Transpose.panel(n, k, from, to - from, 0, k, packed, scratch, PANEL_AT);
      NarrowTiles.rows(TilingInUse.here(), m, k, a, aAt, lda, scratch, PANEL_AT, true, Tiles.ZEROS, 0, 0, c, cAt + from, ldc);
      return;
    }
    if (BackwardBlocking.turnsBackByTwoVectors(m, to - from, k)) {
      TurnedError.ofTwoVectors(m, n, k, from, to, a, aAt, lda, packed, c, cAt, ldc, scratch);
      return;
    }
    if (Blocking.PAIRS) {
      transposedPairs(m, n, k, from, to, a, aAt, lda, packed, c, cAt, ldc, scratch);
      return;
    }
    int done = 0; // terms
    if (BackwardBlocking.turnsBack(m, n, to - from, k)) {
      done = Panels.inWide(k);
      TurnedError.run(m, n, done, from, to, a, aAt, lda, packed, c, cAt, ldc, scratch);
    }
    if (done < k || k == 0) {
      int rows = BackwardBlocking.rowsHandedBack(m, to - from, k);
      for (int i = 0; i < m; i += rows) {
        transposedPanels(
            Math.min(rows, m - i), n, k, from, to, done, a, aAt + i * lda, lda, packed, c, cAt + i * ldc, ldc, scratch);
      }
    }
  }

  /** Terms from fromK on of so many columns, whose sums go on in C where they are not the first. */
  private static void transposedPanels(
      int m, int n, int k, int from, int to, int fromK,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    boolean ahead = Blocking.readsAhead((long) n * k);
    int kc = BackwardBlocking.transposedDepth(m, k);
    boolean rowByRow = BackwardBlocking.outerRows(k);
    for (int j = from, width; j < to; j += width) {
      width = Panels.width(to - j);
      if (to - j == 1 && fromK == 0 && BackwardBlocking.byScalars(m, k)) {
        OneColumn.run(m, n, k, j, a, aAt, lda, packed, c, cAt, ldc);
        continue;
      }
      for (int pc = fromK; pc == 0 || pc < k; pc += kc) {
        int depth = Math.min(kc, k - pc);
        if (rowByRow && width == Panels.WIDE) {
          Panels.transposedPanel(n, k, j, Math.min(width, to - j), pc, depth, packed, scratch, PANEL_AT);
          OuterRows4.run(m, k, a, aAt, lda, scratch, PANEL_AT, c, cAt + j, ldc);
          continue;
        }
        Transpose.panel(n, k, j, Math.min(width, to - j), pc, depth, packed, scratch, PANEL_AT);
        Tiles.panel(
            width, m, depth, a, aAt + pc, lda, 1, scratch, PANEL_AT, width,
            pc == 0 ? null : c, cAt + j, ldc, c, cAt + j, ldc, null,
            // Each tile reads what the next panel needs of one panel of B.
            ahead ? packed : null, Panels.at(n, pc) + (j + width) * Panels.WIDE, n * Panels.WIDE, width * Panels.WIDE);
      }
    }
  }

  /**
   * {@link #packedTransposedProduct} where a panel is two vectors: four panels are made at a time, since of each panel of B their rows
   * are one page.
   */
  private static void transposedPairs(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    int kc = Blocking.evenly(k, Kernels.TRANSPOSED_DEPTH);
    for (int j = from; j < to; j += Panels.GROUP) {
      int cols = Math.min(Panels.GROUP, to - j);
      for (int pc = 0; pc == 0 || pc < k; pc += kc) {
        int depth = Math.min(kc, k - pc);
        PairPanels.transposed(n, j, cols, pc, depth, packed, scratch, PANEL_AT);
        for (int g = 0; g < cols; g += Panels.WIDE) {
          int at = cAt + j + g;
          Tiles.panel(
              Panels.WIDE, m, depth, a, aAt + pc, lda, 1, scratch, PANEL_AT + g * depth, Panels.WIDE,
              pc == 0 ? null : c, at, ldc, c, at, ldc, null, null, 0, 0, 0);
        }
      }
    }
  }
}
