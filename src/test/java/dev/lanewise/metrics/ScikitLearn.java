package dev.lanewise.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A table in {@code metrics/}, which {@code make.py} beside it wrote with scikit-learn. */
record ScikitLearn(String name, List<String> columns, List<List<String>> rows) {

  /** Relative to the figure: both sides add in double, in another order. */
  private static final double TOLERANCE = 1e-12;

  static ScikitLearn table(String name) {
    try (InputStream in = ScikitLearn.class.getResourceAsStream("/metrics/" + name + ".csv")) {
      List<List<String>> lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines()
          .map(line -> Arrays.asList(line.split(",", -1))).toList();
      return new ScikitLearn(name, lines.getFirst(), lines.subList(1, lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  double[] column(String column) {
    int at = columns.indexOf(column);
    return rows.stream().mapToDouble(row -> number(row.get(at))).toArray();
  }

  int[] labels() {
    return Arrays.stream(column("label")).mapToInt(label -> (int) label).toArray();
  }

  Matrix matrix(String... names) {
    double[][] values = new double[rows.size()][names.length];
    for (int j = 0; j < names.length; j++) {
      double[] column = column(names[j]);
      for (int i = 0; i < values.length; i++) {
        values[i][j] = column[i];
      }
    }
    return Matrix.of(values);
  }

  /** Compares with a figure of a table that has one a line. */
  void assertFigure(String figure, double actual) {
    List<String> row = rows.stream().filter(line -> line.getFirst().equals(figure)).findFirst().orElseThrow();
    assertClose(figure, Double.parseDouble(row.get(1)), actual);
  }

  static double number(String text) {
    return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  static void assertClose(String what, double expected, double actual) {
    if (expected == actual) {
      return; // infinity too
    }
    assertEquals(expected, actual, TOLERANCE * Math.abs(expected), what);
  }
}
