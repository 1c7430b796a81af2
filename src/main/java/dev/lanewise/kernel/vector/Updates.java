package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.UpdateKernels.NEGLIGIBLE;
import static dev.lanewise.kernel.UpdateKernels.NEGLIGIBLE_SQUARE;
import static dev.lanewise.kernel.UpdateKernels.negligibleGradient;
import static dev.lanewise.kernel.vector.Chunks.CHUNK;
import static dev.lanewise.kernel.vector.Chunks.after;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.Warmable.Loops;
import dev.lanewise.kernel.ScalarKernels;
import jdk.incubator.vector.FloatVector;

/** Steps of optimizers: one loop each, in chunks as {@link Elementwise}, the last elements after them. */
final class Updates extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private Updates() {}

  /** See {@link VectorKernels#callWithoutTurns}. */
  static void callWithoutTurns(Loops loops, int times) {
    float[] no = {};
    for (int i = 0; i < times; i++) {
      switch (loops) {
        case DESCENT -> descendChunk(0, 0f, 0f, 0f, no, no, 0);
        case MOMENTUM -> {
          momentumChunk(0, 0f, 0f, 0f, 0f, no, no, no, 0);
          nesterovChunk(0, 0f, 0f, 0f, 0f, no, no, no, 0);
        }
        case RMS_PROP -> rmsPropChunk(0, 0f, 0f, 0f, 0f, 0f, no, no, no, 0);
        case ADAGRAD -> adagradChunk(0, 0f, 0f, 0f, 0f, no, no, no, 0);
        case ADAM -> adamChunk(0, 0f, 0f, 0f, 0f, 0f, 0f, 0f, no, no, no, no, 0);
        case PENALTIES -> penalizeChunk(0, 0f, 0f, no, no, 0);
        case CLIPPING -> clipChunk(0, 0f, no, 0);
        case COMMON, DROPOUT, DOTS -> throw new IllegalArgumentException("not of an optimizer: " + loops);
      }
    }
  }

  static void descend(int n, float step, float scale, float keep, float[] gradient, float[] w, int at) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      descendChunk(Math.min(CHUNK, whole - i), step, scale, keep, gradient, w, at + i);
    }
    SCALAR.descend(n - whole, step, scale, keep, gradient, w, at + whole);
  }

  private static void descendChunk(
      int n, float step, float scale, float keep, float[] gradient, float[] w, int at) {
    if (n == 0) { // nothing, or callWithoutTurns
      return;
    }
    FloatVector down = FloatVector.broadcast(SPECIES, -step);
    for (int i = at; i < at + n; i += LANES) {
      down.fma(fromArray(SPECIES, gradient, i).mul(scale), fromArray(SPECIES, w, i).mul(keep)).intoArray(w, i);
    }
  }

  static void momentum(
      int n, float step, float scale, float keep, float momentum, boolean nesterov,
      float[] gradient, float[] w, float[] v, int at) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      int length = Math.min(CHUNK, whole - i);
      if (nesterov) {
        nesterovChunk(length, step, scale, keep, momentum, gradient, w, v, at + i);
      } else {
        momentumChunk(length, step, scale, keep, momentum, gradient, w, v, at + i);
      }
    }
    SCALAR.momentum(n - whole, step, scale, keep, momentum, nesterov, gradient, w, v, at + whole);
  }

  private static void momentumChunk(
      int n, float step, float scale, float keep, float momentum, float[] gradient, float[] w, float[] v, int at) {
    if (n == 0) { // nothing, or callWithoutTurns
      return;
    }
    FloatVector factor = FloatVector.broadcast(SPECIES, momentum);
    for (int i = at; i < at + n; i += LANES) {
      FloatVector down = fromArray(SPECIES, gradient, i).mul(scale).mul(-step);
      FloatVector moved = factor.fma(fromArray(SPECIES, v, i), down);
      FloatVector velocity = moved.blend(0f, moved.abs().compare(LT, NEGLIGIBLE));
      velocity.intoArray(v, i);
      fromArray(SPECIES, w, i).mul(keep).add(velocity).intoArray(w, i);
    }
  }

  private static void nesterovChunk(
      int n, float step, float scale, float keep, float momentum, float[] gradient, float[] w, float[] v, int at) {
    if (n == 0) { // nothing, or callWithoutTurns
      return;
    }
    FloatVector factor = FloatVector.broadcast(SPECIES, momentum);
    for (int i = at; i < at + n; i += LANES) {
      FloatVector down = fromArray(SPECIES, gradient, i).mul(scale).mul(-step);
      FloatVector moved = factor.fma(fromArray(SPECIES, v, i), down);
      FloatVector velocity = moved.blend(0f, moved.abs().compare(LT, NEGLIGIBLE));
      velocity.intoArray(v, i);
      fromArray(SPECIES, w, i).mul(keep).add(factor.fma(velocity, down)).intoArray(w, i);
    }
  }

  static void rmsProp(
      int n, float step, float scale, float keep, float rho, float epsilon,
      float[] gradient, float[] w, float[] s, int at) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      rmsPropChunk(Math.min(CHUNK, whole - i), step, scale, keep, rho, epsilon, gradient, w, s, at + i);
    }
    SCALAR.rmsProp(n - whole, step, scale, keep, rho, epsilon, gradient, w, s, at + whole);
  }

  private static void rmsPropChunk(
      int n, float step, float scale, float keep, float rho, float epsilon,
      float[] gradient, float[] w, float[] s, int at) {
    if (n == 0) { // nothing, or callWithoutTurns
      return;
    }
    FloatVector decay = FloatVector.broadcast(SPECIES, rho);
    float negligible = negligibleGradient(1f - rho);
    for (int i = at; i < at + n; i += LANES) {
      FloatVector g = fromArray(SPECIES, gradient, i).mul(scale);
      FloatVector root = g.blend(0f, g.abs().compare(LT, negligible));
      FloatVector sum = decay.fma(fromArray(SPECIES, s, i), root.mul(root).mul(1f - rho));
      FloatVector square = sum.blend(0f, sum.abs().compare(LT, NEGLIGIBLE_SQUARE));
      square.intoArray(s, i);
      fromArray(SPECIES, w, i).mul(keep).sub(g.mul(step).div(square.sqrt().add(epsilon))).intoArray(w, i);
    }
  }

  static void adagrad(
      int n, float step, float scale, float keep, float epsilon, float[] gradient, float[] w, float[] s, int at) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      adagradChunk(Math.min(CHUNK, whole - i), step, scale, keep, epsilon, gradient, w, s, at + i);
    }
    SCALAR.adagrad(n - whole, step, scale, keep, epsilon, gradient, w, s, at + whole);
  }

  private static void adagradChunk(
      int n, float step, float scale, float keep, float epsilon, float[] gradient, float[] w, float[] s, int at) {
    if (n == 0) { // nothing, or callWithoutTurns
      return;
    }
    float negligible = negligibleGradient(1f);
    for (int i = at; i < at + n; i += LANES) {
      FloatVector g = fromArray(SPECIES, gradient, i).mul(scale);
      FloatVector root = g.blend(0f, g.abs().compare(LT, negligible));
      FloatVector sum = root.fma(root, fromArray(SPECIES, s, i));
      FloatVector square = sum.blend(0f, sum.abs().compare(LT, NEGLIGIBLE_SQUARE));
      square.intoArray(s, i);
      fromArray(SPECIES, w, i).mul(keep).sub(g.mul(step).div(square.sqrt().add(epsilon))).intoArray(w, i);
    }
  }

  static void adam(
      int n, float step, float scale, float keep, float beta1, float beta2, float unbias, float epsilon,
      float[] gradient, float[] w, float[] m, float[] v, int at) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      adamChunk(
          Math.min(CHUNK, whole - i), step, scale, keep, beta1, beta2, unbias, epsilon, gradient, w, m, v, at + i);
    }
    SCALAR.adam(n - whole, step, scale, keep, beta1, beta2, unbias, epsilon, gradient, w, m, v, at + whole);
  }

  private static void adamChunk(
      int n, float step, float scale, float keep, float beta1, float beta2, float unbias, float epsilon,
      float[] gradient, float[] w, float[] m, float[] v, int at) {
    if (n == 0) { // nothing, or callWithoutTurns
      return;
    }
    FloatVector decay1 = FloatVector.broadcast(SPECIES, beta1);
    FloatVector decay2 = FloatVector.broadcast(SPECIES, beta2);
    float negligible = negligibleGradient(1f - beta2);
    for (int i = at; i < at + n; i += LANES) {
      FloatVector g = fromArray(SPECIES, gradient, i).mul(scale);
      FloatVector first = decay1.fma(fromArray(SPECIES, m, i), g.mul(1f - beta1));
      FloatVector root = g.blend(0f, g.abs().compare(LT, negligible));
      FloatVector second = decay2.fma(fromArray(SPECIES, v, i), root.mul(root).mul(1f - beta2));
      FloatVector mean = first.blend(0f, first.abs().compare(LT, NEGLIGIBLE));
      FloatVector square = second.blend(0f, second.abs().compare(LT, NEGLIGIBLE_SQUARE));
      mean.intoArray(m, i);
      square.intoArray(v, i);
      FloatVector divisor = square.mul(unbias).sqrt().add(epsilon);
      fromArray(SPECIES, w, i).mul(keep).sub(mean.mul(step).div(divisor)).intoArray(w, i);
    }
  }

  static void penalize(int n, float l1, float l2, float[] w, float[] gradient, int at) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      penalizeChunk(Math.min(CHUNK, whole - i), l1, l2, w, gradient, at + i);
    }
    SCALAR.penalize(n - whole, l1, l2, w, gradient, at + whole);
  }

  private static void penalizeChunk(int n, float l1, float l2, float[] w, float[] gradient, int at) {
    if (n == 0) { // nothing, or callWithoutTurns
      return;
    }
    FloatVector factor = FloatVector.broadcast(SPECIES, l2);
    for (int i = at; i < at + n; i += LANES) {
      FloatVector x = fromArray(SPECIES, w, i);
      FloatVector sign = FloatVector.zero(SPECIES).blend(l1, x.compare(GT, 0f)).blend(-l1, x.compare(LT, 0f));
      factor.fma(x, fromArray(SPECIES, gradient, i)).add(sign).intoArray(gradient, i);
    }
  }

  static void clip(int n, float limit, float[] gradient, int at) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      clipChunk(Math.min(CHUNK, whole - i), limit, gradient, at + i);
    }
    SCALAR.clip(n - whole, limit, gradient, at + whole);
  }

  private static void clipChunk(int n, float limit, float[] gradient, int at) {
    if (n == 0) { // nothing, or callWithoutTurns
      return;
    }
    for (int i = at; i < at + n; i += LANES) {
      FloatVector g = fromArray(SPECIES, gradient, i);
      g.blend(limit, g.compare(GT, limit)).blend(-limit, g.compare(LT, -limit)).intoArray(gradient, i);
    }
  }
}
