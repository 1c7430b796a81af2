package dev.lanewise.kernel;

/**
 * Arrays that begin where a cache line does, as far as Java lets anybody choose: {@link Panels#LEAD} floats and the array's
 * header later, so that no vector of a packed panel crosses a line.
 *
 * <p>An array begins at any multiple of 8 bytes, and nothing says at which. G1 alone puts arrays of more than half a region of
 * its heap at the beginning of a region, and never moves them. What is shorter but long enough to matter is therefore made
 * that long here. It costs a region, a 2,048th of the largest heap where nothing else was asked for, so it is for what
 * lives no longer than a fit, and for fits that are long enough to gain what clearing it costs.
 */
public final class LineArrays {

  /** Shorter arrays stay in the first caches, where crossing a line costs least. */
  private static final int WORTH_IT = 1 << 14;

  /** The heap has to have so many regions that a few for this do not matter. */
  private static final int REGIONS = 256;

  /** The floats of which an array begins with a region, or 0 where there are no regions, or too few. */
  private static final int FLOATS = floats(Hotspot.regionBytes(), Runtime.getRuntime().maxMemory());

  private LineArrays() {}

  /** An array of zeros of at least that length. */
  public static float[] zeros(int length) {
    return new float[length >= WORTH_IT ? Math.max(length, FLOATS) : length];
  }

  /** The floats of half a region, which together with a header are more than that. */
  static int floats(long regionBytes, long heapBytes) {
    return regionBytes > 0 && regionBytes <= heapBytes / REGIONS ? Math.toIntExact(regionBytes / 2 / Float.BYTES) : 0;
  }
}
