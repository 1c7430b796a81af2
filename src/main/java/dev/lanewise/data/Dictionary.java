package dev.lanewise.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Distinct texts as bytes, each with a code: 0, 1 and so on in the order of first sight. */
final class Dictionary {

  /** 2^64 by the golden ratio, which spreads the few bits that differ between two times over all. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** 2^61 − 1, a prime. */
  private static final long PRIME = (1L << 61) - 1;

  /** So many bytes are one number below it. */
  private static final int BYTES = 7;

  /**
   * Another in each dictionary, so that nobody can write a file of texts with the same hash, which would take the square of their number.
   * Codes do not depend on it.
   */
  private final long base = Math.max(1L << 32, (System.nanoTime() * GOLDEN) >>> 4);

  /** The texts one after another, and where each ends. */
  private byte[] pool = new byte[32];

  private int[] ends = new int[4];
  private int[] hashes = new int[4];
  private int size;

  /** Where to look for a hash, and from there on: a code and 1, or 0 where nothing is. */
  private int[] slots = new int[8];

  /** The code of a text, −1 if it is not there yet. */
  int code(byte[] bytes, int from, int to) {
    int hash = hash(bytes, from, to);
    for (int slot = hash; ; slot++) {
      int code = slots[slot & (slots.length - 1)] - 1;
      if (code < 0 || (hashes[code] == hash && Arrays.equals(pool, from(code), ends[code], bytes, from, to))) {
        return code;
      }
    }
  }

  /**
   * The polynomial whose coefficients are the length and seven bytes each, at the base, modulo the prime: of two texts few bases give the
   * same (Carter and Wegman, "Universal classes of hash functions", 1979).
   */
  private int hash(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    for (int i = from, count; i < to; i += count) {
      count = Math.min(BYTES, to - i);
      long number = 0;
      for (int j = i; j < i + count; j++) {
        number = (number << Byte.SIZE) | (bytes[j] & 0xff);
      }
      hash = timesBase(hash) + number;
      hash = hash >= PRIME ? hash - PRIME : hash;
    }
    hash = timesBase(hash);
    return (int) (hash ^ (hash >>> Integer.SIZE));
  }

  /** Of 2^61 · a + b, modulo 2^61 − 1, there is a + b. */
  private long timesBase(long hash) {
    long low = hash * base;
    long sum = (low & PRIME) + ((Math.multiplyHigh(hash, base) << 3) | (low >>> 61));
    return sum >= PRIME ? sum - PRIME : sum;
  }

  private int from(int code) {
    return code == 0 ? 0 : ends[code - 1];
  }

  /**
   * Adds the text of a field that is not there yet; returns its code.
   *
   * @param file what messages call the file
   * @param column and the field's column
   * @throws DataException if there is no room for more
   */
  int add(Field field, String file, String column) {
    int code = add(field.row().bytes, field.from(), field.to());
    if (code < 0) {
      throw field.refuse(file, column, "the distinct texts of the column take more than 2 GB");
    }
    return code;
  }

  /** Adds a text that is not there yet; returns its code, or −1 if there is no room for more. */
  int add(byte[] bytes, int from, int to) {
    int start = from(size);
    long end = (long) start + to - from;
    if (end > Limits.LONGEST_ARRAY) {
      return -1;
    }
    if (end > pool.length) {
      pool = Arrays.copyOf(pool, (int) Math.min(Limits.LONGEST_ARRAY, Math.max(end, 2L * pool.length)));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
      slots = new int[4 * size];
      for (int code = 0; code < size; code++) {
        place(code);
      }
    }
    System.arraycopy(bytes, from, pool, start, to - from);
    ends[size] = (int) end;
    hashes[size] = hash(bytes, from, to);
    place(size);
    return size++;
  }

  private void place(int code) {
    int slot = hashes[code];
    while (slots[slot & (slots.length - 1)] != 0) {
      slot++;
    }
    slots[slot & (slots.length - 1)] = code + 1;
  }

  /** The texts in the order of their codes. */
  List<String> texts() {
    String[] texts = new String[size];
    for (int code = 0; code < size; code++) {
      texts[code] = new String(pool, from(code), ends[code] - from(code), StandardCharsets.UTF_8);
    }
    return List.of(texts);
  }
}
