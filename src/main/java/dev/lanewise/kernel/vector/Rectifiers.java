package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Chunks.CHUNK;
import static dev.lanewise.kernel.vector.Chunks.after;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.lanewise.kernel.ScalarKernels;
import jdk.incubator.vector.FloatVector;

/** Leaky ReLU, ELU and softplus, and their primes multiplied onto an error; one loop each, as in {@link Activations}. */
final class Rectifiers extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private Rectifiers() {}

  static void leakyRelu(int n, float slope, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      leakyReluChunk(Math.min(CHUNK, whole - i), slope, x, xAt + i, out, outAt + i);
    }
    SCALAR.leakyRelu(n - whole, slope, x, xAt + whole, out, outAt + whole);
  }

  private static void leakyReluChunk(int whole, float slope, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector value = fromArray(SPECIES, x, xAt + i);
      value.mul(slope).blend(value, value.compare(GT, 0f)).intoArray(out, outAt + i);
    }
  }

  static void leakyReluBackward(int n, float slope, float[] z, int zAt, float[] delta, int deltaAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      leakyReluBackwardChunk(Math.min(CHUNK, whole - i), slope, z, zAt + i, delta, deltaAt + i);
    }
    SCALAR.leakyReluBackward(n - whole, slope, z, zAt + whole, delta, deltaAt + whole);
  }

  private static void leakyReluBackwardChunk(int whole, float slope, float[] z, int zAt, float[] delta, int deltaAt) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector error = fromArray(SPECIES, delta, deltaAt + i);
      error.mul(slope).blend(error, fromArray(SPECIES, z, zAt + i).compare(GT, 0f)).intoArray(delta, deltaAt + i);
    }
  }

  static void elu(int n, float alpha, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      eluChunk(Math.min(CHUNK, whole - i), alpha, x, xAt + i, out, outAt + i);
    }
    SCALAR.elu(n - whole, alpha, x, xAt + whole, out, outAt + whole);
  }

  private static void eluChunk(int whole, float alpha, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector value = fromArray(SPECIES, x, xAt + i);
      VectorMath.expm1(value).mul(alpha).blend(value, value.compare(GE, 0f)).intoArray(out, outAt + i);
    }
  }

  static void eluPrime(int n, float alpha, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      eluPrimeChunk(Math.min(CHUNK, whole - i), alpha, x, xAt + i, out, outAt + i);
    }
    SCALAR.eluPrime(n - whole, alpha, x, xAt + whole, out, outAt + whole);
  }

  private static void eluPrimeChunk(int whole, float alpha, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector value = fromArray(SPECIES, x, xAt + i);
      VectorMath.expOfNegative(value).mul(alpha).blend(1f, value.compare(GT, 0f)).intoArray(out, outAt + i);
    }
  }

  static void eluBackward(int n, float alpha, float[] a, int aAt, float[] delta, int deltaAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      eluBackwardChunk(Math.min(CHUNK, whole - i), alpha, a, aAt + i, delta, deltaAt + i);
    }
    SCALAR.eluBackward(n - whole, alpha, a, aAt + whole, delta, deltaAt + whole);
  }

  private static void eluBackwardChunk(int whole, float alpha, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector value = fromArray(SPECIES, a, aAt + i);
      FloatVector error = fromArray(SPECIES, delta, deltaAt + i);
      error.mul(value.add(alpha)).blend(error, value.compare(GT, 0f)).intoArray(delta, deltaAt + i);
    }
  }

  static void softplus(int n, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      softplusChunk(Math.min(CHUNK, whole - i), x, xAt + i, out, outAt + i);
    }
    SCALAR.softplus(n - whole, x, xAt + whole, out, outAt + whole);
  }

  private static void softplusChunk(int whole, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < whole; i += LANES) {
      VectorMath.softplus(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  static void softplusBackward(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      softplusBackwardChunk(Math.min(CHUNK, whole - i), a, aAt + i, delta, deltaAt + i);
    }
    SCALAR.softplusBackward(n - whole, a, aAt + whole, delta, deltaAt + whole);
  }

  private static void softplusBackwardChunk(int whole, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < whole; i += LANES) {
      fromArray(SPECIES, delta, deltaAt + i)
          .mul(VectorMath.expm1(fromArray(SPECIES, a, aAt + i).neg()).neg())
          .intoArray(delta, deltaAt + i);
    }
  }
}
