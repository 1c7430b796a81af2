package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Forward products and gradients of seventeen and eighteen columns, a medium panel that is almost half padding, computed transposed by
 * {@link TurnedTile9x2}, 32 rows at a time. The first sixteen columns are turned back in blocks, the one or two behind them float by float.
 */
final class TurnedNines extends NotInlined {

  /** Rows at a time. */
  static final int ROWS = TurnedTile9x2.ROWS;

  /** The most columns: of seventeen, two tiles compute one of padding forwards, and one column twice in a gradient. */
  static final int MOST = 2 * TurnedTile9x2.COLUMNS;

  private static final int LD = Panels.MEDIUM;

  private TurnedNines() {}

  /** Whether there are so many columns. */
  static boolean fit(int cols) {
    return cols > LANES && cols <= MOST;
  }

  /**
   * C = start + A·B for a medium panel of B and a multiple of 32 rows.
   *
   * @param start the row that all rows start from, or null for zero
   */
  static void forward(
      int m, int cols, int k,
      float[] a, int aAt, int lda,
      float[] packed, int packedAt,
      float[] start, int startAt,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    int turned = Gemm.PANEL_AT;
    int aTurned = turned + MOST * LD;
    for (int i = 0; i < m; i += ROWS) {
      int aRow = aAt + i * lda;
      if (start != null) {
        startRows(MOST, start, startAt, scratch, turned);
      }
      for (int pc = 0; pc < k; pc += Kernels.MAX_TURNED_DEPTH) {
        int depth = Math.min(Kernels.MAX_TURNED_DEPTH, k - pc);
        turnRows(depth, a, aRow + pc, lda, scratch, aTurned);
        boolean goesOn = start != null || pc > 0;
        for (int j = 0; j < MOST; j += TurnedTile9x2.COLUMNS) {
          TurnedTile9x2.run(depth, packed, packedAt + pc * LD + j, LD, scratch, aTurned, LD, goesOn, scratch, turned + j * LD);
        }
      }
      for (int r = 0; r < ROWS; r += LANES) {
        BlockTranspose.run(scratch, turned + r, LD, c, cAt + (i + r) * ldc, ldc);
      }
      int behind = cAt + i * ldc + LANES;
      startPadding(ROWS, start, startAt + LANES, c, behind, ldc);
      for (int j = LANES; j < cols; j++) {
        TurnedGradient.storeColumn(ROWS, scratch, turned + j * LD, c, behind + j - LANES, ldc);
      }
    }
  }

  /** What so many columns start from, transposed. */
  static void startRows(int cols, float[] start, int startAt, float[] out, int at) {
    for (int j = 0; j < cols; j++) {
      FloatVector x = broadcast(SPECIES, start[startAt + j]);
      x.intoArray(out, at + j * LD);
      x.intoArray(out, at + j * LD + LANES);
    }
  }

  /** The transpose of 32 rows; what no blocks are full of goes float by float. */
  private static void turnRows(int k, float[] a, int aAt, int lda, float[] out, int at) {
    int whole = k / LANES * LANES;
    for (int i = 0; i < ROWS; i += LANES) {
      for (int p = 0; p < whole; p += LANES) {
        BlockTranspose.run(a, aAt + i * lda + p, lda, out, at + p * LD + i, LD);
      }
    }
    if (whole < k) {
      Panels.transpose(k - whole, ROWS, a, aAt + whole, lda, out, at + whole * LD, LD);
    }
  }

  /** A vector's columns of so many rows of C become what they start from, before the first of them are written. */
  static void startPadding(int rows, float[] start, int startAt, float[] c, int cAt, int ldc) {
    FloatVector rest = start == null ? FloatVector.zero(SPECIES) : fromArray(SPECIES, start, startAt);
    for (int i = 0; i < rows; i++) {
      rest.intoArray(c, cAt + i * ldc);
    }
  }

  /**
   * The gradient of a medium panel of W: stored, or a step of descent. Returns the rows that are done: all, but where three or more are left
   * behind the last 32.
   */
  static int gradient(
      int rows, int cols, int k, boolean descends, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int w,
      float[] scratch) {
    int whole = rows / ROWS * ROWS;
    for (int i = 0; i < whole; i += ROWS) {
      sums(cols, k, a, aAt + i, lda, b, bAt, ldb, scratch);
      if (descends) {
        descend(cols, -step, packed, w + i * LD, scratch);
      } else {
        store(cols, packed, w + i * LD, scratch);
      }
    }
    if (rows - whole > 2) {
      return whole;
    }
    for (int i = whole; i < rows; i++) {
      row(k, descends, -step, a, aAt + i, lda, b, bAt, ldb, packed, w + i * LD);
    }
    return rows;
  }

  /** The gradient of 32 rows, transposed, at the head of scratch. */
  private static void sums(int cols, int k, float[] a, int aAt, int lda, float[] b, int bAt, int ldb, float[] scratch) {
    int second = cols - TurnedTile9x2.COLUMNS;
    TurnedTile9x2.run(k, b, bAt, ldb, a, aAt, lda, false, scratch, Gemm.PANEL_AT);
    TurnedTile9x2.run(k, b, bAt + second, ldb, a, aAt, lda, false, scratch, Gemm.PANEL_AT + second * LD);
  }

  private static void descend(int cols, float down, float[] packed, int w, float[] scratch) {
    int gradient = Gemm.PANEL_AT;
    int back = gradient + MOST * LD;
    for (int r = 0; r < ROWS; r += LANES) {
      BlockTranspose.run(scratch, gradient + r, LD, scratch, back, LANES);
      descendRows(LANES, down, scratch, back, packed, w + r * LD);
    }
    for (int j = LANES; j < cols; j++) {
      TurnedGradient.descendColumn(ROWS, down, scratch, gradient + j * LD, packed, w + j, LD);
    }
  }

  /** Sixteen columns of so many rows of a medium panel. */
  static void descendRows(int rows, float down, float[] g, int gAt, float[] w, int at) {
    FloatVector d = broadcast(SPECIES, down);
    for (int i = 0; i < rows; i++) {
      d.fma(fromArray(SPECIES, g, gAt + i * LANES), fromArray(SPECIES, w, at + i * LD)).intoArray(w, at + i * LD);
    }
  }

  private static void store(int cols, float[] packed, int w, float[] scratch) {
    Arrays.fill(packed, w, w + ROWS * LD, 0f);
    for (int r = 0; r < ROWS; r += LANES) {
      BlockTranspose.run(scratch, Gemm.PANEL_AT + r, LD, packed, w + r * LD, LD);
    }
    for (int j = LANES; j < cols; j++) {
      TurnedGradient.storeColumn(ROWS, scratch, Gemm.PANEL_AT + j * LD, packed, w + j, LD);
    }
  }

  /** One row, which a tile of four would take twice as long for; padding comes along. */
  static void row(
      int k, boolean descends, float down, float[] a, int aAt, int lda, float[] b, int bAt, int ldb, float[] packed, int w) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    int x = aAt;
    int row = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector x0 = broadcast(SPECIES, a[x]);
      c0 = x0.fma(fromArray(SPECIES, b, row), c0);
      c1 = x0.fma(fromArray(SPECIES, b, row + LANES), c1);
      x += lda;
      row += ldb;
    }
    if (descends) {
      FloatVector d = broadcast(SPECIES, down);
      c0 = d.fma(c0, fromArray(SPECIES, packed, w));
      c1 = d.fma(c1, fromArray(SPECIES, packed, w + LANES));
    }
    c0.intoArray(packed, w);
    c1.intoArray(packed, w + LANES);
  }
}
