package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.Warmable.Loops;

/**
 * Calls, each with one vector or one row, of loops that call methods of ours with vectors: without a turn C2 would take what they call for
 * rare, leave it a call, and vectors would be objects for good.
 */
final class LoopWarmUp {

  // Made before: a call allocates nothing once the loops are compiled. Only the thread that warms up calls.
  private static final float[] IN = new float[Panels.NARROW];
  private static final float[] OUT = new float[Panels.NARROW];

  static {
    for (int i = 0; i < IN.length; i++) {
      IN[i] = (i % 5 - 2) * (1 << i % 7) / 2f;
    }
  }

  private LoopWarmUp() {}

  /** The loops over times are in here, which is called seldom: C2 would compile one that is called as often into what calls it. */
  static void call(Loops loops, int times) {
    for (int i = 0; i < times; i++) {
      switch (loops) {
        case PRIMES -> {
          Activations.sigmoidPrimeChunk(LANES, IN, 0, OUT, 0);
          Activations.tanhPrimeChunk(LANES, IN, 0, OUT, 0);
          Rectifiers.eluPrimeChunk(LANES, 1f, IN, 0, OUT, 0);
        }
        case BINARY_CROSS_ENTROPY -> Errors.binaryCrossEntropyChunk(LANES, IN, 0, IN, 0, OUT, 0);
        case SIGMOID -> Activations.sigmoidChunk(LANES, IN, 0, OUT, 0);
        case TANH -> Activations.tanhChunk(LANES, IN, 0, OUT, 0);
        case ELU -> {
          Rectifiers.eluChunk(LANES, 1f, IN, 0, OUT, 0);
          Rectifiers.eluBackwardChunk(LANES, 1f, IN, 0, OUT, 0);
        }
        case SOFTPLUS -> {
          Rectifiers.softplusChunk(LANES, IN, 0, OUT, 0);
          Rectifiers.softplusBackwardChunk(LANES, IN, 0, OUT, 0);
        }
        case SILU -> {
          Gates.siluChunk(LANES, IN, 0, OUT, 0);
          Gates.siluBackwardChunk(LANES, IN, 0, OUT, 0);
        }
        case GELU -> {
          Gates.geluChunk(LANES, IN, 0, OUT, 0);
          Gates.geluBackwardChunk(LANES, IN, 0, OUT, 0);
        }
        case GELU_TANH -> {
          Gates.geluTanhChunk(LANES, IN, 0, OUT, 0);
          Gates.geluTanhBackwardChunk(LANES, IN, 0, OUT, 0);
        }
        case SOFTMAX -> {
          if (LANES == Panels.NARROW) {
            Softmax.ofVectors(1, 10, IN, 0, OUT, 0);
          } else if (NarrowRows.fit(10, Panels.NARROW)) {
            NarrowRows.softmaxBackward(1, 10, IN, 0, OUT, 0);
          }
          Softmax.backward(1, LANES, LANES, IN, 0, OUT, 0);
        }
        default -> throw new IllegalArgumentException(loops + " are called without turns");
      }
    }
  }
}
