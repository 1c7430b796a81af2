package dev.lanewise.metrics;

import dev.lanewise.metrics.Svg.Anchor;
import dev.lanewise.text.Message;
import java.util.Arrays;
import java.util.List;

/**
 * A confusion matrix as shaded cells: a row for each true class, a column for each predicted one, and in each cell the
 * count, the darker the larger its share of the rows of the true class. Errors are coloured otherwise than what is
 * right.
 */
public final class ConfusionChart implements Chart {
  private static final double SIZE = 13;
  private static final int LONGEST_NAME = 24;

  private static final String LEGEND = "blue: right, orange: wrong; shade: share of the true class";

  /** White turns into these: blue where the prediction is right, orange where it is not. */
  private static final int[] RIGHT = {0x00, 0x72, 0xb2};

  private static final int[] WRONG = {0xd5, 0x5e, 0x00};

  private final ConfusionMatrix matrix;
  private final List<String> names;
  private final int classes;
  private final double cell;
  private final double nameSize;

  private ConfusionChart(ConfusionMatrix matrix) {
    this.matrix = matrix;
    classes = matrix.classes();
    cell = Math.clamp(560.0 / classes, 8, 84);
    nameSize = Math.min(SIZE, cell);
    names = matrix.classNames().stream().map(ConfusionChart::shortened).toList();
  }

  /** The drawing of those counts. */
  public static ConfusionChart of(ConfusionMatrix matrix) {
    return new ConfusionChart(matrix);
  }

  private static String shortened(String name) {
    return Text.length(name) <= LONGEST_NAME ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "…";
  }

  @Override
  public String svg() {
    double longest = names.stream().mapToDouble(name -> Svg.width(name, nameSize)).max().orElseThrow();
    double turn = longest < cell - 4 ? 0 : cell > 24 ? -45 : -90;
    double left = 52 + longest;
    double top = 98 + (turn == 0 ? 10 : -longest * Math.sin(Math.toRadians(turn)));
    double width = left + classes * cell + (turn == -45 ? Math.max(24, longest * 0.75) : 24);
    String title =
        Message.of(
            "%d of %d rows right (%.1f %%)", matrix.correct(), matrix.rows(), 100.0 * matrix.correct() / matrix.rows());
    width = Math.max(width, 48 + Math.max(Svg.width(title, 17), Svg.width(LEGEND, SIZE)));
    Svg svg = new Svg(width, top + classes * cell + 24, "confusion matrix");
    svg.label(24, 32, title, 17, Svg.INK, Anchor.START);
    svg.label(24, 54, LEGEND, SIZE, Svg.PALE, Anchor.START);
    double middle = classes * cell / 2;
    svg.label(left + middle, 80, "predicted", SIZE, Svg.INK, Anchor.MIDDLE);
    svg.turned(28, top + middle, "true", SIZE, Svg.INK, Anchor.MIDDLE, -90);
    for (int c = 0; c < classes; c++) {
      double center = (c + 0.5) * cell;
      svg.label(left - 8, top + center + nameSize / 3, names.get(c), nameSize, Svg.INK, Anchor.END);
      if (turn == 0) {
        svg.label(left + center, top - 8, names.get(c), nameSize, Svg.INK, Anchor.MIDDLE);
      } else {
        svg.turned(left + center + nameSize / 3, top - 6, names.get(c), nameSize, Svg.INK, Anchor.START, turn);
      }
    }
    cells(svg, left, top);
    return svg.toString();
  }

  private void cells(Svg svg, double left, double top) {
    double[][] shares = matrix.shareOfTruth();
    for (int t = 0; t < classes; t++) {
      for (int p = 0; p < classes; p++) {
        double x = left + p * cell;
        double y = top + t * cell;
        int count = matrix.count(t, p);
        // The root, since few errors of many rows should be seen as well.
        double shade = Math.sqrt(shares[t][p]);
        svg.rectangle(x + 0.5, y + 0.5, cell - 1, cell - 1, color(t == p ? RIGHT : WRONG, shade));
        double size = Math.min(SIZE + 1, 1.5 * cell / Math.max(3, Integer.toString(count).length()));
        if (size >= 6 && (count > 0 || cell > 24)) {
          String ink = count == 0 ? "#bbbbbb" : shade > 0.6 ? "#ffffff" : Svg.INK;
          svg.label(x + cell / 2, y + cell / 2 + size / 3, Integer.toString(count), size, ink, Anchor.MIDDLE);
        }
      }
    }
  }

  /** White at 0, slightly grey so that the grid is seen; the color itself at 1. */
  private static String color(int[] full, double shade) {
    int[] mixed = Arrays.stream(full).map(part -> (int) Math.round(0xf4 + (part - 0xf4) * shade)).toArray();
    return Message.of("#%02x%02x%02x", mixed[0], mixed[1], mixed[2]);
  }
}
