package dev.lanewise.kernel;

import static dev.lanewise.kernel.ScalarMath.fma;
import static dev.lanewise.kernel.ScalarMath.select;

import java.util.Arrays;

/** The activations among the {@link ScalarKernels}. */
interface ScalarActivations extends ActivationKernels {

  @Override
  default void relu(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float value = x[xAt + i];
      out[outAt + i] = select(value <= 0f, 0f, value);
    }
  }

  @Override
  default void reluPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = select(x[xAt + i] > 0f, 1f, 0f);
    }
  }

  @Override
  default void reluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      delta[deltaAt + i] = select(z[zAt + i] > 0f, delta[deltaAt + i], 0f);
    }
  }

  @Override
  default void sigmoid(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = ScalarMath.sigmoid(x[xAt + i]);
    }
  }

  @Override
  default void sigmoidPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float s = ScalarMath.sigmoid(x[xAt + i]);
      out[outAt + i] = s * (1f - s);
    }
  }

  @Override
  default void sigmoidBackward(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      float s = a[aAt + i];
      delta[deltaAt + i] = delta[deltaAt + i] * (s * (1f - s));
    }
  }

  @Override
  default void tanh(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = ScalarMath.tanh(x[xAt + i]);
    }
  }

  @Override
  default void tanhPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float t = ScalarMath.tanh(x[xAt + i]);
      out[outAt + i] = fma(-t, t, 1f);
    }
  }

  @Override
  default void tanhBackward(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      float t = a[aAt + i];
      delta[deltaAt + i] = delta[deltaAt + i] * fma(-t, t, 1f);
    }
  }

  @Override
  default void leakyRelu(int n, float slope, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float value = x[xAt + i];
      out[outAt + i] = select(value > 0f, value, value * slope);
    }
  }

  @Override
  default void leakyReluBackward(int n, float slope, float[] z, int zAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      delta[deltaAt + i] = select(z[zAt + i] > 0f, delta[deltaAt + i], delta[deltaAt + i] * slope);
    }
  }

  @Override
  default void elu(int n, float alpha, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float value = x[xAt + i];
      out[outAt + i] = select(value >= 0f, value, ScalarMath.expm1(value) * alpha);
    }
  }

  @Override
  default void eluPrime(int n, float alpha, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float value = x[xAt + i];
      out[outAt + i] = select(value > 0f, 1f, ScalarMath.expOfNegative(value) * alpha);
    }
  }

  @Override
  default void eluBackward(int n, float alpha, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      float value = a[aAt + i];
      delta[deltaAt + i] = select(value > 0f, delta[deltaAt + i], delta[deltaAt + i] * (value + alpha));
    }
  }

  @Override
  default void softplus(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = ScalarMath.softplus(x[xAt + i]);
    }
  }

  @Override
  default void softplusBackward(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      delta[deltaAt + i] = delta[deltaAt + i] * -ScalarMath.expm1(-a[aAt + i]);
    }
  }

  @Override
  default void silu(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = ScalarGates.silu(x[xAt + i]);
    }
  }

  @Override
  default void siluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      delta[deltaAt + i] = delta[deltaAt + i] * ScalarGates.siluPrime(z[zAt + i]);
    }
  }

  @Override
  default void gelu(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = ScalarGates.gelu(x[xAt + i]);
    }
  }

  @Override
  default void geluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      delta[deltaAt + i] = delta[deltaAt + i] * ScalarGates.geluPrime(z[zAt + i]);
    }
  }

  @Override
  default void geluTanh(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = ScalarGates.geluTanh(x[xAt + i]);
    }
  }

  @Override
  default void geluTanhBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      delta[deltaAt + i] = delta[deltaAt + i] * ScalarGates.geluTanhPrime(z[zAt + i]);
    }
  }

  @Override
  default void exp(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = ScalarMath.exp(x[xAt + i]);
    }
  }

  @Override
  default void softmax(int rows, int cols, int ld, float[] z, int zAt, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      int to = outAt + i * ld;
      float max = max(cols, z, zAt + i * ld);
      float sum = exponentials(cols, z, zAt + i * ld, max, out, to);
      for (int j = 0; j < cols; j++) {
        out[to + j] /= sum;
      }
      Arrays.fill(out, to + cols, to + ld, 0f);
    }
  }

  /** The largest of a row, NaN if one is. */
  static float max(int cols, float[] z, int zAt) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < cols; j++) {
      max = Math.max(max, z[zAt + j]);
    }
    return max;
  }

  /** out = exp(z − max); returns its sum. */
  static float exponentials(int cols, float[] z, int zAt, float max, float[] out, int outAt) {
    for (int j = 0; j < cols; j++) {
      out[outAt + j] = ScalarMath.expOfNegative(z[zAt + j] - max);
    }
    return RowSum.VALUES.over(cols, out, outAt, out, outAt);
  }

  @Override
  default void softmaxBackward(int rows, int cols, int ld, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < rows; i++) {
      int p = aAt + i * ld;
      int d = deltaAt + i * ld;
      float sum = RowSum.PRODUCTS.over(cols, a, p, delta, d);
      for (int j = 0; j < cols; j++) {
        delta[d + j] = a[p + j] * (delta[d + j] - sum);
      }
    }
  }
}
