package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.COLUMNS;
import static dev.lanewise.kernel.vector.Blocking.KC;
import static dev.lanewise.kernel.vector.Blocking.MC;
import static dev.lanewise.kernel.vector.Blocking.ROWS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MANY_REGISTERS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * C = start + A·B by panels of B and tiles of C. In BLIS's terms: loop PC cuts k, loop IC cuts a packed Aᵀ, loop JR goes
 * over panels of B and loop IR over tiles of rows. A panel of B is packed just before its only use, so that it is read
 * back from L2; A is read in place. Small products read B in place as well.
 *
 * <p>Scratch holds, in this order, the tile of {@link Edge}, a row of start, a row of B, a panel of B, packed panels of
 * Aᵀ, and what {@link Descent} adds.
 */
final class Gemm extends NotInlined {

  /** What accumulators load when they start from nothing: one row, with leading dimension 0. */
  private static final float[] ZEROS = new float[Panels.WIDE];

  private static final int ROW_AT = Kernels.TILE_SCRATCH - Panels.NARROW;
  private static final int START_AT = ROW_AT - Panels.NARROW;
  static final int PANEL_AT = Kernels.TILE_SCRATCH + Panels.LEAD;

  private Gemm() {}

  /** A by a row and a column stride; B row-major, or given as n × k. */
  static void product(
      int m, int n, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb, boolean transposedB,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    if (!transposedB && Blocking.direct(m, n, k)) {
      columns(m, n, k, a, aAt, rowStride, columnStride, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc,
          false, scratch);
    } else {
      blocked(
          m, n, k, a, aAt, rowStride, columnStride, b, bAt, ldb, transposedB, start, startAt, ldStart, c, cAt, ldc,
          scratch);
    }
  }

  static void blocked(
      int m, int n, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb, boolean transposedB,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    boolean packA = rowStride == 1 && columnStride != 1 && Blocking.packsTransposedA(n, k, columnStride);
    int mc = packA ? MC : Math.max(m, 1);
    for (int pc = 0; pc == 0 || pc < k; pc += KC) {
      int kc = Math.min(KC, k - pc);
      for (int ic = 0; ic < m; ic += mc) {
        int rows = Math.min(mc, m - ic);
        int aBlock = aAt + ic * rowStride + pc * columnStride;
        int packedA = PANEL_AT + kc * Panels.WIDE;
        if (packA) {
          packTransposedA(rows, kc, a, aBlock, columnStride, scratch, packedA);
        }
        for (int j = 0, width; j < n; j += width) {
          width = Panels.width(n - j);
          int cols = Math.min(width, n - j);
          if (transposedB) {
            transposedPanel(kc, cols, b, bAt + j * ldb + pc, ldb, scratch);
          } else {
            Panels.panel(kc, cols, b, bAt + pc * ldb + j, ldb, scratch, PANEL_AT);
          }
          int cBlock = cAt + ic * ldc + j;
          // The first block of k begins with start, the others go on with what is in C.
          float[] from = pc == 0 ? start : c;
          int fromAt = pc == 0 ? startAt + ic * ldStart + j : cBlock;
          int ldFrom = pc == 0 ? ldStart : ldc;
          if (packA && cols == Panels.WIDE) {
            wideRows(rows, kc, scratch, packedA, kc, 1, ROWS, from, fromAt, ldFrom, c, cBlock, ldc, null, scratch);
          } else {
            columns(rows, cols, kc, a, aBlock, rowStride, columnStride, scratch, PANEL_AT, width,
                from, fromAt, ldFrom, c, cBlock, ldc, false, scratch);
          }
        }
      }
    }
  }

  /** Writes one panel of a B that is given transposed to scratch, padding included. */
  private static void transposedPanel(int k, int cols, float[] b, int bAt, int ldb, float[] scratch) {
    int width = Panels.width(cols);
    if (cols < width) {
      Arrays.fill(scratch, PANEL_AT, PANEL_AT + k * width, 0f);
    }
    Transpose.run(k, cols, b, bAt, ldb, scratch, PANEL_AT, width);
  }

