package dev.lanewise.text;

/** What numbers that somebody gives may be; each method returns its value. */
public final class Require {

  private Require() {}

  /** Above 0. */
  public static int positive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(Message.of("%s must be positive, but is %d", name, value));
    }
    return value;
  }

  /** From 0 to below 1, as a float too: what kernels take of 0.99999999 is 1. */
  public static double fraction(String name, double value) {
    if (!(value >= 0 && (float) value < 1)) {
      boolean isOne = value >= 0 && value < 1;
      throw new IllegalArgumentException(name + " must be in 0..1, 1 excluded, but is " + value + asFloat(isOne, value));
    }
    return value;
  }

  /** Above 0 and below 1. */
  public static double between0And1(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be between 0 and 1, but is " + value);
    }
    return value;
  }

  /** Finite, as a float too, and 0 or more. */
  public static double notNegative(String name, double value) {
    if (!(value >= 0 && (float) value < Float.POSITIVE_INFINITY)) {
      boolean isFinite = Double.isFinite(value) && value >= 0;
      throw new IllegalArgumentException(name + " must be finite and not negative, but is " + value + asFloat(isFinite, value));
    }
    return value;
  }

  /** {@link #notNegative(String, double)} of one of many: what it is called, with its index, is put together only where it is refused. */
  public static double notNegative(String pattern, int index, double value) {
    boolean isTaken = value >= 0 && (float) value < Float.POSITIVE_INFINITY;
    return isTaken ? value : notNegative(Message.of(pattern, index), value);
  }

  /** What one of many counts for: finite and not negative, and nothing that becomes 0 as a float, and so would not count. */
  public static double weight(String pattern, int index, double value) {
    notNegative(pattern, index, value);
    if ((float) value == 0 && value > 0) {
      throw new IllegalArgumentException(Message.of(pattern, index) + " is " + value + ", which as a float is 0: it would not count");
    }
    return value;
  }

  /** What files and messages can have for a name: not blank, as it could not be seen, and without control characters. */
  public static String name(String what, String name) {
    boolean isPlain = !name.isBlank();
    for (int i = 0; i < name.length(); i++) {
      isPlain &= !Character.isISOControl(name.charAt(i));
    }
    if (!isPlain) {
      throw new IllegalArgumentException(
          Message.of("the name of %s must not be blank or have control characters, but is %s", what, Quoted.of(name)));
    }
    return name;
  }

  /** A label of one of so many classes. */
  public static void label(String what, int label, int row, int classes) {
    label(what, label, row, classes, "");
  }

  /** The same, with more to say where it is refused. */
  public static void label(String what, int label, int row, int classes, String more) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(Message.of("%s %d in row %d is outside 0..%d%s", what, label, row, classes - 1, more));
    }
  }

  /** Why a number is refused that would do as a double. */
  private static String asFloat(boolean passes, double value) {
    return passes ? ", which is " + (float) value + " as a float" : "";
  }

  /** Finite and above 0 as a float, which is what kernels take. */
  public static double positive(String name, double value) {
    if (!((float) value > 0 && (float) value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and positive as a float, but is " + value);
    }
    return value;
  }
}
