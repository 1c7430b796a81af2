package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each number becomes the float that the JDK gives, to the bit. */
class DecimalTest {

  private static final int EACH = 300_000;

  /** A way to write random numbers. */
  record Kind(String name, Function<SplittableRandom, String> number) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final Kind[] KINDS = {
    new Kind("small whole numbers", r -> Integer.toString(r.nextInt(-300, 300))),
    new Kind("whole numbers", r -> Long.toString(r.nextLong() >> r.nextInt(64))),
    new Kind("whole numbers in the middle of two floats", DecimalTest::middle),
    new Kind("digits and a point", r -> digits(r, r.nextInt(10)) + "." + digits(r, 1 + r.nextInt(10))),
    new Kind("many digits", r -> "-" + digits(r, r.nextInt(25)) + "." + digits(r, 1 + r.nextInt(30))),
    new Kind("with an exponent", r -> digits(r, 1 + r.nextInt(3)) + "." + digits(r, r.nextInt(20)) + exponent(r)),
    new Kind("floats", r -> Float.toString(finite(r))),
    new Kind("floats as doubles", r -> Double.toString(finite(r))),
    new Kind("doubles", r -> Double.toString(finite(r) * (1 + r.nextDouble()))),
    new Kind("of a printf", r -> String.format(Locale.ROOT, "%.7f", r.nextDouble(-10, 10))),
    new Kind("subnormal", r -> digits(r, 1) + "." + digits(r, 9) + "e-" + r.nextInt(36, 50)),
    new Kind("digits beside the middle of two floats", DecimalTest::besideMiddle),
  };

