package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.text.NumberText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawTextTest {

  @TempDir private Path directory;

  /** A row that is served and a file that is trained on agree about what a number is, and which. */
  @ParameterizedTest
  @ValueSource(strings = {
    "0", "-0", "+1", "1.", ".5", "-.5", ".", "-", "+", "", "1e5", "1E-5", "1e+5", "1e", "e5", "1.5.2", "1,5", "--1",
    "0x1p3", "1f", "1d", "NaN", "Infinity", "١", "1_000", "1 2", "0.1", "16777217", "3.4028236e38", "1e-46", "1e39",
    "123456789012345678901234567890", "0.000000000000000000000000000000000000000000001"
  })
  void isANumberWhereAFilesReaderSaysSo(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    float expected = Decimal.parse(Arrays.copyOf(bytes, bytes.length + Decimal.PADDING), 0, bytes.length);
    assertEquals(!Float.isNaN(expected), NumberText.isNumber(text));
    if (NumberText.isNumber(text)) {
      assertEquals(expected, RawText.number(text, "here"));
    }
  }

  /** Files have other white space only within text, and a number with it is another class than without. */
  @Test
  void onlySpacesAndTabsAreLeftOut() throws IOException {
    assertEquals(1, RawText.number(" \t1\t ", "here"));
    for (String text : new String[] {"1\u2003", "\u00a01", "1\n", "1\r", "\f1", "1\u000b"}) {
      assertFalse(NumberText.isNumber(text), text);
    }
    Csv csv = Csv.of(Files.writeString(directory.resolve("em.csv"), "a,y\n1,1\u2003\n2,2\n3,1\n"));
    List<String> classes = List.of("1", "1\u2003", "2");
    assertEquals(classes, Dataset.classification(csv.read(), "y").classNames());
    assertEquals(classes, CsvSource.classification(csv, "y", 2).targetNames());
  }

  /** Else a single field of a file could keep a program busy for half a minute. */
  @Test
  void tellsLongTextsFromNumbersInLinearTime() {
    String digits = "1".repeat(1_000_000);
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
      assertFalse(NumberText.isNumber(digits + "x"));
      assertFalse(NumberText.isNumber("." + digits + "x"));
      assertFalse(NumberText.isNumber("1e" + digits + "x"));
      assertTrue(NumberText.isNumber(digits + "." + digits + "e" + digits));
    });
  }

  @Test
  void knowsWhatStandsForAMissingValue() {
    for (String text : new String[] {null, "", " ", "NA", " NaN\t", "nan", "null", "NULL", "N/A", "n/a", "#N/A", "<NA>"}) {
      assertTrue(RawText.isMissing(text), text);
      assertTrue(Float.isNaN(RawText.number(text, "here")), text);
    }
    for (String text : new String[] {"Na", "Null", "N/a", "0", "-", "none", "None"}) {
      assertFalse(RawText.isMissing(text), text);
    }
  }
}
