package dev.lanewise.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads decimal numbers from bytes: an optional sign, digits with at most one point among them, and an optional exponent.
 * Each becomes the float nearest to it, ties to even: the one that {@link Float#parseFloat} gives.
 *
 * <p>Most of them never become text. Of a number w · 10ᵉ, with w a whole number of up to 18 digits, d = w · 10ᵉ is computed in
 * double from the double nearest to w and the one nearest to 10ᵉ. Two roundings before the product and that of the product
 * put d off by at most 3 units in its last place, and the digits that w leaves out by less than a tenth of one. Where rounding
 * to float cuts off 29 bits and those are more than 4 from half their range, the number and d lie on the same side of the
 * middle between two floats, so d rounds to the float wanted. Else {@code parseFloat} decides: for one random number in 60
 * million.
 */
final class Decimal {

  /** Eight bytes of an array as a long, the first lowest. */
  static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** How many bytes after the last one of a number may be looked at, whatever they are. */
  static final int PADDING = Long.BYTES;

  private static final long ZEROS = 0x3030303030303030L;
  private static final long ABOVE_NINE = 0x7676767676767676L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final int[] TENS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

  /** Below it w has room for eight more digits. */
  private static final long ROOM_FOR_EIGHT = 10_000_000_000L;

  /** From here on w has 18 digits and takes no more. */
  private static final long FULL = 100_000_000_000_000_000L;

  private static final int LEAST_POWER = -64;
  private static final double[] POWERS = new double[39 - LEAST_POWER];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + (i + LEAST_POWER));
    }
  }

  /** The bits of a double that a float has not, the middle of their range, and how far from it is far enough. */
  private static final long CUT_OFF = (1L << 29) - 1;

  private static final long MIDDLE = 1L << 28;
  private static final long MARGIN = 4;

  /** Above it a double may round to infinity. */
  private static final double HALF_OF_LARGEST = Float.MAX_VALUE / 2;

  private static final int NO_EXPONENT = Integer.MIN_VALUE;

  /** Twice the digits that a row can have, by which the point may be further left or right. */
  private static final int FAR = 1 << 29;

  private Decimal() {}

  /**
   * The number in bytes {@code from} (inclusive) to {@code to} (exclusive), infinite if it is beyond the largest float; NaN if
   * there is none, or something besides. The array has at least {@link #PADDING} bytes more.
   */
  static float parse(byte[] bytes, int from, int to) {
    if (from >= to) {
      return Float.NaN;
    }
    boolean negative = bytes[from] == '-';
    int first = negative || bytes[from] == '+' ? from + 1 : from;
    float value = to - first <= 8 ? ofEight(bytes, first, to) : Float.NaN;
    if (Float.isNaN(value)) {
      value = ofMany(bytes, first, to);
    }
    return negative ? -value : value;
  }

  /**
   * The number of at most eight bytes, all of them digits but for a point: both the digits as a whole number and the power of
   * ten that divides it are floats, so that the quotient is rounded once. NaN for anything else.
   */
  private static float ofEight(byte[] bytes, int from, int to) {
    if (from == to) {
      return Float.NaN;
    }
    long word = ((long) LONG.get(bytes, from) ^ ZEROS) << (64 - 8 * (to - from)); // zeros before its first digit
    long others = ((word + ABOVE_NINE) | word) & HIGH_BITS;
    if (others == 0) {
      return eightDigits(word);
    }
    int place = Long.numberOfTrailingZeros(others) & ~7; // of the point: the lowest of its bits
    if ((others & (others - 1)) != 0 || ((word >>> place) & 0xff) != ('.' ^ '0') || to - from == 1) {
      return Float.NaN;
    }
    long before = word & ((1L << place) - 1);
    long after = word & -(0x100L << place);
    return (float) eightDigits((before << 8) | after) / TENS[7 - (place >>> 3)];
  }

  private static float ofMany(byte[] bytes, int first, int to) {
    long w = 0;
    int exponent = 0;
    int point = -1;
    int at = first;
    while (at < to) {
      long word = (long) LONG.get(bytes, at) ^ ZEROS;
      long others = ((word + ABOVE_NINE) | word) & HIGH_BITS;
      int digits = Math.min(Long.numberOfTrailingZeros(others) >>> 3, to - at);
      if (digits == 0) {
        if (bytes[at] != '.' || point >= 0) {
          break;
        }
        point = at++;
        continue;
      }
      if (w >= FULL) {
        exponent += point < 0 ? digits : 0;
      } else {
        digits = w < ROOM_FOR_EIGHT ? digits : 1;
        w = w * TENS[digits] + eightDigits(word << (64 - 8 * digits));
        exponent -= point < 0 ? 0 : digits;
      }
      at += digits;
    }
    boolean digitless = at - first == (point < 0 ? 0 : 1);
    int written = at == to ? 0 : exponent(bytes, at, to);
    if (digitless || written == NO_EXPONENT) {
      return Float.NaN;
    }
    exponent += written;
    float value = exponent == 0 && w < FULL ? w : nearest(w, exponent);
    return Float.isNaN(value) ? Float.parseFloat(new String(bytes, first, to - first, StandardCharsets.ISO_8859_1)) : value;
  }

  /** The number of eight digits from 0 to 9, the first in the lowest byte: pairs of them, fours and all are joined at once. */
  private static int eightDigits(long digits) {
    long pairs = ((digits * (1 + (10L << 8))) >>> 8) & 0x00ff00ff00ff00ffL;
    long fours = ((pairs * (1 + (100L << 16))) >>> 16) & 0x0000ffff0000ffffL;
    return (int) ((fours * (1 + (10_000L << 32))) >>> 32);
  }

  /** The number after an e, held within bounds far outside those of floats; NO_EXPONENT if it is something else. */
  private static int exponent(byte[] bytes, int from, int to) {
    int at = from + 1;
    boolean negative = bytes[at] == '-';
    at += negative || bytes[at] == '+' ? 1 : 0;
    if ((bytes[from] != 'e' && bytes[from] != 'E') || at >= to) {
      return NO_EXPONENT;
    }
    int exponent = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return NO_EXPONENT;
      }
      exponent = (int) Math.min(10L * exponent + digit, FAR);
    }
    return negative ? -exponent : exponent;
  }

  /** The float nearest to w · 10^exponent and to all numbers whose first 18 digits are w; NaN if that is not certain. */
  private static float nearest(long w, int exponent) {
    if (w == 0) {
      return 0;
    }
    if (exponent < LEAST_POWER || exponent >= LEAST_POWER + POWERS.length) {
      return Float.NaN;
    }
    double d = w * POWERS[exponent - LEAST_POWER];
    long cut = Double.doubleToRawLongBits(d) & CUT_OFF;
    boolean uncertain = Math.abs(cut - MIDDLE) <= MARGIN || d < Float.MIN_NORMAL || d > HALF_OF_LARGEST;
    return uncertain ? Float.NaN : (float) d;
  }
}
