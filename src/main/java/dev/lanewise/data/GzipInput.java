package dev.lanewise.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * What one gzip holds, or several in a row (<a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>), maybe with zeros after
 * them, as on a tape. That of the JDK takes a bad header of any but the first for the end, so that rows would be lost silently.
 */
final class GzipInput extends InputStream {

  private static final int BUFFER = 1 << 16;
  private static final int DEFLATE = 8;

  private static final int HAS_HEADER_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);

  /** Of the header while that is read, then of what is decoded. */
  private final CRC32 checksum = new CRC32();

  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private boolean ended;

  /**
   * Reads the first header.
   *
   * @throws EOFException if the input ends in it
   * @throws ZipException if there is something else
   */
  GzipInput(InputStream in) throws IOException {
    this.in = in;
    try {
      readHeader(required());
    } catch (IOException | RuntimeException e) {
      inflater.end();
      throw e;
    }
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int n = inflate(to, from, length);
      if (n > 0) {
        checksum.update(to, from, n);
        return n;
      }
      if (inflater.finished()) {
        at = end - inflater.getRemaining();
        readTrailer();
        readNextHeader();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("it needs a dictionary");
      } else if (fill()) {
        inflater.setInput(buffer, 0, end);
      } else {
        throw new EOFException();
      }
    }
    return -1;
  }

  private int inflate(byte[] to, int from, int length) throws ZipException {
    try {
      return inflater.inflate(to, from, length);
    } catch (DataFormatException e) {
      ZipException damaged = new ZipException(e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** The length as well, modulo 2^32. */
  private void readTrailer() throws IOException {
    long expected = checksum.getValue();
    long length = inflater.getBytesWritten() & 0xffff_ffffL;
    if (requiredInt() != expected || requiredInt() != length) {
      throw new ZipException("Corrupt GZIP trailer");
    }
  }

  /** Of another gzip, if something other than zeros follows. */
  private void readNextHeader() throws IOException {
    int first = next();
    boolean padded = first == 0;
    while (first == 0) {
      first = next();
    }
    ended = first < 0;
    if (!ended) {
      if (padded) {
        throw new ZipException("what follows is no gzip");
      }
      readHeader(first);
    }
  }

  private void readHeader(int first) throws IOException {
    checksum.reset();
    checksum.update(first);
    if (first != 0x1f || requiredOfHeader() != 0x8b) {
      throw new ZipException("what follows is no gzip");
    }
    int method = requiredOfHeader();
    int flags = requiredOfHeader();
    if (method != DEFLATE || (flags & RESERVED) != 0) {
      throw new ZipException("what follows is no gzip that is known");
    }
    skipOfHeader(6); // when and on what it was made
    if ((flags & HAS_EXTRA) != 0) {
      skipOfHeader(requiredOfHeader() | requiredOfHeader() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipTextOfHeader();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipTextOfHeader();
    }
    if ((flags & HAS_HEADER_CHECKSUM) != 0) {
      long expected = checksum.getValue() & 0xffff;
      if ((required() | required() << 8) != expected) {
        throw new ZipException("Corrupt GZIP header");
      }
    }
    checksum.reset();
    inflater.reset();
    inflater.setInput(buffer, at, end - at);
  }

  private void skipOfHeader(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      requiredOfHeader();
    }
  }

  private void skipTextOfHeader() throws IOException {
    int last;
    do {
      last = requiredOfHeader();
    } while (last != 0);
  }

  private int requiredOfHeader() throws IOException {
    int next = required();
    checksum.update(next);
    return next;
  }

  private long requiredInt() throws IOException {
    return required() | required() << 8 | required() << 16 | (long) required() << 24;
  }

  private int required() throws IOException {
    int next = next();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }

  /** The next byte that is not decoded; −1 at the end. */
  private int next() throws IOException {
    return at < end || fill() ? buffer[at++] & 0xff : -1;
  }

  /** Whether there is more, which the buffer has then. */
  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(in.read(buffer), 0);
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    inflater.end();
    in.close();
  }
}
