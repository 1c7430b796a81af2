package dev.lanewise.engine;

/**
 * An array that a file has of a network or of a run.
 *
 * @param name the name in the file
 * @param rows of the matrix
 * @param cols of the matrix
 * @param values what may be in it
 */
public record SavedArray(String name, int rows, int cols, Values values) {

  /** What the values of an array may be. */
  public enum Values {
    /** Finite. */
    FINITE,
    /** Finite and not below zero: a variance. */
    VARIANCES,
    /** Not below zero. A gradient whose square is no float makes it infinite, and the optimizer goes on with that. */
    SQUARES;

    /** Whether a value may be there. */
    public boolean allow(float value) {
      return switch (this) {
        case FINITE -> Float.isFinite(value);
        case VARIANCES -> Float.isFinite(value) && value >= 0;
        case SQUARES -> value >= 0;
      };
    }
  }
}