  /** A row-major, B packed. */
  static void packedProduct(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    for (int j = 0, width; j < n; j += width) {
      width = Panels.width(n - j);
      int cols = Math.min(width, n - j);
      for (int pc = 0; pc == 0 || pc < k; pc += KC) {
        boolean first = pc == 0;
        columns(m, cols, Math.min(KC, k - pc), a, aAt + pc, lda, 1, packed,
            Panels.at(k, j) + pc * width, width,
            first ? start : c, first ? startAt + j : cAt + j, first ? ldStart : ldc, c, cAt + j, ldc, false, scratch);
      }
    }
  }

  /**
   * Columns of a B in place or of one panel: strips as wide as a tile, then as a vector, each over all rows.
   *
   * @param padded whether C has room for whole vectors, and start is zero
   */
  static void columns(
      int m, int n, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      boolean padded,
      float[] scratch) {
    boolean fromZero = start == null;
    float[] from = fromZero ? ZEROS : start;
    int ldFrom = fromZero ? 0 : ldStart;
    int j = 0;
    for (; j + COLUMNS <= n; j += COLUMNS) {
      int fromAt = fromZero ? 0 : startAt + j;
      for (int i = 0; i < m; i += ROWS) {
        wide(Math.min(ROWS, m - i), k, a, aAt + i * rowStride, rowStride, columnStride, b, bAt + j, ldb,
            from, fromAt + i * ldFrom, ldFrom, c, cAt + i * ldc + j, ldc, null);
      }
    }
    for (; j < n; j += LANES) {
      int fromAt = fromZero ? 0 : startAt + j;
      vectorColumn(m, Math.min(LANES, n - j), k, a, aAt, rowStride, columnStride, b, bAt + j, ldb,
          from, fromAt, ldFrom, c, cAt + j, ldc, padded, scratch);
    }
  }

  /** At most a vector of columns. */
  private static void vectorColumn(
      int m, int cols, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      boolean padded,
      float[] scratch) {
    boolean byColumns = columnStride != 1;
    int height = byColumns ? Blocking.COLUMN_TILE_ROWS : RowTile.ROWS;
    int inB = termsInside(k, b, bAt, ldb, LANES);
    boolean edge = cols < LANES && !padded;
    boolean sameStart = ldStart == 0; // a bias or zeros: one row for all
    float[] from = start;
    int fromAt = startAt;
    boolean lastApart = !byColumns && inB == k - 1;
    if (lastApart && m > 0) {
      System.arraycopy(b, bAt + inB * ldb, scratch, ROW_AT, cols);
    }
    if (edge && sameStart && m > 0) {
      Edge.load(1, cols, start, startAt, 0, scratch, START_AT);
      from = scratch;
      fromAt = START_AT;
    }
    for (int i = 0; i < m; i += height) {
      int rows = Math.min(height, m - i);
      int aRow = aAt + i * rowStride;
      int terms = byColumns && rows < height ? Math.min(inB, termsInside(k, a, aRow, columnStride, height)) : inB;
      // Where rows follow each other without a gap, what a whole vector writes too much is the next rows', written later.
      boolean inTile = terms == k || lastApart;
      boolean writtenLater = sameStart && ldc == cols && inTile && (m - i - rows) * cols >= LANES - cols;
      if (!edge || writtenLater) {
        narrow(byColumns, rows, cols, k, terms, a, aRow, rowStride, columnStride, b, bAt, ldb,
            from, fromAt + i * ldStart, ldStart, c, cAt + i * ldc, ldc, scratch);
      } else {
        if (!sameStart) {
          Edge.load(rows, cols, start, startAt + i * ldStart, ldStart, scratch, 0);
        }
        narrow(byColumns, rows, cols, k, terms, a, aRow, rowStride, columnStride, b, bAt, ldb,
            scratch, sameStart ? START_AT : 0, sameStart ? 0 : LANES, scratch, 0, LANES, scratch);
        Edge.store(rows, cols, scratch, c, cAt + i * ldc, ldc);
      }
    }
  }

  /** For how many of k terms, a leading dimension apart, so many floats lie inside an array. */
  private static int termsInside(int k, float[] x, int at, int ldx, int floats) {
    int room = x.length - floats - at;
    if ((k - 1) * ldx <= room) {
      return k;
    }
    return room < 0 ? 0 : room / ldx + 1;
  }

