package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {
  private static final String PREFIX = "the digits cannot be read from digits.csv.gz in the jar: ";

  @Test
  void holdsTheTestSet() {
    Dataset digits = Digits.load();
    assertEquals(1797, digits.rows());
    assertEquals(64, digits.inputs());
    assertEquals(10, digits.classes());
    assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), digits.classNames());
    int[] counts = new int[10];
    for (int label : digits.labels()) {
      counts[label]++;
    }
    assertArrayEquals(new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, counts);
  }

  @Test
  void holdsEachPixelAsInTheFile() throws IOException {
    Dataset digits = Digits.load();
    String[] lines = new String(unpacked(), StandardCharsets.US_ASCII).lines().toArray(String[]::new);
    assertEquals(digits.rows(), lines.length);
    int[] labels = digits.labels();
    for (int i = 0; i < lines.length; i++) {
      double[] line = Arrays.stream(lines[i].split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      assertEquals(65, line.length);
      for (int j = 0; j < 64; j++) {
        assertTrue(line[j] >= 0 && line[j] <= 16);
        assertEquals((float) line[j], digits.x().get(i, j));
      }
      assertEquals(line[64], labels[i]);
    }
  }

  @Test
  void beginsWithAZeroAndEndsWithAnEight() {
    Dataset digits = Digits.load();
    float[] zero = {
      0, 0, 5, 13, 9, 1, 0, 0, //
      0, 0, 13, 15, 10, 15, 5, 0, //
      0, 3, 15, 2, 0, 11, 8, 0, //
      0, 4, 12, 0, 0, 8, 8, 0, //
      0, 5, 8, 0, 0, 9, 8, 0, //
      0, 4, 11, 0, 1, 12, 7, 0, //
      0, 2, 14, 5, 10, 12, 0, 0, //
      0, 0, 6, 13, 10, 0, 0, 0
    };
    assertArrayEquals(zero, digits.x().row(0));
    assertEquals(0, digits.labels()[0]);
    assertArrayEquals(new float[] {0, 1, 8, 12, 14, 12, 1, 0}, Arrays.copyOfRange(digits.x().row(1796), 56, 64));
    assertEquals(8, digits.labels()[1796]);
  }

  @Test
  void loadsAnewEachTime() {
    Dataset first = Digits.load();
    Dataset second = Digits.load();
    assertEquals(first, second);
    first.x().set(0, 0, 99);
    assertNotEquals(first, second);
    assertEquals(0, second.x().get(0, 0));
    assertEquals(second, Digits.load());
  }

  @Test
  void saysWhenTheFileIsMissing() {
    assertRefused("it is missing", null);
  }

  @Test
  void saysWhenTheFileIsNotWhole() throws IOException {
    byte[] packed = packed();
    assertRefused("Not in GZIP format", new byte[100]);
    assertRefused("it ends too early", new byte[0]);
    assertRefused("it ends too early", Arrays.copyOf(packed, 5));
    assertRefused("it ends too early", Arrays.copyOf(packed, packed.length / 2));
    assertRefused("it ends too early", Arrays.copyOf(packed, packed.length - 1));
    packed[packed.length - 8] ^= 1;
    assertRefused("Corrupt GZIP trailer", packed);
  }

  /** A slash stands for a line feed. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "0,0,5,13,9,1,0 | 0,0,5,17,9,1,0 | 0 | 3",
    "0,0,5,13,9,1,0 | 0,0,5,99999999999999,9,1,0 | 0 | 3",
    "0,0,5,13,9,1,0 | 0,0,5,,9,1,0 | 0 | 3",
    "0,0,5,13,9,1,0 | 0,0,5,-3,9,1,0 | 0 | 3",
    "0,0,5,13,9,1,0 | 0,0,5,1.5,9,1,0 | 0 | 3",
    "0,0,5,13,9,1,0 | 0,0,5/13,9,1,0 | 0 | 2",
    "0,0,0,0/0,0,0,12 | 0,0,0,10/0,0,0,12 | 0 | 64",
    "0,0,0,0/0,0,0,12 | 0,0,0,0,0/0,0,0,12 | 0 | 64",
    "0,0,0,0/0,0,0,12 | 0,0,0,/0,0,0,12 | 0 | 64",
    "12,14,12,1,0,8/ | 12,14,12/ | 1796 | 61",
    "12,14,12,1,0,8/ | 12,14,12,1,0/ | 1796 | 63"
  })
  void saysWhereTheFileIsDamaged(String text, String replacement, int row, int column) throws IOException {
    String csv = new String(unpacked(), StandardCharsets.US_ASCII).replace('\n', '/');
    int at = row == 0 ? csv.indexOf(text) : csv.lastIndexOf(text);
    assertTrue(at >= 0);
    String damaged = csv.substring(0, at) + replacement + csv.substring(at + text.length());
    assertRefused("it is damaged at row " + row + ", column " + column, packed(damaged.replace('/', '\n')));
  }

  @Test
  void saysWhenLinesAreMissingOrTooMany() throws IOException {
    String csv = new String(unpacked(), StandardCharsets.US_ASCII);
    assertRefused("it is damaged at row 0, column 0", packed(""));
    assertRefused("it is damaged at row 1, column 0", packed(csv.substring(0, csv.indexOf('\n') + 1)));
    assertRefused("it is damaged at row 1796, column 64", packed(csv.substring(0, csv.length() - 1)));
    assertRefused("it is damaged at row 1797, column 0", packed(csv + "0"));
    assertRefused("it is damaged at row 1797, column 0", packed(csv + "\n"));
    assertRefused("it is damaged at row 1797, column 0", packed(csv + "0,0"));
  }

  private static void assertRefused(String reason, byte[] file) {
    InputStream stream = file == null ? null : new ByteArrayInputStream(file);
    UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> Digits.load(stream));
    assertEquals(PREFIX + reason, e.getMessage());
  }

  private static byte[] packed() throws IOException {
    try (InputStream file = Digits.class.getResourceAsStream("digits.csv.gz")) {
      return file.readAllBytes();
    }
  }

  private static byte[] packed(String csv) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(csv.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static byte[] unpacked() throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed()))) {
      return gzip.readAllBytes();
    }
  }
}
