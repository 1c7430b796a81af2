package dev.lanewise.kernel;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Arrays that begin where a cache line does, as far as Java lets anybody choose: {@link Panels#LEAD} floats and the array's
 * header later, so that no vector of a packed panel crosses a line, nor one of a batch's rows.
 *
 * <p>An array begins at any multiple of 8 bytes, and nothing says at which. G1 alone puts arrays of more than half a region of
 * its heap at the beginning of a region, and never moves them. What is shorter but long enough to matter is therefore made
 * that long here. It costs a region, a 2,048th of the largest heap where nothing else was asked for, and half of that to
 * clear: so it is for what is used often enough, and takes a small part of the heap at most.
 */
public final class LineArrays {

  /** Shorter arrays stay in the first caches, where crossing a line costs least. */
  private static final int WORTH_IT = 1 << 13;

  /** What is read in all has to be so many times what is cleared. */
  private static final long USES = 16;

  /** More steps than these make no difference; a product of this and of a length is a long. */
  private static final long MOST_STEPS = 1 << 24;

  /** Of the regions of the heap, one in so many for the arrays of one fit, or of all that is shared. */
  private static final int PART = 32;

  /** All together, fits that run at the same time among them, take no more than so many fits may. */
  private static final int FITS = 4;

  /** What was given away in this process. */
  private static final Given ALL = new Given();

  private static final LineArrays SHARED = new LineArrays(Long.MAX_VALUE);

  private final long steps;
  private final int floats;
  private final int most;

  private final Given given = new Given();
  private final Given all;

  /** What was given away, as far as it is still in use. */
  static final class Given {

    private final List<WeakReference<float[]>> arrays = new ArrayList<>();

    synchronized void add(float[] array) {
      arrays.add(new WeakReference<>(array));
    }

    synchronized int size() {
      for (int i = arrays.size() - 1; i >= 0; i--) {
        if (arrays.get(i).refersTo(null)) {
          arrays.remove(i);
        }
      }
      return arrays.size();
    }
  }

  /**
   * For one fit.
   *
   * @param steps how often each array is read
   */
  public LineArrays(long steps) {
    this(steps, Hotspot.regionBytes(), Runtime.getRuntime().maxMemory(), ALL);
  }

  /** For one fit beside others, which share what all may take. */
  LineArrays(long steps, long regionBytes, long heapBytes, Given all) {
    this.all = all;
    this.steps = Math.min(steps, MOST_STEPS);
    this.floats = Math.toIntExact(regionBytes / 2 / Float.BYTES); // which together with a header are more than half
    this.most = regionBytes == 0 ? 0 : Math.toIntExact(heapBytes / regionBytes / PART);
  }

  /** For what is read for as long as the program likes, all of which shares what one fit may take. */
  public static LineArrays shared() {
    return SHARED;
  }

  /** An array of zeros of at least that length. */
  public synchronized float[] zeros(int length) {
    if (!lengthens(length)) {
      return new float[length];
    }
    float[] array = new float[floats];
    given.add(array);
    all.add(array);
    return array;
  }

  /** Whether {@link #zeros} would make an array of that length longer now, so that it begins where a line does. */
  public synchronized boolean lengthens(int length) {
    if (length < WORTH_IT || length >= floats || steps * length < USES * floats) {
      return false;
    }
    return given.size() < most && all.size() < FITS * most;
  }
}
