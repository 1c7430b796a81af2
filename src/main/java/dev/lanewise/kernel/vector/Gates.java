package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Chunks.CHUNK;
import static dev.lanewise.kernel.vector.Chunks.after;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.ScalarKernels;

/** SiLU and GELU, and the primes multiplied onto an error; one loop each, as in {@link Activations}. */
final class Gates extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private Gates() {}

  static void silu(int n, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      siluChunk(Math.min(CHUNK, whole - i), x, xAt + i, out, outAt + i);
    }
    SCALAR.silu(n - whole, x, xAt + whole, out, outAt + whole);
  }

  private static void siluChunk(int whole, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < whole; i += LANES) {
      VectorGates.silu(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  static void siluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      siluBackwardChunk(Math.min(CHUNK, whole - i), z, zAt + i, delta, deltaAt + i);
    }
    SCALAR.siluBackward(n - whole, z, zAt + whole, delta, deltaAt + whole);
  }

  private static void siluBackwardChunk(int whole, float[] z, int zAt, float[] delta, int deltaAt) {
    for (int i = 0; i < whole; i += LANES) {
      fromArray(SPECIES, delta, deltaAt + i)
          .mul(VectorGates.siluPrime(fromArray(SPECIES, z, zAt + i)))
          .intoArray(delta, deltaAt + i);
    }
  }

  static void gelu(int n, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      geluChunk(Math.min(CHUNK, whole - i), x, xAt + i, out, outAt + i);
    }
    SCALAR.gelu(n - whole, x, xAt + whole, out, outAt + whole);
  }

  private static void geluChunk(int whole, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < whole; i += LANES) {
      VectorGates.gelu(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  static void geluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      geluBackwardChunk(Math.min(CHUNK, whole - i), z, zAt + i, delta, deltaAt + i);
    }
    SCALAR.geluBackward(n - whole, z, zAt + whole, delta, deltaAt + whole);
  }

  private static void geluBackwardChunk(int whole, float[] z, int zAt, float[] delta, int deltaAt) {
    for (int i = 0; i < whole; i += LANES) {
      fromArray(SPECIES, delta, deltaAt + i)
          .mul(VectorGates.geluPrime(fromArray(SPECIES, z, zAt + i)))
          .intoArray(delta, deltaAt + i);
    }
  }

  static void geluTanh(int n, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      geluTanhChunk(Math.min(CHUNK, whole - i), x, xAt + i, out, outAt + i);
    }
    SCALAR.geluTanh(n - whole, x, xAt + whole, out, outAt + whole);
  }

  private static void geluTanhChunk(int whole, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < whole; i += LANES) {
      VectorGates.geluTanh(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  static void geluTanhBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      geluTanhBackwardChunk(Math.min(CHUNK, whole - i), z, zAt + i, delta, deltaAt + i);
    }
    SCALAR.geluTanhBackward(n - whole, z, zAt + whole, delta, deltaAt + whole);
  }

  private static void geluTanhBackwardChunk(int whole, float[] z, int zAt, float[] delta, int deltaAt) {
    for (int i = 0; i < whole; i += LANES) {
      fromArray(SPECIES, delta, deltaAt + i)
          .mul(VectorGates.geluTanhPrime(fromArray(SPECIES, z, zAt + i)))
          .intoArray(delta, deltaAt + i);
    }
  }
}
