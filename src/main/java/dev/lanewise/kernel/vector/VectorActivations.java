package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.ActivationKernels;

/** The activations among the {@link VectorKernels}: which file holds which. Some go by a method between, see {@link NotInlined}. */
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
  default void leakyRelu(int n, float slope, float[] x, int xAt, float[] out, int outAt) {
    Rectifiers.leakyRelu(n, slope, x, xAt, out, outAt);
  }

  @Override
  default void leakyReluBackward(int n, float slope, float[] z, int zAt, float[] delta, int deltaAt) {
    Rectifiers.leakyReluBackward(n, slope, z, zAt, delta, deltaAt);
  }

  @Override
  default void elu(int n, float alpha, float[] x, int xAt, float[] out, int outAt) {
    Rectifiers.elu(n, alpha, x, xAt, out, outAt);
  }

  @Override
  default void eluPrime(int n, float alpha, float[] x, int xAt, float[] out, int outAt) {
    Rectifiers.eluPrime(n, alpha, x, xAt, out, outAt);
  }

  @Override
  default void eluBackward(int n, float alpha, float[] a, int aAt, float[] delta, int deltaAt) {
    Rectifiers.eluBackward(n, alpha, a, aAt, delta, deltaAt);
  }

  @Override
  default void softplus(int n, float[] x, int xAt, float[] out, int outAt) {
    Rectifiers.softplus(n, x, xAt, out, outAt);
  }

  @Override
  default void softplusBackward(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    Rectifiers.softplusBackward(n, a, aAt, delta, deltaAt);
  }

  @Override
  default void silu(int n, float[] x, int xAt, float[] out, int outAt) {
    Gates.silu(n, x, xAt, out, outAt);
  }

  @Override
  default void siluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    Gates.siluBackward(n, z, zAt, delta, deltaAt);
  }

  @Override
  default void gelu(int n, float[] x, int xAt, float[] out, int outAt) {
    Gates.gelu(n, x, xAt, out, outAt);
  }

  @Override
  default void geluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    Gates.geluBackward(n, z, zAt, delta, deltaAt);
  }

  @Override
  default void geluTanh(int n, float[] x, int xAt, float[] out, int outAt) {
    Gates.geluTanh(n, x, xAt, out, outAt);
  }

  @Override
  default void geluTanhBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    Gates.geluTanhBackward(n, z, zAt, delta, deltaAt);
  }

  @Override
  default void exp(int n, float[] x, int xAt, float[] out, int outAt) {
    Activations.exp(n, x, xAt, out, outAt);
  }

  @Override
  default void softmax(int rows, int cols, int ld, float[] z, int zAt, float[] out, int outAt) {
    callsSoftmax(rows, cols, ld, z, zAt, out, outAt);
  }

  private static void callsSoftmax(int rows, int cols, int ld, float[] z, int zAt, float[] out, int outAt) {
    Softmax.choose(rows, cols, ld, z, zAt, out, outAt);
  }

  @Override
  default void softmaxBackward(int rows, int cols, int ld, float[] a, int aAt, float[] delta, int deltaAt) {
    callsSoftmaxBackward(rows, cols, ld, a, aAt, delta, deltaAt);
  }

  private static void callsSoftmaxBackward(int rows, int cols, int ld, float[] a, int aAt, float[] delta, int deltaAt) {
    Softmax.chooseBackward(rows, cols, ld, a, aAt, delta, deltaAt);
  }
}
