package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.ActivationKernels;

/** The activations among the {@link VectorKernels}: which file holds which. */
interface VectorActivations extends ActivationKernels {

  @Override
  default void relu(int n, float[] x, int xAt, float[] out, int outAt) {
    Activations.relu(n, x, xAt, out, outAt);
  }

  @Override
  default void reluPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    Activations.reluPrime(n, x, xAt, out, outAt);
  }

  @Override
  default void reluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    Activations.reluBackward(n, z, zAt, delta, deltaAt);
  }

  @Override
  default void sigmoid(int n, float[] x, int xAt, float[] out, int outAt) {
    Activations.sigmoid(n, x, xAt, out, outAt);
  }

  @Override
  default void sigmoidPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    Activations.sigmoidPrime(n, x, xAt, out, outAt);
  }

  @Override
  default void sigmoidBackward(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    Activations.sigmoidBackward(n, a, aAt, delta, deltaAt);
  }

  @Override
  default void tanh(int n, float[] x, int xAt, float[] out, int outAt) {
    Activations.tanh(n, x, xAt, out, outAt);
  }

  @Override
  default void tanhPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    Activations.tanhPrime(n, x, xAt, out, outAt);
  }

  @Override
  default void tanhBackward(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    Activations.tanhBackward(n, a, aAt, delta, deltaAt);
  }

  @Override
  default void exp(int n, float[] x, int xAt, float[] out, int outAt) {
    Activations.exp(n, x, xAt, out, outAt);
  }

  @Override
  default void softmax(int rows, int cols, int ld, float[] z, int zAt, float[] out, int outAt) {
    if (Rows.fitVectors(cols, ld)) {
      Rows.softmaxOfVectors(rows, cols, z, zAt, out, outAt);
    } else {
      Rows.softmax(rows, cols, ld, z, zAt, out, outAt);
    }
  }

  @Override
  default void softmaxBackward(int rows, int cols, int ld, float[] a, int aAt, float[] delta, int deltaAt) {
    Rows.softmaxBackward(rows, cols, ld, a, aAt, delta, deltaAt);
  }
}
