package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Chunks.CHUNK;
import static dev.lanewise.kernel.vector.Chunks.after;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.ScalarKernels;
import jdk.incubator.vector.FloatVector;

/** Losses that are a sum over outputs, and their gradients; one loop each, in chunks as {@link Elementwise}. */
final class Errors extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private Errors() {}

  static void absoluteError(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i = after(i)) {
      absoluteErrorChunk(Math.min(CHUNK, n - i), x, xAt + i, y, yAt + i, out, outAt + i);
    }
  }

  private static void absoluteErrorChunk(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      fromArray(SPECIES, x, xAt + i).sub(fromArray(SPECIES, y, yAt + i)).abs().intoArray(out, outAt + i);
    }
    SCALAR.absoluteError(n - whole, x, xAt + whole, y, yAt + whole, out, outAt + whole);
  }

  static void absoluteErrorGradient(
      int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i = after(i)) {
      absoluteErrorGradientChunk(Math.min(CHUNK, n - i), scale, x, xAt + i, y, yAt + i, out, outAt + i);
    }
  }

  private static void absoluteErrorGradientChunk(
      int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector error = fromArray(SPECIES, x, xAt + i).sub(fromArray(SPECIES, y, yAt + i));
      error.mul(scale).blend(scale, error.compare(GT, 0f)).blend(-scale, error.compare(LT, 0f)).intoArray(out, outAt + i);
    }
    SCALAR.absoluteErrorGradient(n - whole, scale, x, xAt + whole, y, yAt + whole, out, outAt + whole);
  }

  static void huber(int n, float bound, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i = after(i)) {
      huberChunk(Math.min(CHUNK, n - i), bound, x, xAt + i, y, yAt + i, out, outAt + i);
    }
  }

  private static void huberChunk(int n, float bound, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector size = fromArray(SPECIES, x, xAt + i).sub(fromArray(SPECIES, y, yAt + i)).abs();
      FloatVector bounded = FloatVector.broadcast(SPECIES, bound).blend(size, size.compare(LT, bound));
      bounded.mul(size.sub(bounded.mul(0.5f))).intoArray(out, outAt + i);
    }
    SCALAR.huber(n - whole, bound, x, xAt + whole, y, yAt + whole, out, outAt + whole);
  }

  static void huberGradient(
      int n, float bound, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i = after(i)) {
      huberGradientChunk(Math.min(CHUNK, n - i), bound, scale, x, xAt + i, y, yAt + i, out, outAt + i);
    }
  }

  private static void huberGradientChunk(
      int n, float bound, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector error = fromArray(SPECIES, x, xAt + i).sub(fromArray(SPECIES, y, yAt + i));
      error.blend(bound, error.compare(GT, bound)).blend(-bound, error.compare(LT, -bound)).mul(scale)
          .intoArray(out, outAt + i);
    }
    SCALAR.huberGradient(n - whole, bound, scale, x, xAt + whole, y, yAt + whole, out, outAt + whole);
  }

  static void hinge(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i = after(i)) {
      hingeChunk(Math.min(CHUNK, n - i), x, xAt + i, y, yAt + i, out, outAt + i);
    }
  }

  private static void hingeChunk(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    FloatVector ones = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector left = ones.sub(fromArray(SPECIES, x, xAt + i).mul(fromArray(SPECIES, y, yAt + i)));
      left.blend(0f, left.compare(LE, 0f)).intoArray(out, outAt + i);
    }
    SCALAR.hinge(n - whole, x, xAt + whole, y, yAt + whole, out, outAt + whole);
  }

  static void hingeGradient(int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i = after(i)) {
      hingeGradientChunk(Math.min(CHUNK, n - i), scale, x, xAt + i, y, yAt + i, out, outAt + i);
    }
  }

  private static void hingeGradientChunk(
      int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    FloatVector ones = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector target = fromArray(SPECIES, y, yAt + i);
      FloatVector left = ones.sub(fromArray(SPECIES, x, xAt + i).mul(target));
      FloatVector.zero(SPECIES).blend(target.mul(-scale), left.compare(GT, 0f)).intoArray(out, outAt + i);
    }
    SCALAR.hingeGradient(n - whole, scale, x, xAt + whole, y, yAt + whole, out, outAt + whole);
  }

  static void squaredHingeGradient(int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i = after(i)) {
      squaredHingeGradientChunk(Math.min(CHUNK, n - i), scale, x, xAt + i, y, yAt + i, out, outAt + i);
    }
  }

  private static void squaredHingeGradientChunk(
      int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    FloatVector ones = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector target = fromArray(SPECIES, y, yAt + i);
      FloatVector left = ones.sub(fromArray(SPECIES, x, xAt + i).mul(target));
      left.blend(0f, left.compare(LE, 0f)).mul(target).mul(scale * -2f).intoArray(out, outAt + i);
    }
    SCALAR.squaredHingeGradient(n - whole, scale, x, xAt + whole, y, yAt + whole, out, outAt + whole);
  }

  static void binaryCrossEntropy(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      binaryCrossEntropyChunk(Math.min(CHUNK, whole - i), x, xAt + i, y, yAt + i, out, outAt + i);
    }
    SCALAR.binaryCrossEntropy(n - whole, x, xAt + whole, y, yAt + whole, out, outAt + whole);
  }

  private static void binaryCrossEntropyChunk(
      int whole, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector value = fromArray(SPECIES, x, xAt + i);
      FloatVector positive = value.blend(0f, value.compare(LT, 0f));
      value.neg().fma(fromArray(SPECIES, y, yAt + i), positive)
          .add(VectorMath.logOfOneAndExp(value.abs().neg()))
          .intoArray(out, outAt + i);
    }
  }
}
