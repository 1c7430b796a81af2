package dev.lanewise.file;

/** An array piece by piece, for what goes through a buffer; also one as long as an array can be. */
public final class Pieces {

  /** What is done with a piece. */
  @FunctionalInterface
  public interface Action<E extends Exception> {
    /** Takes the elements from an index on, so many of them. */
    void take(int from, int count) throws E;
  }

  private Pieces() {}

  /**
   * Goes over so many elements in order.
   *
   * @param length how many there are
   * @param most the most of a piece, at least 1; only the last one has fewer
   */
  public static <E extends Exception> void forEach(int length, int most, Action<E> action) throws E {
    for (int from = 0, count; from < length; from += count) { // by what there is: by the most it could pass the largest int
      count = Math.min(most, length - from);
      action.take(from, count);
    }
  }
}
