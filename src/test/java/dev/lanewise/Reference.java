package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The numbers in {@code reference/}: a float64 run in NumPy of the post's network, 64-15-10 on the digits. {@code post}
 * is the post's rule, {@code right_raw} the exact gradient of Σ ½(a − y)² over the batch, both at learning rate 0.001.
 */
final class Reference {

  /** What float32 may differ from it, times max(1, |value|). */
  private static final double TOLERANCE = 1e-5;

  private Reference() {}

  /** The numbers of a file, line by line; lines that do not begin with a number are skipped. */
  static double[][] read(String name) {
    try (InputStream in = Reference.class.getResourceAsStream("/reference/" + name + ".csv")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines()
          .filter(line -> line.matches("[-0-9].*"))
          .map(line -> Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
          .toArray(double[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  static Matrix matrix(String name) {
    return Matrix.of(read(name));
  }

  /** The order of the rows in each of the five epochs. */
  static int[][] orders() {
    return Arrays.stream(read("perms"))
        .map(line -> Arrays.stream(line).mapToInt(value -> (int) value).toArray())
        .toArray(int[][]::new);
  }

  /** A network with the parameters that the reference begins with. */
  static void setInitialParameters(Network network) {
    for (int l = 0; l < 2; l++) {
      network.layers().get(l).setWeights(matrix("w" + (l + 1) + "_init"));
      network.layers().get(l).setBias(matrix("b" + (l + 1) + "_init"));
    }
  }

  static void assertClose(String name, Matrix actual) {
    double[][] expected = read(name);
    assertEquals(expected.length + " x " + expected[0].length, actual.shape(), name);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        assertClose(name + " (" + i + ", " + j + ")", expected[i][j], actual.get(i, j));
      }
    }
  }

  static void assertClose(String what, double expected, double actual) {
    assertEquals(expected, actual, TOLERANCE * Math.max(1, Math.abs(expected)), what);
  }
}
