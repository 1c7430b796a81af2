package dev.lanewise.data;

/**
 * Thrown by every reader of this package, and by what works on its tables, for data that are not what they have to be. The
 * message is one sentence that names the file and, where there are such, the row and the column.
 *
 * <p>A file that cannot be read at all is an {@link java.io.IOException}, and an argument that could never be right an
 * {@link IllegalArgumentException}.
 */
public final class DataException extends RuntimeException {

  /** Says what is wrong, and where. */
  public DataException(String message) {
    super(message);
  }

  /** Says what is wrong, and where; the cause is what was thrown below. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
