package dev.lanewise.cli;

/** Arguments that make no sense; the message is the one line that the user reads. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
