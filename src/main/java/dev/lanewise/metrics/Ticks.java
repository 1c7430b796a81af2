package dev.lanewise.metrics;

import dev.lanewise.text.Message;

/**
 * Values at an axis, evenly spaced by 1, 2 or 5 times a power of ten: {@code first}, {@code first + step} and so on.
 *
 * @param first a multiple of the step
 * @param step positive
 * @param count at least one
 */
record Ticks(double first, double step, int count) {

  /** What a quotient may miss a whole number by: 0.7 / 0.1 is a little less than 7. */
  private static final double ROUNDING = 1e-9;

  /** A smaller step would be of denormal numbers, of which powers of ten are far from exact, or none at all. */
  private static final double FINEST = 1e-300;

  /** Those that hold a range between them, the first at or below its start and the last at or above its end. */
  static Ticks around(double from, double to, int about) {
    double step = step(Math.max((to - from) / about, FINEST));
    double first = Math.floor(from / step + ROUNDING);
    return new Ticks(first * step, step, (int) Math.max(1, Math.ceil(to / step - ROUNDING) - first) + 1);
  }

  /** The smallest of 1, 2 and 5 times a power of ten that is not below a number. */
  static double step(double least) {
    double power = Math.pow(10, exponent(least));
    for (int digit : new int[] {1, 2, 5}) {
      if (digit * power >= least * (1 - ROUNDING)) {
        return digit * power;
      }
    }
    return 10 * power;
  }

  double value(int i) {
    return first + i * step;
  }

  double last() {
    return value(count - 1);
  }

  /** A tick as text, with as many decimals as tell it from the next. */
  String label(int i) {
    double value = i == -Math.round(first / step) ? 0 : value(i); // and not what rounding leaves of it
    int digits = exponent(Math.max(Math.abs(first), Math.abs(last())));
    int decimals = -exponent(step);
    if (digits >= 6 || decimals > 5) {
      return value == 0 ? "0" : Message.of("%." + (digits + decimals) + "e", value);
    }
    return Message.of("%." + Math.max(0, decimals) + "f", value);
  }

  private static int exponent(double value) {
    return (int) Math.floor(Math.log10(value) + ROUNDING);
  }
}
