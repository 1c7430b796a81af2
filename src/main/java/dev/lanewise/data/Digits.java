package dev.lanewise.data;

import dev.lanewise.nn.Matrix;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The handwritten digits that come with the library: 1,797 images of 8 × 8 pixels.
 *
 * <p>They are the test set of <a href="https://doi.org/10.24432/C50P49">Optical Recognition of Handwritten Digits</a>
 * by E. Alpaydin and C. Kaynak (UCI Machine Learning Repository, 1998), licensed under
 * <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>, in scikit-learn's copy, with no value changed.
 */
public final class Digits {
  private static final String FILE = "digits.csv.gz";
  private static final int ROWS = 1797;
  private static final int PIXELS = 64;
  private static final int DARKEST = 16;
  private static final List<String> CLASS_NAMES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private Digits() {}

  /**
   * Reads the digits, anew at each call: x is 1,797 × 64, one image a row, its pixels row by row as whole numbers from
   * 0 (white) to 16 (black); the classes are {@code "0"} to {@code "9"}.
   *
   * @throws UncheckedIOException if the file in the jar is missing or damaged
   */
  public static Dataset load() {
    return load(Digits.class.getResourceAsStream(FILE));
  }

  /** {@link #load()} from a stream, which it closes; null if there is no such file. */
  static Dataset load(InputStream file) {
    try (file) {
      if (file == null) {
        throw new IOException("it is missing");
      }
      try (InputStream csv = new GZIPInputStream(file, 1 << 16)) {
        return parse(csv);
      }
    } catch (IOException e) {
      String reason = e instanceof EOFException ? "it ends too early" : e.getMessage();
      throw new UncheckedIOException("the digits cannot be read from " + FILE + " in the jar: " + reason, e);
    }
  }

  /**
   * One pass over the bytes, with nothing made per line or number: this is a good part of what a short program that
   * trains on the digits does before it can start.
   */
  private static Dataset parse(InputStream csv) throws IOException {
    float[] pixels = new float[ROWS * PIXELS];
    int[] labels = new int[ROWS];
    int row = 0;
    int column = 0;
    int value = -1; // of the number being read; -1 before its first digit
    byte[] buffer = new byte[1 << 14];
    for (int n = csv.read(buffer); n >= 0; n = csv.read(buffer)) {
      for (int i = 0; i < n; i++) {
        int digit = buffer[i] - '0';
        if (digit >= 0 && digit <= 9) {
          value = value < 0 ? digit : 10 * value + digit;
          if (value > (column < PIXELS ? DARKEST : 9)) {
            throw damaged(row, column);
          }
        } else if (value < 0 || row == ROWS || buffer[i] != (column < PIXELS ? ',' : '\n')) {
          throw damaged(row, column);
        } else if (column < PIXELS) {
          pixels[row * PIXELS + column++] = value;
          value = -1;
        } else {
          labels[row++] = value;
          column = 0;
          value = -1;
        }
      }
    }
    if (row < ROWS || value >= 0) {
      throw damaged(row, column);
    }
    return Dataset.of(Matrix.of(ROWS, PIXELS, pixels), labels, CLASS_NAMES);
  }

  private static IOException damaged(int row, int column) {
    return new IOException("it is damaged at row " + row + ", column " + column);
  }
}
