package dev.lanewise.data;

import java.io.IOException;
import java.io.InputStream;

/** What is left of an input, which is told in which line it is, for a reader that counts no lines itself. */
final class LinedInput extends InputStream {
  private final DecodedInput in;
  private long line;
  private boolean afterReturn;

  /**
   * @param in an input of lines
   * @param line the line, counted from 1, in which the next byte is
   */
  LinedInput(DecodedInput in, long line) {
    this.in = in;
    this.line = line;
  }

  /** Counts the lines that end in those bytes, which come before all that is read here later. */
  void count(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean isReturn = bytes[i] == '\r';
      if (isReturn || (bytes[i] == '\n' && !afterReturn)) {
        line++;
      }
      afterReturn = isReturn;
    }
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    in.atLine(line);
    int n = in.read(to, from, length);
    count(to, from, from + Math.max(n, 0));
    return n;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
