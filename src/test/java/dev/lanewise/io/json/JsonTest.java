package dev.lanewise.io.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON and what is not, and that values come back as they were. */
class JsonTest {

  @Test
  void readsEachKindOfValue() throws JsonException {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("text", "a");
    expected.put("long", -12L);
    expected.put("double", 1.5);
    expected.put("yes", true);
    expected.put("no", false);
    expected.put("nothing", null);
    expected.put("list", List.of(1L, List.of(), Map.of()));
    String text = """
         {"text": "a", "long":-12 , "double" :1.5,"yes":true,\t"no":false,\r\n"nothing":null, "list":[ 1, [ ],{ }] }
        """;
    assertEquals(expected, Json.parse(text));
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(((Map<?, ?>) Json.parse(text)).keySet()));
  }

  @Test
  void whatIsReadCannotBeChanged() throws JsonException {
    @SuppressWarnings("unchecked")
    var map = (Map<String, Object>) Json.parse("{\"a\":[1]}");
    assertThrows(UnsupportedOperationException.class, map::clear);
    assertThrows(UnsupportedOperationException.class, ((List<?>) map.get("a"))::clear);
  }

  record Numeral(String text, Object value) {}

  static final List<Numeral> NUMBERS = List.of(
      new Numeral("0", 0L),
      new Numeral("-0", -0.0),
      new Numeral("9223372036854775807", Long.MAX_VALUE),
      new Numeral("-9223372036854775808", Long.MIN_VALUE),
      new Numeral("9223372036854775808", 0x1p63),
      new Numeral("1.0", 1.0),
      new Numeral("1e2", 100.0),
      new Numeral("-1.25E-2", -0.0125),
      new Numeral("1E+2", 100.0),
      new Numeral("4.9e-324", Double.MIN_VALUE),
      new Numeral("1e-999", 0.0),
      new Numeral("1.7976931348623157e308", Double.MAX_VALUE));

  @ParameterizedTest
  @FieldSource("NUMBERS")
  void readsNumbers(Numeral number) throws JsonException {
    assertEquals(number.value, Json.parse(number.text));
    assertEquals(List.of(number.value), Json.parse("[" + number.text + "]"));
  }

  @Test
  void readsEscapes() throws JsonException {
    assertEquals("\"\\/\b\f\n\r\tA\u00e9☃\ud83d\udc0d.",
        Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00E9☃\\ud83d\\uDC0D.\""));
    assertEquals(Map.of("a\u0000", 1L), Json.parse("{\"a\\u0000\":1}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", " ", "1 2", "[1,]", "[,1]", "[1", "[1}", "{\"a\":1,}", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{a:1}",
    "{1:1}", "{\"a\":1", "{\"a\":1]", "nul", "nullx", "True", "NaN", "Infinity", "-Infinity", "+1", "01", "-01", "-",
    "1.", ".5", "1e", "1e+", "1.e5", "0x10", "1f", "1_0", "'a'", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"",
    "\"\\u+123\"", "\"\\", "\"a\nb\"", "\"\t\"", "\u00a01", "\ufeff1", "//c\n1", "[1]]", "\"\\ud83d\"",
    "\"\\udc0d\\ud83d\"", "\"\\ud83dA\"", "1e999", "-1e999", "[1 2]", "{\"a\":1 \"b\":2}"
  })
  void refusesWhatIsNotJson(String text) {
    JsonException e = assertThrows(JsonException.class, () -> Json.parse(text));
    assertTrue(e.getMessage().matches("[ -~]+"), e.getMessage());
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertMessage("unexpected ',' at character 3 of the JSON", "[1,,2]");
    assertMessage("unexpected U+000A at character 2 of the JSON", "\"a\n\"");
    assertMessage("unexpected U+0020 at character 3 of the JSON", "nul l");
    assertMessage("unexpected U+007F at character 1 of the JSON", "[\u007f]");
    assertMessage("unexpected '~' at character 1 of the JSON", "[~]");
    assertMessage("the JSON ends too early", "[1,");
    assertMessage("the key \"a\\u000a\" is there twice at character 9 of the JSON", "{\"a\\n\":1,\"a\\u000a\":2}");
    assertMessage("a number is beyond the range of a double at character 1 of the JSON", "[1e400]");
    assertMessage("a string has half a surrogate pair at character 1 of the JSON", "[\"\\ud800\"]");
  }

  private static void assertMessage(String message, String text) {
    assertEquals(message, assertThrows(JsonException.class, () -> Json.parse(text)).getMessage());
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws JsonException {
    assertEquals("é", Json.parse("\"é\"".getBytes(StandardCharsets.UTF_8)));
    for (byte[] bytes : new byte[][] {{'"', (byte) 0xe9, '"'}, {'"', (byte) 0xc3}, {'"', (byte) 0xc0, (byte) 0xa2, '"'},
        {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}}) {
      JsonException e = assertThrows(JsonException.class, () -> Json.parse(bytes));
      assertEquals("it is not UTF-8", e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":["})
  void limitsTheDepth(String open) throws JsonException {
    int levels = open.replaceAll("[^\\[{]", "").length();
    assertThrows(JsonException.class, () -> Json.parse(open.repeat(1_000_000)), "no overflow of the stack");
    int times = Json.MAX_DEPTH / levels;
    String fits = open.repeat(times) + "1" + closing(open).repeat(times);
    Object value = Json.parse(fits);
    assertEquals(fits, Json.write(value));
    JsonException e =
        assertThrows(JsonException.class, () -> Json.parse(open + fits + closing(open)));
    assertTrue(e.getMessage().startsWith("more than 64 levels"), e.getMessage());
    List<Object> tooDeep = List.of(value, List.of(value));
    assertThrows(IllegalArgumentException.class, () -> Json.write(tooDeep));
  }

  private static String closing(String open) {
    return new StringBuilder(open).reverse().toString().replaceAll("[^\\[{]", "").replace('[', ']').replace('{', '}');
  }

  @Test
  void depthCountsLevelsAndNotBrackets() throws JsonException {
    String many = "[" + "[],{},".repeat(1000) + "1]";
    assertEquals(many, Json.write(Json.parse(many)));
  }

  @Test
  void writesNoMoreThanIsNeeded() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", List.of((byte) 1, (short) 2, 3, 4L, true));
    map.put("a\"\\\n\u0001\u007fé\ud83d\udc0d", null);
    assertEquals("{\"z\":[1,2,3,4,true],\"a\\\"\\\\\\u000a\\u0001\\u007fé\ud83d\udc0d\":null}", Json.write(map));
    assertEquals("[0.1,0.10000000149011612,-0.0,1.0E22,1.0]", Json.write(List.of(0.1, 0.1f, -0.0, 1e22, 1.0f)));
  }

  /** What needs an escape may be first, last or beside another. */
  @Test
  void writesWhatIsBetweenEscapes() {
    assertEquals("[\"\",\"\\\"\",\"\\\"a\\\\\\\"bc\\u000a\",\"x\\u0009y\"]", Json.write(List.of("", "\"", "\"a\\\"bc\n", "x\ty")));
  }

  @Test
  void sortsTheKeysOfMapsWithoutAnOrder() {
    Map<String, Object> sorted = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      sorted.put("key" + i, i);
    }
    assertEquals(Json.write(sorted), Json.write(Map.copyOf(sorted)));
  }

  @Test
  void refusesToWriteWhatIsNotJson() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    for (Object value : Arrays.asList(
        Double.NaN, Double.POSITIVE_INFINITY, Float.NaN, 'a', new int[1], Map.of(1, 2),
        Collections.singletonMap(null, 1), "\ud83d", Map.of("\udc0d", 1), endless)) {
      IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Json.write(List.of(value)));
      assertFalse(e.getMessage().isEmpty());
    }
  }

  /** Ten thousand random values, among them every kind of double and long. */
  @Test
  void readsWhatItWrites() throws JsonException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      Object value = random(random, 4);
      assertEquals(value, Json.parse(Json.write(value)));
      assertEquals(value, Json.parse(Json.write(value).getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static Object random(SplittableRandom random, int levels) {
    return switch (random.nextInt(levels == 0 ? 6 : 8)) {
      case 0 -> random.nextLong() >> random.nextInt(64);
      case 1 -> finite(Double.longBitsToDouble(random.nextLong()));
      case 2 -> (double) random.nextInt(-1000, 1000) / 8;
      case 3 -> finite(Float.intBitsToFloat(random.nextInt()));
      case 4 -> text(random);
      case 5 -> random.nextBoolean();
      case 6 -> random.ints(random.nextInt(5)).mapToObj(i -> random(random, levels - 1)).toList();
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        random.ints(random.nextInt(5)).forEach(i -> map.put(text(random), random(random, levels - 1)));
        yield map;
      }
    };
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0.1;
  }

  private static String text(SplittableRandom random) {
    int[] points = random.ints(random.nextInt(6), 0, 250).map(c -> c < 200 ? c : 0x1f400 + c).toArray();
    return new String(points, 0, points.length);
  }

  @Test
  void quotesTextsInOneShortLine() {
    assertEquals("\"a\\u000ab\"", Json.quote("a\nb"));
    assertEquals("\"" + "x".repeat(80) + "\"", Json.quote("x".repeat(80)));
    assertEquals("\"" + "x".repeat(40) + "…\"", Json.quote("x".repeat(81)));
    assertEquals("\"" + "\ud83d\udc0d".repeat(40) + "…\"", Json.quote("\ud83d\udc0d".repeat(1000)));
  }
}
