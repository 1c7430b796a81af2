package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Chunks.CHUNK;
import static dev.lanewise.kernel.vector.Chunks.after;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.lanewise.kernel.ScalarKernels;
import jdk.incubator.vector.FloatVector;

/**
 * Activations, their primes, and the primes multiplied onto an error; one loop each, in chunks as {@link Elementwise}.
 *
 * <p>Those with many constants do their last elements after the chunks and not in each: once C2 has inlined a chunk, a
 * call in the loop over chunks would empty the registers, and constants would be loaded anew for each vector, which
 * made tanh take half as long again.
 */
final class Activations extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private Activations() {}

  static void relu(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i = after(i)) {
      reluChunk(Math.min(CHUNK, n - i), x, xAt + i, out, outAt + i);
    }
  }

  static void reluChunk(int n, float[] x, int xAt, float[] out, int outAt) {
    if (n < LANES) {
      SCALAR.relu(n, x, xAt, out, outAt);
      return;
    }
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector value = fromArray(SPECIES, x, xAt + i);
      value.blend(0f, value.compare(LE, 0f)).intoArray(out, outAt + i);
    }
    SCALAR.relu(n - whole, x, xAt + whole, out, outAt + whole);
  }

  static void reluPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i = after(i)) {
      reluPrimeChunk(Math.min(CHUNK, n - i), x, xAt + i, out, outAt + i);
    }
  }

  private static void reluPrimeChunk(int n, float[] x, int xAt, float[] out, int outAt) {
    if (n < LANES) {
      SCALAR.reluPrime(n, x, xAt, out, outAt);
      return;
    }
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector.zero(SPECIES).blend(1f, fromArray(SPECIES, x, xAt + i).compare(GT, 0f)).intoArray(out, outAt + i);
    }
    SCALAR.reluPrime(n - whole, x, xAt + whole, out, outAt + whole);
  }

  static void reluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i = after(i)) {
      reluBackwardChunk(Math.min(CHUNK, n - i), z, zAt + i, delta, deltaAt + i);
    }
  }

  static void reluBackwardChunk(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    if (n < LANES) {
      SCALAR.reluBackward(n, z, zAt, delta, deltaAt);
      return;
    }
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector.zero(SPECIES)
          .blend(fromArray(SPECIES, delta, deltaAt + i), fromArray(SPECIES, z, zAt + i).compare(GT, 0f))
          .intoArray(delta, deltaAt + i);
    }
    SCALAR.reluBackward(n - whole, z, zAt + whole, delta, deltaAt + whole);
  }

  static void sigmoid(int n, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      sigmoidChunk(Math.min(CHUNK, whole - i), x, xAt + i, out, outAt + i);
    }
    SCALAR.sigmoid(n - whole, x, xAt + whole, out, outAt + whole);
  }

  private static void sigmoidChunk(int whole, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < whole; i += LANES) {
      VectorMath.sigmoid(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  static void sigmoidPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      sigmoidPrimeChunk(Math.min(CHUNK, whole - i), x, xAt + i, out, outAt + i);
    }
    SCALAR.sigmoidPrime(n - whole, x, xAt + whole, out, outAt + whole);
  }

  private static void sigmoidPrimeChunk(int whole, float[] x, int xAt, float[] out, int outAt) {
    FloatVector ones = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector s = VectorMath.sigmoid(fromArray(SPECIES, x, xAt + i));
      s.mul(ones.sub(s)).intoArray(out, outAt + i);
    }
  }

  static void sigmoidBackward(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i = after(i)) {
      sigmoidBackwardChunk(Math.min(CHUNK, n - i), a, aAt + i, delta, deltaAt + i);
    }
  }

  private static void sigmoidBackwardChunk(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    int whole = SPECIES.loopBound(n);
    FloatVector ones = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector s = fromArray(SPECIES, a, aAt + i);
      fromArray(SPECIES, delta, deltaAt + i).mul(s.mul(ones.sub(s))).intoArray(delta, deltaAt + i);
    }
    SCALAR.sigmoidBackward(n - whole, a, aAt + whole, delta, deltaAt + whole);
  }

  static void tanh(int n, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      tanhChunk(Math.min(CHUNK, whole - i), x, xAt + i, out, outAt + i);
    }
    SCALAR.tanh(n - whole, x, xAt + whole, out, outAt + whole);
  }

  private static void tanhChunk(int whole, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < whole; i += LANES) {
      VectorMath.tanh(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  static void tanhPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      tanhPrimeChunk(Math.min(CHUNK, whole - i), x, xAt + i, out, outAt + i);
    }
    SCALAR.tanhPrime(n - whole, x, xAt + whole, out, outAt + whole);
  }

  private static void tanhPrimeChunk(int whole, float[] x, int xAt, float[] out, int outAt) {
    FloatVector ones = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector t = VectorMath.tanh(fromArray(SPECIES, x, xAt + i));
      t.neg().fma(t, ones).intoArray(out, outAt + i);
    }
  }

  static void tanhBackward(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i = after(i)) {
      tanhBackwardChunk(Math.min(CHUNK, n - i), a, aAt + i, delta, deltaAt + i);
    }
  }

  private static void tanhBackwardChunk(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    int whole = SPECIES.loopBound(n);
    FloatVector ones = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector t = fromArray(SPECIES, a, aAt + i);
      fromArray(SPECIES, delta, deltaAt + i).mul(t.neg().fma(t, ones)).intoArray(delta, deltaAt + i);
    }
    SCALAR.tanhBackward(n - whole, a, aAt + whole, delta, deltaAt + whole);
  }

  static void exp(int n, float[] x, int xAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      expChunk(Math.min(CHUNK, whole - i), x, xAt + i, out, outAt + i);
    }
    SCALAR.exp(n - whole, x, xAt + whole, out, outAt + whole);
  }

  private static void expChunk(int whole, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < whole; i += LANES) {
      VectorMath.exp(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }
}
