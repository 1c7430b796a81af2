package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Chunks.CHUNK;
import static dev.lanewise.kernel.vector.Chunks.after;
import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import dev.lanewise.kernel.ScalarKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Arithmetic element by element. Each method cuts its arrays into chunks and hands them to another one: a method that
 * is called often with short loops is compiled as a whole, while one that starts with a long loop may be compiled in
 * the middle of it and keep its vectors as objects for good. Less than a vector is a chunk as well, but ends before the loop:
 * {@code WarmUp} has calls counted that do hardly anything, and C2 is not to take the loop for one that hardly turns.
 *
 * <p>Loads are written out: the JDK's own methods are always inlined, but a short method of ours around one is a call,
 * and its vector an object, wherever C2 knew too little of a loop to think it hot.
 */
final class Elementwise extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  /** Rows that {@link #copyEight} copies at a time. */
  static final int STREAMS = 8;

  /** The bits of a float's exponent. */
  private static final int EXPONENT = 0x7f800000;

  private Elementwise() {}

  static void hadamard(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i = after(i)) {
      hadamardChunk(Math.min(CHUNK, n - i), x, xAt + i, y, yAt + i, out, outAt + i);
    }
  }

  private static void hadamardChunk(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    if (n < LANES) {
      SCALAR.hadamard(n, x, xAt, y, yAt, out, outAt);
      return;
    }
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      fromArray(SPECIES, x, xAt + i).mul(fromArray(SPECIES, y, yAt + i)).intoArray(out, outAt + i);
    }
    SCALAR.hadamard(n - whole, x, xAt + whole, y, yAt + whole, out, outAt + whole);
  }

  static void scaledDifference(int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i = after(i)) {
      scaledDifferenceChunk(Math.min(CHUNK, n - i), scale, x, xAt + i, y, yAt + i, out, outAt + i);
    }
  }

  private static void scaledDifferenceChunk(
      int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    if (n < LANES) {
      SCALAR.scaledDifference(n, scale, x, xAt, y, yAt, out, outAt);
      return;
    }
    int whole = SPECIES.loopBound(n);
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    for (int i = 0; i < whole; i += LANES) {
      fromArray(SPECIES, x, xAt + i).sub(fromArray(SPECIES, y, yAt + i)).mul(factor).intoArray(out, outAt + i);
    }
    SCALAR.scaledDifference(n - whole, scale, x, xAt + whole, y, yAt + whole, out, outAt + whole);
  }

  static void scaledUpdate(int n, float step, float[] g, int gAt, float[] w, int wAt) {
    for (int i = 0; i < n; i = after(i)) {
      scaledUpdateChunk(Math.min(CHUNK, n - i), step, g, gAt + i, w, wAt + i);
    }
  }

  static void scaledUpdateChunk(int n, float step, float[] g, int gAt, float[] w, int wAt) {
    if (n < LANES) {
      SCALAR.scaledUpdate(n, step, g, gAt, w, wAt);
      return;
    }
    int whole = SPECIES.loopBound(n);
    FloatVector down = FloatVector.broadcast(SPECIES, -step);
    for (int i = 0; i < whole; i += LANES) {
      down.fma(fromArray(SPECIES, g, gAt + i), fromArray(SPECIES, w, wAt + i)).intoArray(w, wAt + i);
    }
    SCALAR.scaledUpdate(n - whole, step, g, gAt + whole, w, wAt + whole);
  }

  /** Eight rows at a time: rows that lie anywhere come from memory, and eight streams of lines come faster than one. */
  static void gather(int rows, int cols, float[] x, int[] order, int orderAt, float[] out, int outAt, int ld) {
    if (rows < STREAMS) {
      SCALAR.gather(rows, cols, x, order, orderAt, out, outAt, ld);
      return;
    }
    int whole = cols < LANES ? cols : SPECIES.loopBound(cols);
    // The last rows, and the last columns, begin early enough to be as many as the others.
    for (int i = 0; i < rows; i += STREAMS) {
      int first = Math.min(i, rows - STREAMS);
      copyEight(whole, x, 0, cols, order, orderAt + first, out, outAt + first * ld, ld);
      if (whole < cols) {
        int last = cols - LANES;
        copyEight(LANES, x, last, cols, order, orderAt + first, out, outAt + first * ld + last, ld);
      }
    }
  }

  /** So many columns of eight rows: whole vectors, or fewer than one has. */
  static void copyEight(int n, float[] x, int xAt, int ldx, int[] order, int at, float[] out, int outAt, int ld) {
    int whole = SPECIES.loopBound(n);
    int x0 = xAt + order[at] * ldx;
    int x1 = xAt + order[at + 1] * ldx;
    int x2 = xAt + order[at + 2] * ldx;
    int x3 = xAt + order[at + 3] * ldx;
    int x4 = xAt + order[at + 4] * ldx;
    int x5 = xAt + order[at + 5] * ldx;
    int x6 = xAt + order[at + 6] * ldx;
    int x7 = xAt + order[at + 7] * ldx;
    int out1 = outAt + ld;
    int out2 = outAt + 2 * ld;
    int out3 = outAt + 3 * ld;
    int out4 = outAt + 4 * ld;
    int out5 = outAt + 5 * ld;
    int out6 = outAt + 6 * ld;
    int out7 = outAt + 7 * ld;
    for (int j = 0; j < whole; j += LANES) {
      fromArray(SPECIES, x, x0 + j).intoArray(out, outAt + j);
      fromArray(SPECIES, x, x1 + j).intoArray(out, out1 + j);
      fromArray(SPECIES, x, x2 + j).intoArray(out, out2 + j);
      fromArray(SPECIES, x, x3 + j).intoArray(out, out3 + j);
      fromArray(SPECIES, x, x4 + j).intoArray(out, out4 + j);
      fromArray(SPECIES, x, x5 + j).intoArray(out, out5 + j);
      fromArray(SPECIES, x, x6 + j).intoArray(out, out6 + j);
      fromArray(SPECIES, x, x7 + j).intoArray(out, out7 + j);
    }
    for (int j = whole; j < n; j++) {
      out[outAt + j] = x[x0 + j];
      out[out1 + j] = x[x1 + j];
      out[out2 + j] = x[x2 + j];
      out[out3 + j] = x[x3 + j];
      out[out4 + j] = x[x4 + j];
      out[out5 + j] = x[x5 + j];
      out[out6 + j] = x[x6 + j];
      out[out7 + j] = x[x7 + j];
    }
  }

  /** An exponent of ones is what NaN and the infinities have in common. */
  static int firstNonFinite(int n, float[] x, int at) {
    for (int i = 0; i < n; i = after(i)) {
      int length = Math.min(CHUNK, n - i);
      if (!allFinite(length, x, at + i)) {
        return i + SCALAR.firstNonFinite(length, x, at + i);
      }
    }
    return -1;
  }

  private static boolean allFinite(int n, float[] x, int at) {
    if (n < LANES) {
      return SCALAR.firstNonFinite(n, x, at) < 0;
    }
    int whole = SPECIES.loopBound(n);
    IntVector exponent = IntVector.broadcast(INTS, EXPONENT);
    for (int i = 0; i < whole; i += LANES) {
      if (fromArray(SPECIES, x, at + i).reinterpretAsInts().and(exponent).compare(EQ, exponent).anyTrue()) {
        return false;
      }
    }
    return SCALAR.firstNonFinite(n - whole, x, at + whole) < 0;
  }
}
