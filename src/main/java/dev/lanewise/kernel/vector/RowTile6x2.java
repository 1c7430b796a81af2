package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 6 whole rows × 2 vectors, for 16 registers, a row-major A and a wide panel of B: {@link RowTile4x2} with two more
 * rows, whose sums, operands and broadcasts are all 16 registers.
 *
 * <p>C2 keeps the sums there where it takes next what ends a value, a multiply-add, and not what takes longest to the end, a broadcast: it
 * does so once more integers are alive than there are registers for. Under collectors that divide counted loops there are, by what
 * the outer loop counts; under others the last condition keeps three alive that nothing else would.
 */
final class RowTile6x2 {

  /** Rows of a tile. */
  static final int ROWS = 6;

  private RowTile6x2() {}

  static void run(
      int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    int a0 = aAt;
    int a1 = a0 + lda;
    int a2 = a1 + lda;
    int a3 = a2 + lda;
    int a4 = a3 + lda;
    int a5 = a4 + lda;
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    FloatVector c50 = c00;
    FloatVector c51 = c01;
    if (ldStart != 0) {
      int s1 = startAt + ldStart;
      c10 = FloatVector.fromArray(SPECIES, start, s1);
      c11 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
      int s2 = startAt + 2 * ldStart;
      c20 = FloatVector.fromArray(SPECIES, start, s2);
      c21 = FloatVector.fromArray(SPECIES, start, s2 + LANES);
      int s3 = startAt + 3 * ldStart;
      c30 = FloatVector.fromArray(SPECIES, start, s3);
      c31 = FloatVector.fromArray(SPECIES, start, s3 + LANES);
      int s4 = startAt + 4 * ldStart;
      c40 = FloatVector.fromArray(SPECIES, start, s4);
      c41 = FloatVector.fromArray(SPECIES, start, s4 + LANES);
      int s5 = startAt + 5 * ldStart;
      c50 = FloatVector.fromArray(SPECIES, start, s5);
      c51 = FloatVector.fromArray(SPECIES, start, s5 + LANES);
    }
    for (int p = 0; p < k; p++) {
      int row = bAt + p * Panels.WIDE;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
    }
    if ((lda | ldStart | startAt) < 0) { // never; see above
      throw new IndexOutOfBoundsException();
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
    int t4 = cAt + 4 * ldc;
    c40.intoArray(c, t4);
    c41.intoArray(c, t4 + LANES);
    int t5 = cAt + 5 * ldc;
    c50.intoArray(c, t5);
    c51.intoArray(c, t5 + LANES);
  }
}
