package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.COLUMNS;
import static dev.lanewise.kernel.vector.Blocking.KC;
import static dev.lanewise.kernel.vector.Simd.BITS_512;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MASKS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * C = start + A·B of plain row-major arrays, either of them transposed or none. B is packed panel by panel, just before its only use, so
 * that it is read back from L2; small products read whole strips of it in place. Training, whose weights stay packed, does without: these
 * are what its products are said and checked by, and what they are measured beside.
 */
final class PlainProduct extends NotInlined {

  /** Rows of Aᵀ that are packed at once, for one product. */
  private static final int MC = 780;

  /** A B of so many floats stays in L1 with its strides, so that packing it gains nothing. */
  private static final int DIRECT_FLOATS = 8192;

  /** With so few rows, packing B costs more than it saves. */
  private static final int DIRECT_ROWS = 24;

  private static final int START_AT = Kernels.TILE_SCRATCH - Panels.NARROW;

  private PlainProduct() {}

  /** A by a row and a column stride; B row-major, or given as n × k. */
  static void run(
      int m, int n, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb, boolean transposedB,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    if (transposedB || !direct(m, n, k)) {
      blocked(
          m, n, k, a, aAt, rowStride, columnStride, b, bAt, ldb, transposedB, start, startAt, ldStart, c, cAt, ldc,
          scratch);
      return;
    }
    int cut = Blocking.evenly(k, KC);
    for (int pc = 0; pc == 0 || pc < k; pc += cut) {
      int kc = Math.min(cut, k - pc);
      int aBlock = aAt + pc * columnStride;
      int bBlock = bAt + pc * ldb;
      float[] from = pc == 0 ? start : c;
      int fromAt = pc == 0 ? startAt : cAt;
      int ldFrom = pc == 0 ? ldStart : ldc;
      int inPlace = n / COLUMNS * COLUMNS;
      if (inPlace > 0) {
        Tiles.panel(
            inPlace, m, kc, a, aBlock, rowStride, columnStride, b, bBlock, ldb, from, fromAt, ldFrom, c, cAt, ldc,
            null, null, 0, 0, 0);
      }
      for (int j = inPlace; j < n; j += Panels.NARROW) {
        int cols = Math.min(Panels.NARROW, n - j);
        PanelCopy.run(kc, cols, b, bBlock + j, ldb, scratch, Gemm.PANEL_AT);
        narrow(m, cols, kc, a, aBlock, rowStride, columnStride, from, fromAt + j, ldFrom, c, cAt + j, ldc, scratch);
      }
    }
  }

  private static void blocked(
      int m, int n, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb, boolean transposedB,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    boolean packA = rowStride == 1 && columnStride != 1 && GradientBlocking.packsTransposedA(n, k, columnStride);
    int mc = packA ? MC : Math.max(m, 1);
    int cut = Blocking.evenly(k, KC);
    for (int pc = 0; pc == 0 || pc < k; pc += cut) {
      int kc = Math.min(cut, k - pc);
      for (int ic = 0; ic < m; ic += mc) {
        int rows = Math.min(mc, m - ic);
        int aBlock = aAt + ic * rowStride + pc * columnStride;
        int packedA = Gemm.PANEL_AT + kc * Panels.WIDE;
        if (packA) {
          PackedA.panels(rows, kc, a, aBlock, columnStride, scratch, packedA);
        }
        for (int j = 0, width; j < n; j += width) {
          boolean whole = n - j >= Panels.WIDE; // else C has no room for the padding of a wide one
          width = whole ? Panels.WIDE : Panels.NARROW;
          int cols = Math.min(width, n - j);
          if (transposedB) {
            transposedPanel(width, kc, cols, b, bAt + j * ldb + pc, ldb, scratch);
          } else {
            PanelCopy.run(kc, cols, b, bAt + pc * ldb + j, ldb, scratch, Gemm.PANEL_AT);
          }
          int cBlock = cAt + ic * ldc + j;
          // The first block of k begins with start, the others go on with what is in C.
          float[] from = pc == 0 ? start : c;
          int fromAt = pc == 0 ? startAt + ic * ldStart + j : cBlock;
          int ldFrom = pc == 0 ? ldStart : ldc;
          if (!whole) {
            narrow(
                rows, cols, kc, a, aBlock, rowStride, columnStride, from, fromAt, ldFrom, c, cBlock, ldc, scratch);
          } else if (packA) {
            PackedA.multiply(
                rows, kc, scratch, packedA, from, fromAt, ldFrom, c, cBlock, ldc, null, false, scratch, Gemm.PANEL_AT);
          } else {
            Tiles.panel(
                width, rows, kc, a, aBlock, rowStride, columnStride, scratch, Gemm.PANEL_AT, width,
                from, fromAt, ldFrom, c, cBlock, ldc, null, null, 0, 0, 0);
          }
        }
      }
    }
  }

