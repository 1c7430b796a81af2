package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Kernels;

/** How long arrays are divided among calls of one loop each, so that the loop, and not what is around it, gets compiled. */
final class Chunks {

  /** The longest loop of one call, in floats. */
  static final int CHUNK = Kernels.LONGEST_LOOP;

  private Chunks() {}

  /** Where the chunk after that at {@code i} begins; of an array that ends before an int does, beyond its end. */
  static int after(int i) {
    return i > Integer.MAX_VALUE - CHUNK ? Integer.MAX_VALUE : i + CHUNK;
  }
}
