package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the tables in {@code preprocessing/}, which {@code make.py} beside them wrote with scikit-learn. */
class PreprocessingFiguresTest {
  private static final List<String> NUMBERS = List.of("age", "fare", "tiny", "same");
  private static final List<String> TEXTS = List.of("town", "sex");
  private static final Table TRAIN = people("train");
  private static final Table TEST = people("test");

  private static List<List<String>> lines(String name) {
    try (InputStream in = PreprocessingFiguresTest.class.getResourceAsStream("/preprocessing/" + name + ".csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .skip(1).map(line -> Arrays.asList(line.split(",", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static Table people(String name) {
    List<List<String>> lines = lines(name);
    Column[] columns = new Column[6];
    for (int j = 0; j < 4; j++) {
      float[] values = new float[lines.size()];
      for (int i = 0; i < values.length; i++) {
        String value = lines.get(i).get(j);
        values[i] = value.isEmpty() ? Float.NaN : Float.parseFloat(value);
      }
      columns[j] = Column.numeric(NUMBERS.get(j), values);
    }
    for (int j = 4; j < 6; j++) {
      int at = j;
      columns[j] = Column.text(
          TEXTS.get(j - 4),
          lines.stream().map(line -> line.get(at).isEmpty() ? null : line.get(at)).toArray(String[]::new));
    }
    return Table.of(columns);
  }

  private static Preprocessing scaler(String name) {
    return switch (name) {
      case "standard" -> Preprocessing.standard();
      case "min_max" -> Preprocessing.minMax();
      default -> Preprocessing.robust();
    };
  }

  private static Imputation ofNumbers(String name) {
    return switch (name) {
      case "mean" -> Imputation.MEAN;
      case "median" -> Imputation.MEDIAN;
      case "most_frequent" -> Imputation.MOST_FREQUENT;
      default -> Imputation.constant(7.5);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "standard, mean", "standard, median", "standard, most_frequent", "standard, constant",
    "min_max, mean", "min_max, median", "min_max, most_frequent", "min_max, constant",
    "robust, mean", "robust, median", "robust, most_frequent", "robust, constant"
  })
  void fitsAndScalesNumbersAsScikitLearnDoes(String scaler, String imputation) {
    String[] numbers = NUMBERS.toArray(String[]::new);
    Preprocessor fitted = scaler(scaler).imputeNumbers(ofNumbers(imputation)).fit(TRAIN.select(numbers));
    Map<String, Object> map = fitted.toMap();
    int compared = 0;
    for (List<String> line : lines("numbers_fitted")) {
      if (line.get(0).equals(scaler) && line.get(1).equals(imputation)) {
        Map<?, ?> column = (Map<?, ?>) ((List<?>) map.get("columns")).get(NUMBERS.indexOf(line.get(2)));
        assertClose(line.get(3), column.get("missing"));
        assertClose(line.get(4), column.get("center"));
        assertClose(line.get(5), column.get("scale"));
        compared++;
      }
    }
    assertEquals(4, compared);
    Matrix x = fitted.transform(TEST.select(numbers));
    for (List<String> line : lines("numbers_scaled")) {
      if (line.get(0).equals(scaler) && line.get(1).equals(imputation)) {
        int row = Integer.parseInt(line.get(2));
        for (int j = 0; j < 4; j++) {
          double expected = Double.parseDouble(line.get(3 + j));
          // Half a unit in the last place of a float; where a value is its column's center, what is left of 1e-16.
          assertEquals(expected, x.get(row, j), 0x1.01p-24 * Math.abs(expected) + 1e-9, () -> line.toString());
        }
        compared++;
      }
    }
    assertEquals(4 + 20, compared);
  }

  private static void assertClose(String expected, Object actual) {
    double value = Double.parseDouble(expected);
    assertEquals(value, (Double) actual, 1e-12 * Math.abs(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"most_frequent", "constant"})
  void encodesCategoriesAsScikitLearnDoes(String imputation) {
    String[] texts = TEXTS.toArray(String[]::new);
    Imputation imputed =
        imputation.equals("constant") ? Imputation.constant("none") : Imputation.MOST_FREQUENT;
    Preprocessor fitted = Preprocessing.standard().imputeText(imputed).ignoreUnknown(true).fit(TRAIN.select(texts));
    Matrix train = fitted.transform(TRAIN.select(texts));
    Matrix test = fitted.transform(TEST.select(texts));
    boolean unknown = false;
    for (List<String> line : lines("categories")) {
      if (line.get(0).equals(imputation) && line.get(1).equals("names")) {
        assertEquals(line.get(3), String.join(" ", fitted.featureNames()).replace('=', '_'));
      } else if (line.get(0).equals(imputation)) {
        Matrix x = line.get(1).equals("train") ? train : test;
        float[] row = x.row(Integer.parseInt(line.get(2)));
        String values = "";
        for (float value : row) {
          values += (values.isEmpty() ? "" : " ") + (int) value;
        }
        assertEquals(line.get(3), values, line.toString());
        unknown |= values.startsWith("0 0 0 0 0 ") || values.startsWith("0 0 0 0 1 ");
      }
    }
    assertTrue(unknown, "no row has a town that no training row has");
  }

  /** To the bit as numpy.percentile([3, 1, 4, 1, 5, 9, 2, 6][:n], 100 * fraction) in NumPy 2.2. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.25, 3", "2, 0.25, 1.5", "2, 0.75, 2.5", "3, 0.5, 3", "4, 0.25, 1", "4, 0.75, 3.25", "8, 0.25, 1.75",
    "8, 0.5, 3.5", "8, 0.75, 5.25", "7, 0.1, 1", "7, 0.9, 6.600000000000001", "5, 0, 1", "5, 1, 5"
  })
  void interpolatesQuantilesLinearly(int n, double fraction, double expected) {
    double[] values = Arrays.copyOf(new double[] {3, 1, 4, 1, 5, 9, 2, 6}, n);
    assertEquals(expected, Statistics.quantile(Statistics.sorted(values), fraction));
  }

  /** As there, from the nearer of the two: from the other end either has another last bit. */
  @Test
  void interpolatesFromTheNearerValue() {
    double[] values = {0.1, 0.9};
    assertEquals(0.30000000000000004, Statistics.quantile(values, 0.25));
    assertEquals(0.7, Statistics.quantile(values, 0.75));
  }

  @Test
  void takesTheSmallestOfTheMostFrequent() {
    assertEquals(2, Statistics.mostFrequent(new double[] {5, 2, 5, 3, 2}));
    assertEquals(7, Statistics.mostFrequent(new double[] {7}));
    assertEquals(9, Statistics.mostFrequent(new double[] {1, 9, 9}));
  }
}