  /** Writes one panel of a B that is given transposed to scratch, padding included. */
  private static void transposedPanel(
      int width, int k, int cols, float[] b, int bAt, int ldb, float[] scratch) {
    if (Blocking.PAIRS && TilingInUse.isAll()) {
      PairPanels.intoPanel(cols, k, b, bAt, ldb, scratch, Gemm.PANEL_AT);
      return;
    }
    if (cols < width) {
      Arrays.fill(scratch, Gemm.PANEL_AT, Gemm.PANEL_AT + k * width, 0f);
    }
    Transpose.run(k, cols, b, bAt, ldb, scratch, Gemm.PANEL_AT, width);
  }

  /** At most a narrow panel of columns, whose B is packed in scratch. */
  private static void narrow(
      int m, int cols, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    int rest = m % ColumnTile8x1.ROWS;
    boolean readsOn = columnStride != 1 && rest > 0 && k > 0
        && aAt + (m - rest) + (k - 1) * columnStride > a.length - ColumnTile8x1.ROWS;
    int inside = readsOn ? m - rest : m;
    if (inside > 0) {
      narrowInside(
          inside, cols, k, a, aAt, rowStride, columnStride, start, startAt, ldStart, c, cAt, ldc, scratch);
    }
    if (readsOn) { // the tile of the last rows of Aᵀ would read beyond its array
      int copyAt = Gemm.PANEL_AT + k * Panels.NARROW;
      for (int p = 0; p < k; p++) {
        System.arraycopy(a, aAt + inside + p * columnStride, scratch, copyAt + p * ColumnTile8x1.ROWS, rest);
      }
      narrowInside(
          rest, cols, k, scratch, copyAt, 1, ColumnTile8x1.ROWS, start, startAt + inside * ldStart, ldStart,
          c, cAt + inside * ldc, ldc, scratch);
    }
  }

  /** C goes through scratch where it has no room for the panel. */
  private static void narrowInside(
      int m, int cols, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    if (cols == Panels.NARROW) {
      Tiles.panel(
          cols, m, k, a, aAt, rowStride, columnStride, scratch, Gemm.PANEL_AT, cols, start, startAt, ldStart, c, cAt, ldc,
          null, null, 0, 0, 0);
      return;
    }
    boolean oneRow = start == null || ldStart == 0; // nothing or a bias: one row for all
    if (oneRow && start != null) {
      load(1, cols, start, startAt, 0, scratch, START_AT);
    }
    for (int i = 0; i < m; i += Kernels.EDGE_ROWS) {
      int rows = Math.min(Kernels.EDGE_ROWS, m - i);
      if (!oneRow) {
        load(rows, cols, start, startAt + i * ldStart, ldStart, scratch, 0);
      }
      Tiles.panel(
          Panels.NARROW, rows, k, a, aAt + i * rowStride, rowStride, columnStride, scratch, Gemm.PANEL_AT, Panels.NARROW,
          start == null ? null : scratch, oneRow ? START_AT : 0, oneRow ? 0 : Panels.NARROW,
          scratch, 0, Panels.NARROW, null, null, 0, 0, 0);
      store(rows, cols, scratch, c, cAt + i * ldc, ldc);
    }
  }

  /** Copies {@code cols} columns of so many rows of start to the block. */
  private static void load(int rows, int cols, float[] start, int startAt, int ldStart, float[] block, int at) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(start, startAt + i * ldStart, block, at + i * Panels.NARROW, cols);
    }
  }

  /** Copies {@code cols} columns of the block to C. */
  private static void store(int rows, int cols, float[] block, float[] c, int cAt, int ldc) {
    if (!(MASKS && BITS_512)) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(block, i * Panels.NARROW, c, cAt + i * ldc, cols);
      }
      return;
    }
    // Where rows follow each other without a gap, what a whole vector writes too much is the next row's, written later.
    int next = ldc == cols && rows * cols >= LANES ? (rows * cols - LANES) / cols + 1 : 0;
    for (int i = 0; i < next; i++) {
      FloatVector.fromArray(SPECIES, block, i * LANES).intoArray(c, cAt + i * ldc);
    }
    VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
    for (int i = next; i < rows; i++) {
      FloatVector.fromArray(SPECIES, block, i * LANES).intoArray(c, cAt + i * ldc, lanes);
    }
  }

  /** Whether B is read where it is. */
  private static boolean direct(int m, int n, int k) {
    return m <= DIRECT_ROWS || (long) k * n <= DIRECT_FLOATS;
  }
}
