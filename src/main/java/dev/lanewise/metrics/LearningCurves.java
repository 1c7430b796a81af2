package dev.lanewise.metrics;

import dev.lanewise.metrics.Svg.Anchor;
import dev.lanewise.text.Message;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Figures that change from epoch to epoch, as lines: one quantity, such as the loss, in a series each for training and
 * validation.
 *
 * <pre>
 * LearningCurves.of(history).write(Path.of("loss.svg"));
 * LearningCurves.of("accuracy").series("training", …).series("validation", …).write(Path.of("accuracy.svg"));
 * </pre>
 *
 * <p>Immutable: {@link #series} gives new curves and leaves these as they are.
 */
public final class LearningCurves implements Chart {
  private static final double WIDTH = 720;
  private static final double HEIGHT = 420;
  private static final double BOTTOM = HEIGHT - 52;
  private static final double RIGHT = WIDTH - 28;
  private static final double SIZE = 13;

  /** Twice as much still is a number. */
  private static final double LARGEST = 1e300;

  /** Colours that most people can tell apart (Okabe and Ito: Color Universal Design, 2008). */
  private static final List<String> COLORS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

  private final String quantity;
  private final List<Series> series;

  private static final class Series {
    private final String name;
    private final double[] values;
    private final String color;

    Series(String name, double[] values, String color) {
      this.name = name;
      this.values = values;
      this.color = color;
    }

    DoubleStream drawn() {
      return Arrays.stream(values).filter(LearningCurves::isDrawn);
    }

    /** The name and what the series ends with. */
    String legend() {
      return Message.of("%s: %.4g", name, drawn().reduce(0, (before, last) -> last));
    }
  }

  private LearningCurves(String quantity, List<Series> series) {
    this.quantity = quantity;
    this.series = series;
  }

  /** No curve yet of that quantity, whose name is the title: "loss", "accuracy". */
  public static LearningCurves of(String quantity) {
    return new LearningCurves(quantity, List.of());
  }

  /**
   * The loss of each epoch: as it was seen while training, and over the validation rows where there are any and it can be drawn in
   * some epoch.
   *
   * @throws IllegalArgumentException if there is no epoch whose loss can be drawn
   */
  public static LearningCurves of(History history) {
    LearningCurves training =
        of("loss").series("training", history.epochs().stream().mapToDouble(Epoch::loss).toArray());
    double[] validation = history.epochs().stream().mapToDouble(Epoch::validationLoss).toArray();
    return Arrays.stream(validation).noneMatch(LearningCurves::isDrawn) ? training : training.series("validation", validation);
  }

  /**
   * Adds a curve.
   *
   * @param name what the legend calls it
   * @param values that of the first epoch first; where one is NaN, or more than 10³⁰⁰ in size, the line has a gap
   * @throws IllegalArgumentException if no value would be drawn
   */
  public LearningCurves series(String name, double... values) {
    Series added = new Series(name, values.clone(), COLORS.get(series.size() % COLORS.size()));
    if (added.drawn().findAny().isEmpty()) {
      throw new IllegalArgumentException(
          Message.of("none of the %d values of the series \"%s\" is a number that can be drawn", values.length, name));
    }
    List<Series> all = new ArrayList<>(series);
    all.add(added);
    return new LearningCurves(quantity, List.copyOf(all));
  }

  /**
   * {@inheritDoc} It is 720 pixels wide and 420 high.
   *
   * @throws IllegalStateException if there is no series
   */
  @Override
  public String svg() {
    if (series.isEmpty()) {
      throw new IllegalStateException("learning curves need a series, but none is given");
    }
    int epochs = series.stream().mapToInt(curve -> curve.values.length).max().orElseThrow();
    Ticks ticks = ticks();
    double left = 22;
    for (int i = 0; i < ticks.count(); i++) {
      left = Math.max(left, 22 + Svg.width(ticks.label(i), SIZE));
    }
    Svg svg = new Svg(WIDTH, HEIGHT, Message.of("%s by epoch", quantity));
    svg.label(left, 28, quantity, 17, Svg.INK, Anchor.START);
    double top = legend(svg, left) + 22;
    Axis x = new Axis(1, epochs, left + 8, RIGHT);
    Axis y = new Axis(ticks.first(), ticks.last(), BOTTOM, top);
    axes(svg, ticks, left, x, y);
    for (Series curve : series) {
      draw(svg, curve, x, y);
    }
    return svg.toString();
  }

  /** A range of values along a range of pixels. */
  private record Axis(double first, double last, double from, double to) {

    double at(double value) {
      return last == first ? (from + to) / 2 : from + (to - from) * (value - first) / (last - first);
    }
  }

  /** Whether a value has a place between ticks that are numbers themselves. */
  private static boolean isDrawn(double value) {
    return Math.abs(value) <= LARGEST;
  }

  /** Ticks around all values; from 0 where they come near it. */
  private Ticks ticks() {
    double least = series.stream().flatMapToDouble(Series::drawn).min().orElseThrow();
    double most = series.stream().flatMapToDouble(Series::drawn).max().orElseThrow();
    if (least == most) {
      double around = least == 0 ? 1 : Math.abs(least) / 10;
      return Ticks.around(least - around, most + around, 4);
    }
    return Ticks.around(least > 0 && least < most - least ? 0 : least, most, 5);
  }

  /** Draws the names in lines as wide as the chart, and gives the foot of the last. */
  private double legend(Svg svg, double left) {
    double x = left;
    double y = 52;
    for (Series curve : series) {
      double width = 28 + Svg.width(curve.legend(), SIZE);
      if (x > left && x + width > RIGHT) {
        x = left;
        y += 20;
      }
      svg.line(x, y - 4, x + 20, y - 4, curve.color, 2.5);
      svg.label(x + 28, y, curve.legend(), SIZE, Svg.INK, Anchor.START);
      x += width + 24;
    }
    return y;
  }

  private static void axes(Svg svg, Ticks ticks, double left, Axis x, Axis y) {
    for (int i = 0; i < ticks.count(); i++) {
      double at = y.at(ticks.value(i));
      svg.line(left, at, RIGHT, at, i == 0 ? Svg.PALE : Svg.GRID, 1);
      svg.label(left - 8, at + 4, ticks.label(i), SIZE, Svg.PALE, Anchor.END);
    }
    int step = (int) Math.max(1, Ticks.step((x.last - 1) / 8));
    for (int epoch = 1; epoch <= x.last; epoch = epoch == 1 && step > 1 ? step : epoch + step) {
      svg.line(x.at(epoch), BOTTOM, x.at(epoch), BOTTOM + 5, Svg.PALE, 1);
      svg.label(x.at(epoch), BOTTOM + 20, Integer.toString(epoch), SIZE, Svg.PALE, Anchor.MIDDLE);
    }
    svg.label((left + RIGHT) / 2, BOTTOM + 40, "epoch", SIZE, Svg.INK, Anchor.MIDDLE);
  }

  /** Draws a line through each run of values that have a place; a value alone is a dot. */
  private static void draw(Svg svg, Series curve, Axis x, Axis y) {
    double[] values = curve.values;
    for (int from = 0; from < values.length; from++) {
      int to = from;
      while (to < values.length && isDrawn(values[to])) {
        to++;
      }
      if (to - from == 1) {
        svg.dot(x.at(to), y.at(values[from]), 3.5, curve.color);
      } else if (to > from) {
        svg.polyline(
            IntStream.range(from, to).mapToDouble(i -> x.at(i + 1)).toArray(),
            Arrays.stream(values, from, to).map(y::at).toArray(),
            curve.color, 2);
      }
      from = to;
    }
  }
}
