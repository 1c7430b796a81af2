package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/** Copies of some columns of a row-major B, or of an error, to a panel. */
final class PanelCopy extends NotInlined {

  private PanelCopy() {}

  /**
   * Copies {@code cols} columns of a row-major B, k × cols, to a panel: by vectors where they are a wide one, or a narrow one as far as
   * whole vectors lie in the array; what is beyond a narrow one's columns is anything.
   *
   * <p>A wide one is copied here and not in a method of its own: that was only ever compiled as part of this one, so that a caller into
   * which C2 inlined this method and not that one called it without C2, and allocated, until C2 had come to it.
   */
  static void run(int k, int cols, float[] b, int bAt, int ldb, float[] out, int at) {
    if (cols == Panels.WIDE && Panels.WIDE > Panels.NARROW) {
      // The JVM's copy is a call, which many terms of a large error wait for beside the lines that they are in.
      for (int p = 0; p < k; p++) {
        int from = bAt + p * ldb;
        int to = at + p * Panels.WIDE;
        for (int j = 0; j < Panels.WIDE; j += LANES) {
          FloatVector.fromArray(SPECIES, b, from + j).intoArray(out, to + j);
        }
      }
      return;
    }
    int inside = termsInside(k, b, bAt, ldb);
    if (cols > Panels.NARROW || inside < k - 1) {
      Panels.panel(k, cols, b, bAt, ldb, out, at);
      return;
    }
    for (int p = 0; p < inside; p++) {
      for (int j = 0; j < Panels.NARROW; j += LANES) {
        FloatVector.fromArray(SPECIES, b, bAt + p * ldb + j).intoArray(out, at + p * Panels.NARROW + j);
      }
    }
    if (inside < k) {
      System.arraycopy(b, bAt + inside * ldb, out, at + inside * Panels.NARROW, cols);
    }
  }

  /** For how many of k terms, a leading dimension apart, the floats of a narrow panel lie inside an array. */
  private static int termsInside(int k, float[] x, int at, int ldx) {
    int room = x.length - Panels.NARROW - at;
    if ((k - 1) * ldx <= room) {
      return k;
    }
    return room < 0 ? 0 : room / ldx + 1;
  }
}
