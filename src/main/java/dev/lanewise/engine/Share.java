package dev.lanewise.engine;

/** How rows and columns are divided among threads: in multiples of sixteen, so that no two share a vector. */
final class Share {

  /** What each share but the last is a multiple of. */
  static final int UNIT = 16;

  private Share() {}

  /** Where part {@code index} of {@code parts} begins. */
  static int bound(int length, int index, int parts) {
    int share = Math.ceilDiv(Math.ceilDiv(length, parts), UNIT) * UNIT;
    return (int) Math.min(length, (long) share * index);
  }
}
