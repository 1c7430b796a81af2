package dev.lanewise.kernel;

import static dev.lanewise.kernel.ScalarMath.fma;
import static dev.lanewise.kernel.ScalarMath.select;

/** {@link UpdateKernels} in plain Java. */
final class ScalarUpdates {

  private ScalarUpdates() {}

  private static float flushed(float value) {
    return Math.abs(value) < UpdateKernels.NEGLIGIBLE ? 0f : value;
  }

  private static float flushedSquare(float value) {
    return Math.abs(value) < UpdateKernels.NEGLIGIBLE_SQUARE ? 0f : value;
  }

  /** Rounded once: a double holds the root of a float so exactly that rounding it again changes nothing. */
  private static float sqrt(float x) {
    return (float) Math.sqrt(x);
  }

  static void descend(int n, float step, float scale, float keep, float[] gradient, float[] w, int at) {
    for (int i = at; i < at + n; i++) {
      w[i] = fma(-step, gradient[i] * scale, w[i] * keep);
    }
  }

  static void momentum(
      int n, float step, float scale, float keep, float momentum, boolean nesterov,
      float[] gradient, float[] w, float[] v, int at) {
    for (int i = at; i < at + n; i++) {
      float down = -step * (gradient[i] * scale);
      float velocity = flushed(fma(momentum, v[i], down));
      v[i] = velocity;
      w[i] = w[i] * keep + (nesterov ? fma(momentum, velocity, down) : velocity);
    }
  }

  static void rmsProp(
      int n, float step, float scale, float keep, float rho, float epsilon,
      float[] gradient, float[] w, float[] s, int at) {
    float rest = 1f - rho;
    float negligible = UpdateKernels.negligibleGradient(rest);
    for (int i = at; i < at + n; i++) {
      float g = gradient[i] * scale;
      float root = Math.abs(g) < negligible ? 0f : g;
      float square = flushedSquare(fma(rho, s[i], rest * (root * root)));
      s[i] = square;
      w[i] = w[i] * keep - step * g / (sqrt(square) + epsilon);
    }
  }

  static void adagrad(
      int n, float step, float scale, float keep, float epsilon, float[] gradient, float[] w, float[] s, int at) {
    float negligible = UpdateKernels.negligibleGradient(1f);
    for (int i = at; i < at + n; i++) {
      float g = gradient[i] * scale;
      float root = Math.abs(g) < negligible ? 0f : g;
      float square = flushedSquare(fma(root, root, s[i]));
      s[i] = square;
      w[i] = w[i] * keep - step * g / (sqrt(square) + epsilon);
    }
  }

  static void adam(
      int n, float step, float scale, float keep, float beta1, float beta2, float unbias, float epsilon,
      float[] gradient, float[] w, float[] m, float[] v, int at) {
    float rest1 = 1f - beta1;
    float rest2 = 1f - beta2;
    float negligible = UpdateKernels.negligibleGradient(rest2);
    for (int i = at; i < at + n; i++) {
      float g = gradient[i] * scale;
      float mean = flushed(fma(beta1, m[i], rest1 * g));
      float root = Math.abs(g) < negligible ? 0f : g;
      float square = flushedSquare(fma(beta2, v[i], rest2 * (root * root)));
      m[i] = mean;
      v[i] = square;
      w[i] = w[i] * keep - step * mean / (sqrt(square * unbias) + epsilon);
    }
  }

  static void penalize(int n, float l1, float l2, float[] w, float[] gradient, int at) {
    for (int i = at; i < at + n; i++) {
      float sign = select(w[i] > 0f, l1, select(w[i] < 0f, -l1, 0f));
      gradient[i] = fma(l2, w[i], gradient[i]) + sign;
    }
  }

  static void clip(int n, float limit, float[] gradient, int at) {
    for (int i = at; i < at + n; i++) {
      float g = gradient[i];
      gradient[i] = g > limit ? limit : g < -limit ? -limit : g;
    }
  }

  static float sumOfSquares(int n, float[] x, int at) {
    return RowSum.PRODUCTS.over(n, x, at, x, at);
  }
}
