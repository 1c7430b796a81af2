package dev.lanewise.metrics;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.train.Epoch;
import dev.lanewise.train.History;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
  private static final double NAN = Double.NaN;

  private static Document parse(Chart chart) throws Exception {
    byte[] bytes = chart.svg().getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
  }

  private static List<Element> elements(Document svg, String name) {
    NodeList nodes = svg.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static List<String> texts(Document svg) {
    return elements(svg, "text").stream().map(Element::getTextContent).toList();
  }

  /** The points of the lines of that colour that are as wide as curves are: x, y, x, y, … of each. */
  private static List<double[]> curves(Document svg, String color) {
    return elements(svg, "polyline").stream()
        .filter(line -> line.getAttribute("stroke").equals(color) && line.getAttribute("stroke-width").equals("2"))
        .map(ChartTest::points)
        .toList();
  }

  private static double attribute(Element element, String name) {
    return Double.parseDouble(element.getAttribute(name));
  }

  private static double[] points(Element line) {
    return Pattern.compile("[ ,]").splitAsStream(line.getAttribute("points"))
        .mapToDouble(Double::parseDouble).toArray();
  }

  /** Where the tick with that text is: labels of the axis of y end there, those of x have their middle. */
  private static double tick(Document svg, String text, String axis) {
    String anchor = axis.equals("y") ? "end" : "middle";
    Element label = elements(svg, "text").stream()
        .filter(element -> element.getTextContent().equals(text))
        .filter(element -> element.getAttribute("text-anchor").equals(anchor)).findFirst().orElseThrow();
    return attribute(label, axis) - (axis.equals("y") ? 4 : 0); // the foot of the text is below its middle
  }

  @Test
  void drawsEachValueWhereTheTicksSay() throws Exception {
    double[] values = {7.5, 10, 0, 2.5, 5};
    Document svg = parse(LearningCurves.of("loss").series("training", values));
    List<double[]> curves = curves(svg, "#0072b2");
    assertEquals(1, curves.size());
    double zero = tick(svg, "0", "y");
    double ten = tick(svg, "10", "y");
    assertTrue(ten < zero, "larger is higher");
    for (int i = 0; i < values.length; i++) {
      assertEquals(tick(svg, Integer.toString(i + 1), "x"), curves.get(0)[2 * i], 0.02);
      assertEquals(zero + (ten - zero) * values[i] / 10, curves.get(0)[2 * i + 1], 0.02);
    }
    assertEquals("loss", texts(svg).getFirst());
    assertTrue(texts(svg).contains("training: 5.000"));
    assertTrue(texts(svg).contains("epoch"));
    assertEquals("loss by epoch", elements(svg, "title").getFirst().getTextContent());
  }

  /** Without its line a tick's text has nothing to read a curve by, and without its own a name no curve. */
  @Test
  void drawsALineForEachTickAndEachName() throws Exception {
    Document svg = parse(LearningCurves.of("loss").series("a", 7.5, 10, 0).series("b", 1, 2, 3));
    List<double[]> thin = elements(svg, "polyline").stream()
        .filter(line -> line.getAttribute("stroke-width").equals("1")).map(ChartTest::points).toList();
    List<double[]> across = thin.stream().filter(line -> line[1] == line[3]).toList();
    double[] heights = Stream.of("0", "2", "4", "6", "8", "10").mapToDouble(text -> tick(svg, text, "y")).toArray();
    assertArrayEquals(heights, across.stream().mapToDouble(line -> line[1]).toArray());
    double foot = heights[0];
    double[] epochs = Stream.of("1", "2", "3").mapToDouble(text -> tick(svg, text, "x")).toArray();
    List<double[]> down = thin.stream().filter(line -> line[1] != line[3]).toList();
    assertArrayEquals(epochs, down.stream().mapToDouble(line -> line[0]).toArray());
    for (double[] line : down) {
      assertArrayEquals(new double[] {line[0], foot, line[0], foot + 5}, line);
    }
    for (double[] line : across) {
      assertTrue(line[0] < epochs[0] && line[2] >= epochs[2], () -> Arrays.toString(line));
    }
    assertEquals(List.of("a: 0.000", "b: 3.000"), legend(svg, "#0072b2", "#d55e00"));
  }

  /** The names right of the lines of those colours: each begins where its line and a gap of eight end, and is past the one before. */
  private static List<String> legend(Document svg, String... colors) {
    List<String> names = new ArrayList<>();
    double before = 0;
    for (String color : colors) {
      double[] line = elements(svg, "polyline").stream()
          .filter(e -> e.getAttribute("stroke").equals(color) && e.getAttribute("stroke-width").equals("2.5"))
          .map(ChartTest::points).findFirst().orElseThrow();
      Element name = elements(svg, "text").stream()
          .filter(text -> attribute(text, "x") == line[2] + 8 && attribute(text, "y") - 4 == line[1]).findFirst().orElseThrow();
      assertTrue(line[0] < line[2] && line[0] > before, color);
      assertEquals(line[1], line[3], color);
      before = attribute(name, "x") + Svg.width(name.getTextContent(), 13);
      names.add(name.getTextContent());
    }
    return names;
  }

  /** Of 2 to 10 the axis is from 0, of 6 to 10 it is not: the curve would be flat. A single value has room on both sides. */
  @ParameterizedTest
  @CsvSource({"2, 10, 0 2 4 6 8 10", "6, 10, 6 7 8 9 10", "-2, 10, -5 0 5 10", "5, 5, 4.5 5.0 5.5", "-5, -5, -5.5 -5.0 -4.5"})
  void beginsTheAxisAtZeroWhereValuesComeNear(double least, double most, String expected) throws Exception {
    Document svg = parse(LearningCurves.of("loss").series("a", most, least));
    List<String> ticks = elements(svg, "text").stream()
        .filter(text -> text.getAttribute("text-anchor").equals("end")).map(Element::getTextContent).toList();
    assertEquals(expected, String.join(" ", ticks));
  }

  @ParameterizedTest
  @CsvSource({"9, 1 2 3 4 5 6 7 8 9", "10, 1 2 4 6 8 10", "40, 1 5 10 15 20 25 30 35 40", "3000, 1 500 1000 1500 2000 2500 3000"})
  void numbersTheFirstEpochAndRoundOnes(int epochs, String expected) throws Exception {
    Document svg = parse(LearningCurves.of("loss").series("a", IntStream.range(0, epochs).asDoubleStream().toArray()));
    assertEquals(expected, String.join(" ", texts(svg).stream()
        .filter(text -> text.matches("\\d+")).dropWhile(text -> !text.equals("1")).toList()));
  }

  @Test
  void drawsZerosInTheMiddle() throws Exception {
    Document svg = parse(LearningCurves.of("loss").series("a", 0, 0, 0));
    assertEquals(
        List.of("-1.0", "-0.5", "0.0", "0.5", "1.0"), texts(svg).stream().filter(text -> text.matches("-?\\d\\.\\d")).toList());
    assertEquals(tick(svg, "0.0", "y"), curves(svg, "#0072b2").getFirst()[1], 0.02);
  }

  @Test
  void leavesGapsWhereThereIsNoValue() throws Exception {
    Document svg = parse(
        LearningCurves.of("loss").series("a", 1, 2, 3, 4, 5, 6, 7, 8)
            .series("b", NAN, 2, 3, Double.POSITIVE_INFINITY, 5, NAN, 7, 8));
    assertEquals(1, curves(svg, "#0072b2").size());
    assertArrayEquals(new int[] {4, 4}, curves(svg, "#d55e00").stream().mapToInt(points -> points.length).toArray());
    List<Element> dots = elements(svg, "circle");
    assertEquals(1, dots.size());
    assertEquals(curves(svg, "#0072b2").get(0)[8], attribute(dots.getFirst(), "cx"));
    assertEquals(curves(svg, "#0072b2").get(0)[9], attribute(dots.getFirst(), "cy"));
    assertTrue(texts(svg).contains("b: 8.000"));
  }

  @Test
  void takesTheLossesOfAHistory() throws Exception {
    List<Epoch> epochs = List.of(new Epoch(1, 4, 1, 1, 0.1, NAN, NAN), new Epoch(2, 2, 1, 1, 0.1, NAN, NAN));
    Document training = parse(LearningCurves.of(new History(epochs, 1, History.Stop.COMPLETED, 2)));
    assertTrue(texts(training).contains("training: 2.000"));
    assertFalse(texts(training).toString().contains("validation"));
    List<Epoch> both = List.of(new Epoch(1, 4, 1, 1, 0.1, 5, 0.5), new Epoch(2, 2, 1, 1, 0.1, 3, 0.5));
    Document validation = parse(LearningCurves.of(new History(both, 1, History.Stop.COMPLETED, 2)));
    assertTrue(texts(validation).contains("validation: 3.000"));
    assertEquals(1, curves(validation, "#d55e00").size());
  }

  /** As of rows far from those trained on: there is no value to draw, but that of training is. */
  @Test
  void leavesOutAValidationWithoutAFiniteLoss() throws Exception {
    double infinite = Double.POSITIVE_INFINITY;
    List<Epoch> epochs = List.of(new Epoch(1, 4, 1, 1, 0.1, infinite, 0), new Epoch(2, 2, 1, 1, 0.1, NAN, 0));
    Document svg = parse(LearningCurves.of(new History(epochs, 1, History.Stop.COMPLETED, 2)));
    assertTrue(texts(svg).contains("training: 2.000"));
    assertFalse(texts(svg).toString().contains("validation"));
  }

  @Test
  void keepsEverythingWithinTheDrawing() throws Exception {
    LearningCurves many = LearningCurves.of("loss");
    for (int i = 0; i < 9; i++) {
      many = many.series("a series with a name of some length " + i, 0.01 * i, 1e5);
    }
    for (LearningCurves curves : List.of(
        many, LearningCurves.of("one").series("a", 5), LearningCurves.of("zero").series("a", 0, 0, 0),
        LearningCurves.of("denormal").series("a", Double.MIN_VALUE, 2 * Double.MIN_VALUE),
        LearningCurves.of("largest").series("a", -1e300, 1e300),
        LearningCurves.of("beyond").series("a", -1.7e308, 1, 2, 1.7e308), LearningCurves.of("one").series("a", 1e300),
        LearningCurves.of("tiny").series("a", 3.5e-7, 3.4e-7), LearningCurves.of("below").series("a", -2e9, 1e9),
        LearningCurves.of("long").series("a", IntStream.range(0, 3000).mapToDouble(i -> 1.0 / i).toArray()))) {
      Document svg = parse(curves);
      for (Element line : elements(svg, "polyline")) {
        double[] points = points(line);
        for (int i = 0; i < points.length; i += 2) {
          assertTrue(points[i] >= 0 && points[i] <= 720, () -> Arrays.toString(points));
          assertTrue(points[i + 1] >= 0 && points[i + 1] <= 420, () -> Arrays.toString(points));
        }
      }
      for (Element text : elements(svg, "text")) {
        assertTrue(attribute(text, "y") > 0 && attribute(text, "y") < 420, text.getTextContent());
      }
      assertTextsFit(svg);
      double names = elements(svg, "text").stream().filter(text -> text.getTextContent().contains(": "))
          .mapToDouble(text -> attribute(text, "y")).max().orElseThrow();
      assertTrue(elements(svg, "polyline").stream().filter(line -> !line.getAttribute("stroke-width").equals("2.5"))
          .map(ChartTest::points).allMatch(line -> line[1] > names), "curves are below the names");
    }
  }

  /** Whether every text that is not turned begins and ends in the drawing. */
  private static void assertTextsFit(Document svg) {
    double width = attribute(svg.getDocumentElement(), "width");
    for (Element text : elements(svg, "text")) {
      if (!text.hasAttribute("transform")) {
        double length = Svg.width(text.getTextContent(), attribute(text, "font-size"));
        double from = attribute(text, "x") - switch (text.getAttribute("text-anchor")) {
          case "end" -> length;
          case "middle" -> length / 2;
          default -> 0;
        };
        assertTrue(from >= 0 && from + length <= width, text.getTextContent());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 5, 0.0 0.2 0.4 0.6 0.8 1.0", "0, 10, 5, 0 2 4 6 8 10", "0.7, 0.98, 5, 0.7 0.8 0.9 1.0",
    "-3, 4, 5, -4 -2 0 2 4", "0.1, 0.3, 3, 0.1 0.2 0.3", "0, 2.3, 5, 0.0 0.5 1.0 1.5 2.0 2.5",
    "3.4e-7, 3.5e-7, 4, 3.40e-07 3.45e-07 3.50e-07", "-2e9, 1e9, 3, -2e+09 -1e+09 0 1e+09",
    "1234567, 1234569, 2, 1.234567e+06 1.234568e+06 1.234569e+06", "0, 0.00031, 3, 0.0000 0.0002 0.0004",
    "0, 900000, 3, 0 5.0e+05 1.0e+06", "0, 400000, 2, 0 200000 400000", "0, 800000, 4, 0 200000 400000 600000 800000",
    "-2e6, 4e5, 5, -2.0e+06 -1.5e+06 -1.0e+06 -5.0e+05 0 5.0e+05", "0, 2e-5, 2, 0.00000 0.00001 0.00002"
  })
  void ticksAreRoundNumbers(double from, double to, int about, String expected) {
    Ticks ticks = Ticks.around(from, to, about);
    List<String> labels = IntStream.range(0, ticks.count()).mapToObj(ticks::label).toList();
    assertEquals(expected, String.join(" ", labels));
  }

  @Test
  void showsEachCountAndItsShare() throws Exception {
    ConfusionMatrix matrix = ConfusionMatrix.of(
        new int[] {0, 0, 0, 0, 1, 1, 1, 1}, new int[] {0, 0, 0, 1, 1, 1, 1, 1}, List.of("owl", "cat"));
    Document svg = parse(ConfusionChart.of(matrix));
    assertEquals(
        List.of("7 of 8 rows right (87.5 %)", "3", "1", "0", "4"),
        texts(svg).stream().filter(text -> text.matches("\\d+|.*right \\(.*")).toList());
    assertTrue(texts(svg).contains("blue: right, orange: wrong; shade: share of the true class"));
    List<Element> cells = elements(svg, "rect").subList(1, 5);
    assertEquals("#0072b2", cells.get(3).getAttribute("fill"), "all of a class are right");
    assertEquals("#f4f4f4", cells.get(2).getAttribute("fill"), "none is");
    // A quarter is wrong: half of the way from f4f4f4 to d55e00, by the root.
    assertEquals("#e5a97a", cells.get(1).getAttribute("fill"));
    assertEquals(attribute(cells.get(0), "x"), attribute(cells.get(2), "x"));
    assertTrue(attribute(cells.get(0), "x") < attribute(cells.get(1), "x"), "columns are what is predicted");
    // Dark on light, light on dark, and pale where there is nothing.
    assertEquals(List.of("#ffffff", "#333333", "#bbbbbb", "#ffffff"), Stream.of("3", "1", "0", "4")
        .map(count -> text(svg, count, "middle").getAttribute("fill")).toList());
    for (int cell = 0; cell < 4; cell++) {
      Element count = text(svg, List.of("3", "1", "0", "4").get(cell), "middle");
      assertEquals(middle(cells.get(cell), "x", "width"), attribute(count, "x"), 0.02);
      assertEquals(middle(cells.get(cell), "y", "height"), attribute(count, "y") - attribute(count, "font-size") / 3, 0.02);
    }
  }

  private static Element text(Document svg, String text, String anchor) {
    return elements(svg, "text").stream()
        .filter(element -> element.getTextContent().equals(text) && element.getAttribute("text-anchor").equals(anchor))
        .findFirst().orElseThrow();
  }

  private static double middle(Element cell, String from, String length) {
    return attribute(cell, from) + attribute(cell, length) / 2;
  }

  /** Names that a cell has room for are level; longer ones are turned, and upright where cells are small. */
  @ParameterizedTest
  @CsvSource({"3, x, 0", "3, a name of twenty chars, -45", "40, x, -90"})
  void namesEachRowAndEachColumn(int classes, String name, int turn) throws Exception {
    List<String> names = IntStream.range(0, classes).mapToObj(c -> name + c).toList();
    int[] labels = IntStream.range(0, classes).toArray();
    Document svg = parse(ConfusionChart.of(ConfusionMatrix.of(labels, labels, names)));
    List<Element> cells = elements(svg, "rect").subList(1, 1 + classes * classes);
    for (int c = 0; c < classes; c++) {
      Element cell = cells.get(c * classes + c);
      Element row = text(svg, names.get(c), "end");
      double third = attribute(row, "font-size") / 3; // a text's middle is above its foot
      assertEquals(middle(cell, "y", "height"), attribute(row, "y") - third, 0.02);
      assertTrue(attribute(row, "x") < attribute(cells.getFirst(), "x"));
      Element column = text(svg, names.get(c), turn == 0 ? "middle" : "start");
      assertTrue(attribute(column, "y") < attribute(cells.getFirst(), "y"));
      assertEquals(middle(cell, "x", "width"), attribute(column, "x") - (turn == 0 ? 0 : third), 0.02);
      String at = column.getAttribute("x") + " " + column.getAttribute("y");
      assertEquals(turn == 0 ? "" : "rotate(" + turn + " " + at + ")", column.getAttribute("transform"));
    }
    double middle = (attribute(cells.getFirst(), "x") + attribute(cells.getLast(), "x") + attribute(cells.getLast(), "width")) / 2;
    assertEquals(middle, attribute(text(svg, "predicted", "middle"), "x"), 0.02);
    Element truth = text(svg, "true", "middle");
    double center = (attribute(cells.getFirst(), "y") + attribute(cells.getLast(), "y") + attribute(cells.getLast(), "height")) / 2;
    assertEquals(center, attribute(truth, "y"), 0.02);
    assertEquals("rotate(-90 " + truth.getAttribute("x") + " " + truth.getAttribute("y") + ")", truth.getAttribute("transform"));
  }

  @Test
  void shortensNamesOfMoreThanTwentyFourCharacters() throws Exception {
    String longest = "\uD83C\uDF38bcdefghijklmnopqrstuvwx"; // a pair of surrogates is one character
    int[] labels = {0, 1};
    Document svg = parse(ConfusionChart.of(ConfusionMatrix.of(labels, labels, List.of(longest, longest + "y"))));
    assertEquals(
        List.of(longest, longest, longest + "…", longest + "…"),
        texts(svg).stream().filter(text -> text.startsWith("\uD83C\uDF38")).toList());
  }

  /** Small cells have no room for zeros, and smaller ones for no count at all; one of many digits is smaller than others. */
  @ParameterizedTest
  @CsvSource({"20, 400", "40, 40", "150, 0"})
  void leavesOutCountsThatHaveNoRoom(int classes, int counts) throws Exception {
    int[] labels = IntStream.range(0, classes).toArray();
    int[] many = Arrays.copyOf(labels, classes + 10_000); // the first class has as many more
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
    List<Element> shown = elements(parse(ConfusionChart.of(ConfusionMatrix.of(labels, labels, names))), "text").stream()
        .filter(text -> text.getTextContent().matches("[01]")).toList();
    assertEquals(counts, shown.size());
    Document svg = parse(ConfusionChart.of(ConfusionMatrix.of(many, many, names)));
    double cell = attribute(elements(svg, "rect").get(1), "width");
    for (Element text : elements(svg, "text")) {
      if (text.getTextContent().matches("\\d+")) {
        assertTrue(Svg.width(text.getTextContent(), attribute(text, "font-size")) <= cell, text.getTextContent());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, a", "3, versicolor", "12, of a length that no cell has room for", "40, class", "150, class"})
  void keepsCellsAndNamesWithinTheDrawing(int classes, String name) throws Exception {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      names.add(name + " " + c);
    }
    int[] labels = IntStream.range(0, classes).toArray();
    Document svg = parse(ConfusionChart.of(ConfusionMatrix.of(labels, labels, names)));
    double width = attribute(svg.getDocumentElement(), "width");
    double height = attribute(svg.getDocumentElement(), "height");
    assertEquals(1 + classes * classes, elements(svg, "rect").size());
    assertTextsFit(svg);
    for (Element cell : elements(svg, "rect")) {
      assertTrue(attribute(cell, "x") + attribute(cell, "width") <= width);
      assertTrue(attribute(cell, "y") + attribute(cell, "height") <= height);
    }
    for (Element text : elements(svg, "text")) {
      double length = Svg.width(text.getTextContent(), attribute(text, "font-size"));
      boolean ends = text.getAttribute("text-anchor").equals("end");
      assertTrue(!ends || attribute(text, "x") - length >= 0, text.getTextContent());
      if (text.hasAttribute("transform") && !text.getTextContent().equals("true")) {
        double up = text.getAttribute("transform").contains("-90") ? length : 0.7 * length;
        assertTrue(attribute(text, "y") - up > 80, text.getTextContent() + " is over the title of its axis");
      }
    }
  }

  @Test
  void escapesNames() throws Exception {
    String name = "<a> & \"b\" \u0001 \uD83C\uDF38 \uD800";
    Document svg = parse(LearningCurves.of(name).series(name, 1, 2));
    assertEquals("<a> & \"b\" \uFFFD \uD83C\uDF38 \uFFFD", texts(svg).getFirst());
  }

  @Test
  void drawsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Chart chart = LearningCurves.of("loss").series("training", 0.5, 0.25);
    String expected = chart.svg();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(expected, chart.svg());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void writesAFile(@TempDir Path folder) throws Exception {
    Chart chart = LearningCurves.of("perte · Verlust").series("a", 1, 2);
    Path file = folder.resolve("loss.svg");
    Files.writeString(file, "what was there before, and longer than nothing");
    chart.write(file);
    assertEquals(chart.svg(), Files.readString(file));
  }

  @Test
  void namesTheFileThatItCannotWrite(@TempDir Path folder) {
    Chart chart = LearningCurves.of("loss").series("a", 1, 2);
    assertEquals(
        "cannot write " + folder + ": it is there, but is not a regular file",
        assertThrows(IOException.class, () -> chart.write(folder)).getMessage());
  }

  @Test
  void refusesCurvesWithoutValues() {
    LearningCurves none = LearningCurves.of("loss");
    assertRefused("none of the 2 values of the series \"a\" is a number that can be drawn", () -> none.series("a", NAN, NAN));
    assertRefused("none of the 0 values of the series \"a\" is a number that can be drawn", () -> none.series("a"));
    assertEquals(
        "learning curves need a series, but none is given",
        assertThrows(IllegalStateException.class, none::svg).getMessage());
  }

  @Test
  void doesNotChangeWithWhatItWasMadeOf() {
    double[] values = {1, 2, 3};
    LearningCurves curves = LearningCurves.of("loss").series("a", values);
    String svg = curves.svg();
    values[0] = 100;
    assertFalse(curves.series("b", 5).svg().equals(svg));
    assertEquals(svg, curves.svg());
  }
}
