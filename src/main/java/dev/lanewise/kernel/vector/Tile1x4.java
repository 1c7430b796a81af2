package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * One row of C, 4 vectors wide: what {@link Tile6x4} is for a single row, where B is read at the speed of the cache and
 * rows computed in vain would cost more than they save. It is quick to compile: for {@link Blocking#INTEL} processors, Zen 4 and 5 it also
 * does each row that whole tiles leave, until there are finer ones.
 */
final class Tile1x4 {

  private Tile1x4() {}

  static void run(
      int k,
      float[] a, int aAt, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt,
      float[] c, int cAt,
      float[] down) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(SPECIES, start, startAt + 3 * LANES);
    for (int p = 0; p < k; p++) {
      int column = aAt + p * columnStride;
      int row = bAt + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, cAt));
      c01 = d.fma(c01, FloatVector.fromArray(SPECIES, c, cAt + LANES));
      c02 = d.fma(c02, FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES));
      c03 = d.fma(c03, FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES));
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    c03.intoArray(c, cAt + 3 * LANES);
  }
}
