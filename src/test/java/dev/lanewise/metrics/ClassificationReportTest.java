package dev.lanewise.metrics;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationReportTest {
  /** The example in scikit-learn's documentation of classification_report. */
  private static final ClassificationReport EXAMPLE = ClassificationReport.of(
      new int[] {0, 1, 2, 2, 2}, new int[] {0, 0, 2, 2, 1}, List.of("class 0", "class 1", "class 2"));

  private static final String EXAMPLE_TEXT = """
                    precision    recall  f1-score   support

           class 0       0.50      1.00      0.67         1
           class 1       0.00      0.00      0.00         1
           class 2       1.00      0.67      0.80         3

          accuracy                           0.60         5
         macro avg       0.50      0.56      0.49         5
      weighted avg       0.70      0.60      0.61         5
      """;

  @Test
  void printsWhatScikitLearnPrints() {
    assertEquals(EXAMPLE_TEXT, EXAMPLE.toString());
    assertTrue(EXAMPLE.toString().startsWith("              precision    recall  f1-score   support\n\n     class 0 "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "tr-TR", "und"})
  void printsTheSameInEveryLocale(String locale) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      assertEquals(EXAMPLE_TEXT, EXAMPLE.toString());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void givesEachFigure() {
    assertEquals(List.of("class 0", "class 1", "class 2"), EXAMPLE.classNames());
    assertEquals(5, EXAMPLE.rows());
    assertEquals(3, EXAMPLE.correct());
    assertEquals(0.6, EXAMPLE.accuracy());
    assertEquals(0.5, EXAMPLE.precision(0));
    assertEquals(1.0, EXAMPLE.recall(0));
    assertEquals(2.0 / 3, EXAMPLE.f1(0));
    assertEquals(1, EXAMPLE.support(0));
    assertEquals(1.0, EXAMPLE.precision(2));
    assertEquals(2.0 / 3, EXAMPLE.recall(2));
    assertEquals(0.8, EXAMPLE.f1(2));
    assertEquals(3, EXAMPLE.support(2));
    assertEquals(0.5, EXAMPLE.macroPrecision());
    assertEquals(5.0 / 9, EXAMPLE.macroRecall(), 1e-15);
    assertEquals(22.0 / 45, EXAMPLE.macroF1(), 1e-15);
    assertEquals(0.7, EXAMPLE.weightedPrecision(), 1e-15);
    assertEquals(0.6, EXAMPLE.weightedRecall(), 1e-15);
    assertEquals(46.0 / 75, EXAMPLE.weightedF1(), 1e-15);
  }

  @Test
  void countsAQuotientByZeroAsZero() {
    // Class b is predicted but never true, class c the other way round, class d neither.
    ClassificationReport report =
        ClassificationReport.of(new int[] {0, 0, 2, 0}, new int[] {0, 1, 0, 0}, List.of("a", "b", "c", "d"));
    assertEquals("""
                      precision    recall  f1-score   support

                   a       0.67      0.67      0.67         3
                   b       0.00      0.00      0.00         0
                   c       0.00      0.00      0.00         1
                   d       0.00      0.00      0.00         0

            accuracy                           0.50         4
           macro avg       0.17      0.17      0.17         4
        weighted avg       0.50      0.50      0.50         4
        """, report.toString());
    assertEquals(0, report.precision(3));
    assertEquals(0, report.recall(3));
    assertEquals(0, report.f1(3));
  }

  @Test
  void printsAReportWithNothingRight() {
    assertEquals("""
                      precision    recall  f1-score   support

                   0       0.00      0.00      0.00         1
                   1       0.00      0.00      0.00         1

            accuracy                           0.00         2
           macro avg       0.00      0.00      0.00         2
        weighted avg       0.00      0.00      0.00         2
        """, ClassificationReport.of(new int[] {0, 1}, new int[] {1, 0}, List.of("0", "1")).toString());
  }

  @Test
  void widensTheFirstColumnForLongNames() {
    // The pair of surrogates is one character: the name has 17.
    List<String> names = List.of("Iris-versicolor \uD83C\uDF38", "x");
    assertEquals("""
                           precision    recall  f1-score   support

        Iris-versicolor \uD83C\uDF38       1.00      0.50      0.67         2
                        x       0.50      1.00      0.67         1

                 accuracy                           0.67         3
                macro avg       0.75      0.75      0.67         3
             weighted avg       0.83      0.67      0.67         3
        """, ClassificationReport.of(new int[] {0, 0, 1}, new int[] {0, 1, 1}, names).toString());
  }

  /** Ties are the eighths; the doubles next to 0.005, 0.115 and 0.145 lie above, above and below. */
  @ParameterizedTest
  @CsvSource({
    "0, 9, 0.00", "1, 1000, 0.00", "1, 250, 0.00", "1, 200, 0.01", "1, 8, 0.12", "3, 8, 0.38", "5, 8, 0.62",
    "7, 8, 0.88", "23, 200, 0.12", "29, 200, 0.14", "1, 3, 0.33", "199, 200, 0.99", "399, 400, 1.00", "9, 9, 1.00"
  })
  void roundsTheExactBinaryValue(int right, int rows, String expected) {
    int[] predicted = new int[rows];
    Arrays.fill(predicted, 0, right, 1);
    int[] truth = new int[rows];
    Arrays.fill(truth, 1);
    String accuracy = ClassificationReport.of(truth, predicted, List.of("0", "1")).toString().lines()
        .filter(line -> line.contains("accuracy")).findFirst().orElseThrow();
    assertEquals("    accuracy                           " + expected, accuracy.substring(0, 43));
  }

  /** Recalls whose mean is 0.675, or one unit in the last place below when added from left to right. */
  @Test
  void addsInTheOrderOfNumPy() {
    ClassificationReport report = ofTwentyEach(12, 10, 15, 13, 15, 13, 13, 12, 16, 16);
    assertEquals(0.675, report.macroRecall());
    assertTrue(report.toString().endsWith("""

            accuracy                           0.68       200
           macro avg       0.68      0.68      0.67       200
        weighted avg       0.68      0.68      0.67       200
        """));
  }

  /** By halves of a multiple of eight: from left to right, in eight strands alone or by halves of any length, it is not 0.525. */
  @Test
  void addsManyClassesInTheOrderOfNumPy() {
    int[] hits = new int[300];
    Arrays.setAll(hits, c -> (3 * c + 2 * c * c) % 20 + 1);
    assertEquals(0.525, ofTwentyEach(hits).macroRecall());
  }

  /** 128 classes are not halved yet: if they were, the recall would be 0.525, and shown as 0.53. */
  @Test
  void addsAsManyClassesAsNumPyDoesNotHalve() {
    int[] hits = new int[128];
    Arrays.setAll(hits, c -> (2 * c + 5 * c * c) % 20 + 1);
    assertEquals(0.5249999999999999, ofTwentyEach(hits).macroRecall());
  }

  /** Classes of twenty rows, so many of which are predicted right, and all others to be of the next class. */
  private static ClassificationReport ofTwentyEach(int... hits) {
    int[] truth = new int[20 * hits.length];
    int[] predicted = new int[truth.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = i / 20;
      predicted[i] = i % 20 < hits[i / 20] ? i / 20 : (i / 20 + 1) % hits.length;
    }
    return ClassificationReport.of(truth, predicted, IntStream.range(0, hits.length).mapToObj(Integer::toString).toList());
  }

  @Test
  void averagesManyClasses() {
    // More than 128 classes: class c has c + 1 rows, all right in even classes, all called class 0 in odd ones.
    int classes = 300;
    List<String> names = new ArrayList<>();
    int[] truth = new int[classes * (classes + 1) / 2];
    int[] predicted = new int[truth.length];
    int row = 0;
    int correct = 0;
    for (int c = 0; c < classes; c++) {
      names.add("class " + c);
      for (int i = 0; i <= c; i++, row++) {
        truth[row] = c;
        predicted[row] = c % 2 == 0 ? c : 0;
        correct += c % 2 == 0 ? 1 : 0;
      }
    }
    ClassificationReport report = ClassificationReport.of(truth, predicted, names);
    assertEquals(correct, report.correct());
    assertEquals(0.5, report.macroRecall());
    assertEquals((149 + 1.0 / (1 + truth.length - correct)) / 300, report.macroPrecision(), 1e-15);
    assertEquals(report.accuracy(), report.weightedRecall(), 1e-15);
  }

  @Test
  void doesNotChangeWithWhatItWasMadeOf() {
    int[] truth = {0, 1};
    int[] predicted = {0, 1};
    List<String> names = new ArrayList<>(List.of("a", "b"));
    ClassificationReport report = ClassificationReport.of(truth, predicted, names);
    String text = report.toString();
    truth[0] = 1;
    predicted[1] = 0;
    names.set(0, "z");
    assertEquals(text, report.toString());
  }

  @Test
  void refusesWhatItCannotCompare() {
    List<String> ab = List.of("a", "b");
    assertRefused(
        "there are 3 true labels, but 2 predicted ones",
        () -> ClassificationReport.of(new int[3], new int[2], ab));
    assertRefused("there are no rows to judge", () -> ClassificationReport.of(new int[0], new int[0], ab));
    assertRefused(
        "counting by class needs class names, but none are given",
        () -> ClassificationReport.of(new int[1], new int[1], List.of()));
    assertRefused(
        "label 12 in row 1 is outside 0..1: 2 classes have names", () -> ClassificationReport.of(new int[] {0, 12}, new int[] {0, 0}, ab));
    assertRefused(
        "label -1 in row 0 is outside 0..1: 2 classes have names", () -> ClassificationReport.of(new int[] {-1, 0}, new int[] {0, 0}, ab));
    assertRefused(
        "predicted label 2 in row 1 is outside 0..1: 2 classes have names",
        () -> ClassificationReport.of(new int[] {0, 0}, new int[] {0, 2}, ab));
  }

  @Test
  void refusesAClassThatIsNotThere() {
    Executable below = () -> EXAMPLE.precision(-1);
    Executable above = () -> EXAMPLE.support(3);
    assertEquals("class -1 is outside 0..2", assertThrows(IndexOutOfBoundsException.class, below).getMessage());
    assertEquals("class 3 is outside 0..2", assertThrows(IndexOutOfBoundsException.class, above).getMessage());
  }
}
