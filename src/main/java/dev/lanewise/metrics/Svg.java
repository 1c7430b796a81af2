package dev.lanewise.metrics;

import dev.lanewise.text.Message;
import java.util.Locale;

/** A drawing in the making, in SVG 1.1: lengths are pixels from the upper left corner. */
final class Svg {

  /** Where the text of a label is from its point. */
  enum Anchor {
    START,
    MIDDLE,
    END;

    private final String value = name().toLowerCase(Locale.ROOT);
  }

  static final String INK = "#333333";
  static final String PALE = "#777777";
  static final String GRID = "#e3e3e3";

  private static final String FONTS = "Helvetica, Arial, 'DejaVu Sans', sans-serif";

  private final StringBuilder text = new StringBuilder();

  /** An empty drawing, with what it shows said in words. */
  Svg(double width, double height, String description) {
    text.append(
        Message.of(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$s\" height=\"%2$s\" viewBox=\"0 0 %1$s %2$s\""
                + " role=\"img\" font-family=\"%3$s\">\n<title>%4$s</title>\n",
            number(width), number(height), FONTS, escaped(description)));
    rectangle(0, 0, width, height, "#ffffff");
  }

  void rectangle(double x, double y, double width, double height, String fill) {
    text.append(
        Message.of(
            "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>\n",
            number(x), number(y), number(width), number(height), fill));
  }

  void line(double x1, double y1, double x2, double y2, String color, double width) {
    polyline(new double[] {x1, x2}, new double[] {y1, y2}, color, width);
  }

  void polyline(double[] x, double[] y, String color, double width) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      points.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
    }
    text.append(
        Message.of(
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"/>\n",
            points, color, number(width)));
  }

  void dot(double x, double y, double radius, String color) {
    text.append(
        Message.of(
            "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>\n", number(x), number(y), number(radius), color));
  }

  void label(double x, double y, String label, double size, String color, Anchor anchor) {
    turned(x, y, label, size, color, anchor, 0);
  }

  /** A label turned clockwise about its point by so many degrees. */
  void turned(double x, double y, String label, double size, String color, Anchor anchor, double degrees) {
    String turn = Message.of(" transform=\"rotate(%s %s %s)\"", number(degrees), number(x), number(y));
    text.append(
        Message.of(
            "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\" text-anchor=\"%s\"%s>%s</text>\n",
            number(x), number(y), number(size), color, anchor.value, degrees == 0 ? "" : turn, escaped(label)));
  }

  /** About how wide a label is: fonts differ. */
  static double width(String label, double size) {
    return 0.58 * size * Text.length(label);
  }

  @Override
  public String toString() {
    return text + "</svg>\n";
  }

  /** A length to a hundredth of a pixel. */
  private static String number(double value) {
    String number = Message.of("%.2f", value);
    return number.replaceFirst("\\.?0+$", "");
  }

  /** Text as XML takes it: without the characters it has no place for. */
  private static String escaped(String text) {
    return text.replaceAll("[^\t\n\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