  private static String digits(SplittableRandom random, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  private static String exponent(SplittableRandom random) {
    return (random.nextBoolean() ? "e" : "E") + random.nextInt(-45, 45);
  }

  private static float finite(SplittableRandom random) {
    float value;
    do {
      value = Float.intBitsToFloat(random.nextInt());
    } while (!Float.isFinite(value));
    return value;
  }

  private static double middleOf(SplittableRandom random) {
    float value = Math.abs(finite(random));
    float next = Math.nextUp(value);
    return Float.isInfinite(next) ? value : ((double) value + next) / 2;
  }

  private static String middle(SplittableRandom random) {
    float value = random.nextInt(1 << 24, Integer.MAX_VALUE);
    return Long.toString(((long) value + (long) Math.nextUp(value)) / 2);
  }

  /** The middle of two floats has up to 150 digits: cut after some of them, and the last one changed. */
  private static String besideMiddle(SplittableRandom random) {
    String all = new BigDecimal(middleOf(random)).toString();
    String cut = all.contains("E") ? all : all.substring(0, Math.min(all.length(), random.nextInt(8, 60)));
    return cut.endsWith(".") || random.nextBoolean() ? cut + random.nextInt(10) : cut;
  }

  private static float parse(String number) {
    byte[] text = ("," + number).getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(text, text.length + Decimal.PADDING);
    Arrays.fill(bytes, text.length, bytes.length, (byte) '7'); // whatever follows is not part of the number
    return Decimal.parse(bytes, 1, text.length);
  }

  private static void check(String number) {
    assertEquals(Float.parseFloat(number), parse(number), () -> number);
  }

  /** Of which either by itself is far outside floats. */
  @Test
  void manyZerosAndALargeExponentBesideThem() {
    String zeros = "0".repeat(1_048_600);
    assertEquals(1f, parse("0." + zeros + "1e1048601"));
    assertEquals(1f, parse("1" + zeros + "e-1048600"));
    assertEquals(0f, parse("0." + zeros + "1e1048500"));
    assertEquals(Float.POSITIVE_INFINITY, parse("1" + zeros + "e-1048000"));
    assertEquals(Float.POSITIVE_INFINITY, parse("1e99999999999999999999"));
    assertEquals(0f, parse("1e-99999999999999999999"));
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void isTheFloatOfTheJdk(Kind kind) {
    SplittableRandom random = new SplittableRandom(kind.name().hashCode());
    for (int i = 0; i < EACH; i++) {
      check(kind.number().apply(random));
    }
  }

  /** Up to three digits in all places, with and without a point and signs. */
  @Test
  void readsAllShortNumbers() {
    for (int i = 0; i < 1000; i++) {
      String digits = Integer.toString(i);
      for (int point = 0; point <= digits.length(); point++) {
        String number = digits.substring(0, point) + "." + digits.substring(point);
        Stream.of(number, "-" + number, "+" + number, number + "e1", number + "E-3").forEach(DecimalTest::check);
      }
      check(digits);
      check("-" + digits);
      check("0".repeat(i) + digits + "." + "0".repeat(i) + digits);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "0", "-0", "0.0", "-0.0", "0e99999999999999999999", "-0e-5", "1e-99999999999999999999", "00000000000000000000000000001",
    "3.4028235e38", "3.4028234663852886e38", "3.4028235677973366e38", "3.40282356779733661637539395458142568447e38",
    "3.40282356779733661637539395458142568448e38", "1e39", "-1e39", "1e999999999999",
    "1.17549435e-38", "1.1754943e-38", "1.4e-45", "0.7e-45", "7.006492321624085e-46", "7.006492321624086e-46", "1e-46",
    "16777217", "16777217.0", "16777216.99999999999999999999", "16777217.00000000000000000001", "20240117", "9007199254740993",
    "12345678901234567890123456789012345678", "123456789012345678.9", "9223372036854775807", "9223372036854775808",
    "99999999999999999999", "0.000000000000000000000000000000000000000000000000000000000000000000000000000001", "5.", ".5",
    "100000000000000000", "99999999999999999.9", "1000000000000000000000000000000000000000000000000000e-40",
    "100000019905511424.5", "100000019905511424", "-100000019905511424.0000001", // in the middle of two floats, but for the rest
  })
  void isTheFloatOfTheJdkAtTheEdges(String number) {
    check(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "-", "+", ".", "-.", "e5", ".e5", "1e", "1e+", "1e-", "1e5.5", "1.2.3", "1,5", "--1", "+-1", "1-", "1f", "1d", "1.5F",
    "0x1p3", "NaN", "nan", "Infinity", "-inf", "1 ", " 1", "1_000", "12345678a", "1234567890123456789x", "1e5x", "1\0",
    "\u0661", "1e\u0661", "/", ":", "1/", "1:", "5e-", "12:30",
  })
  void isNotANumberWhereSomethingElseIsThere(String text) {
    assertTrue(Float.isNaN(parse(text)), text);
  }

  /** Nothing comes before a number that begins an array, which may begin with its point: a point at index 0 is one too. */
  @Test
  void readsNumbersAtTheBeginningOfAnArray() {
    for (String number : List.of("5", ".5", ".123456789", ".1234567890123456789012345", "-.123456789", ".5e-3", ".123456789e4")) {
      assertEquals(Float.parseFloat(number), atTheBeginning(number), number);
    }
    for (String text : List.of("", ".", ".e5", "..123456789", ".123456789.1")) {
      assertTrue(Float.isNaN(atTheBeginning(text)), text);
    }
  }

  private static float atTheBeginning(String number) {
    byte[] text = number.getBytes(StandardCharsets.US_ASCII);
    return Decimal.parse(Arrays.copyOf(text, text.length + Decimal.PADDING), 0, text.length);
  }

  /** What a longer field left in the array behind a shorter one may go on as a number does. */
  @ParameterizedTest
  @ValueSource(strings = {".5", "e5", "-5", "55"})
  void readsNothingBehindTheField(String behind) {
    for (String number : List.of("1", "12345678", "123456789", "12345678901234567890", "1.5", "123456789.5", "1e2", "123456789e2")) {
      byte[] bytes = (number + behind.repeat(Decimal.PADDING)).getBytes(StandardCharsets.US_ASCII);
      assertEquals(Float.parseFloat(number), Decimal.parse(bytes, 0, number.length()), number);
    }
  }

  /** A digit that follows the field, or a byte above 127, is not read as part of it. */
  @Test
  void readsNoByteOutsideTheField() {
    byte[] bytes = "11112222333344445555".getBytes(StandardCharsets.US_ASCII);
    for (int from = 0; from < 12; from++) {
      for (int to = from + 1; to <= 12; to++) {
        String inside = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        assertEquals(Float.parseFloat(inside), Decimal.parse(bytes, from, to));
      }
    }
    for (int other = Byte.MIN_VALUE; other < 0; other++) {
      byte[] text = {'1', (byte) other, '2', 0, 0, 0, 0, 0, 0, 0, 0, 0};
      assertTrue(Float.isNaN(Decimal.parse(text, 0, 3)));
    }
  }
}