  /**
   * Rows of A, in panels or not, against one wide panel of B in scratch.
   *
   * @param rowStep from one row to the next where tiles begin
   */
  static void wideRows(
      int m, int k,
      float[] a, int aAt, int rowStep, int rowStride, int columnStride,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down,
      float[] scratch) {
    boolean fromZero = start == null;
    float[] from = fromZero ? ZEROS : start;
    int ldFrom = fromZero ? 0 : ldStart;
    for (int j = 0; j < Panels.WIDE; j += COLUMNS) {
      int fromAt = fromZero ? 0 : startAt + j;
      for (int i = 0; i < m; i += ROWS) {
        wide(Math.min(ROWS, m - i), k, a, aAt + i * rowStep, rowStride, columnStride, scratch, PANEL_AT + j,
            Panels.WIDE, from, fromAt + i * ldFrom, ldFrom, c, cAt + i * ldc + j, ldc, down);
      }
    }
  }

  /**
   * m rows of the product's A out of an A given as k × m: panels of as many rows as a tile has, k after k. Eight k at a
   * time, so that their lines of A stay in L1 from one panel to the next even when they fall into one set of it.
   *
   * <p>Whole vectors are copied: what one writes too much, the next of its panel writes again, but for the last k.
   */
  static void packTransposedA(int m, int k, float[] a, int aAt, int lda, float[] packed, int at) {
    int byVectors = LANES >= ROWS && lda >= LANES ? Math.max(0, k - (LANES - 1) / ROWS) : 0;
    for (int p = 0; p < byVectors; p += 8) {
      int depth = Math.min(8, byVectors - p);
      for (int i = 0; i < m; i += ROWS) {
        copyVectors(depth, a, aAt + p * lda + i, lda, packed, at + i * k + p * ROWS);
      }
    }
    for (int p = byVectors; p < k; p++) {
      for (int i = 0; i < m; i++) {
        packed[at + i / ROWS * ROWS * k + p * ROWS + i % ROWS] = a[aAt + p * lda + i];
      }
    }
  }

  private static void copyVectors(int depth, float[] a, int aAt, int lda, float[] packed, int at) {
    for (int p = 0; p < depth; p++) {
      FloatVector.fromArray(SPECIES, a, aAt + p * lda).intoArray(packed, at + p * ROWS);
    }
  }

  private static void wide(
      int rows, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down) {
    if (MANY_REGISTERS) {
      Tile6x4.run(
          rows, k, a, aAt, rowStride, columnStride, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc, down);
    } else {
      Tile4x2.run(
          rows, k, a, aAt, rowStride, columnStride, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc, down);
    }
  }

  /**
   * One tile a vector wide: the first {@code terms} of k by a tile that reads whole vectors, the others one by one. A
   * single one of B's, for an A by rows, is in scratch.
   */
  private static void narrow(
      boolean byColumns, int rows, int cols, int k, int terms,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    if (!byColumns) {
      boolean lastApart = terms == k - 1;
      RowTile.run(rows, terms, a, aAt, rowStride, b, bAt, ldb, lastApart ? scratch : null, ROW_AT,
          start, startAt, ldStart, c, cAt, ldc);
      if (lastApart) {
        return;
      }
    } else if (MANY_REGISTERS) {
      ColumnTile16.run(rows, terms, a, aAt, columnStride, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc);
    } else {
      ColumnTile8.run(rows, terms, a, aAt, columnStride, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc);
    }
    for (int p = terms; p < k; p++) {
      System.arraycopy(b, bAt + p * ldb, scratch, ROW_AT, cols);
      addTerm(rows, a, aAt + p * columnStride, rowStride, scratch, c, cAt, ldc);
    }
  }

  /** Adds one term to a tile of whole vectors, of which the row of B is in scratch. */
  private static void addTerm(
      int rows, float[] a, int aAt, int rowStride, float[] scratch, float[] c, int cAt, int ldc) {
    FloatVector row = FloatVector.fromArray(SPECIES, scratch, ROW_AT);
    for (int r = 0; r < rows; r++) {
      int at = cAt + r * ldc;
      FloatVector sum = FloatVector.fromArray(SPECIES, c, at);
      FloatVector.broadcast(SPECIES, a[aAt + r * rowStride]).fma(row, sum).intoArray(c, at);
    }
  }
}
