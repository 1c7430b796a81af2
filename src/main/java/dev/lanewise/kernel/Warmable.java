package dev.lanewise.kernel;


/** What {@link WarmUp} asks of kernels besides their results: calls that bring them to speed, and fewer ways of a product until then. */
public interface Warmable {

  /** How many ways of computing a product are used, fewest first: each has kernels that take C2 a while to compile. */
  enum Tiling {
    /** As few register tiles as will do. */
    COARSE,
    /** Also tiles for what is left of the rows, on some processors faster ones for whole tiles, and transposing by blocks. */
    FINE,
    /** Also what gains products of few columns, of few terms and with transposed weights something. */
    ALL
  }

  /** Loops that are called by themselves to be brought to speed. */
  enum Loops {
    /** Of {@link Kernels#relu} and its way back, of column sums, and of gathering. */
    COMMON,
    DESCENT,
    MOMENTUM,
    RMS_PROP,
    ADAGRAD,
    ADAM,
    PENALTIES,
    CLIPPING,
    DROPOUT,
    DOTS
  }

  /** What products use from now on, by all threads: ALL, unless told otherwise. The bits are the same. */
  void useTiles(Tiling tiling);

  /** What they use now, be it that this thread tries something else. */
  Tiling tiling();

  /** What products of the calling thread use instead, which brings that to speed, until it tries null. One thread at a time. */
  void tryTiles(Tiling tiling);

  /** Whether FINE makes products faster by more than some hundredths on this processor. */
  boolean gainsMuchFromFineTiles();

  /** The numbers of rows, at most {@link WarmUp#MAX_ROWS}, that the tiles of COARSE make a difference of. */
  int[] rowsOfCoarseTiles();

  /**
   * How many terms an example has that shows C2 how long the loops of a tiling's tiles turn, beside thousands of calls without any: what it
   * takes for rare it keeps in registers last. 0 where no such example is needed.
   */
  int termsOfLongExample(Tiling tiling);

  /** Whether panels of one to four columns more than vectors are full of have ways of their own: examples of others would need more tiles. */
  boolean hasWaysOfOddWidths();

  /** Calls, so often and with nothing to do, the kernels that a tiling has and the one before it has not. */
  void callTilesWithoutTerms(Tiling tiling, int times);

  /** Likewise those that only panels of {@link Panels#MEDIUM} columns need. */
  void callMediumTilesWithoutTerms(int times);

  /** Calls such loops so often, with nothing to do. */
  void callWithoutTurns(Loops loops, int times);

  /** Calls so often, by themselves and with some rows of x, the kernels that softmax and its gradient choose among. */
  void callSoftmaxes(int times, float[] x, float[] out);

  /** Likewise those of softmax's cross-entropy, of rows of more than {@link Panels#NARROW} columns. */
  void callCrossEntropies(int times, float[] x, float[] y, float[] delta, float[] out);

  /** Likewise those of squared errors. */
  void callSquaredErrors(int times, float[] x, float[] y, float[] out);
}
