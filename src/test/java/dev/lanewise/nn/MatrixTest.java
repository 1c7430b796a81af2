package dev.lanewise.nn;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a matrix holds, what it shares with its caller, and what it refuses. */
class MatrixTest {

  private static final Matrix M = Matrix.of(2, 3, 1, 2, 3, 4, 5, 6);

  @Test
  void wrapsAnArrayRowByRow() {
    float[] data = {1, 2, 3, 4, 5, 6};
    Matrix matrix = Matrix.of(2, 3, data);
    assertSame(data, matrix.data());
    assertEquals(6f, matrix.get(1, 2));
    matrix.set(1, 0, 9);
    assertEquals(9f, data[3]);
    assertEquals(2, matrix.rows());
    assertEquals(3, matrix.cols());
    assertEquals("2 x 3", matrix.shape());
    assertEquals("Matrix 2 x 3", matrix.toString());
  }

  @Test
  void copiesArraysOfRows() {
    float[][] rows = {{1, 2, 3}, {4, 5, 6}};
    assertEquals(M, Matrix.of(rows));
    assertEquals(M, Matrix.of(new double[][] {{1, 2, 3}, {4, 5, 6}}));
    Matrix matrix = Matrix.of(rows);
    rows[0][0] = 9;
    assertEquals(M, matrix);
    assertEquals("0 x 0", Matrix.of(new float[0][]).shape());
    assertEquals("0 x 0", Matrix.of(new double[0][]).shape());
    assertEquals((float) 0.1, Matrix.of(new double[][] {{0.1}}).get(0, 0), "rounded to float");
  }

  @Test
  void givesCopiesOfRows() {
    float[] row = M.row(1);
    assertArrayEquals(new float[] {4, 5, 6}, row);
    row[0] = 9;
    Matrix last = M.rows(1, 2);
    last.set(0, 1, 9);
    Matrix copy = M.copy();
    assertNotSame(M.data(), copy.data());
    copy.set(0, 0, 9);
    assertEquals(Matrix.of(2, 3, 1, 2, 3, 4, 5, 6), M);
    assertEquals(Matrix.zeros(0, 3), M.rows(2, 2));
  }

  @Test
  void findsTheFirstLargestOfEachRow() {
    Matrix matrix = Matrix.of(4, 3, 1, 3, 3, 5, 4, 5, -3, -2, -1, Float.NaN, Float.NaN, Float.NaN);
    assertArrayEquals(new int[] {1, 0, 2, 0}, matrix.argmaxRows());
    assertArrayEquals(new int[2], Matrix.zeros(2, 0).argmaxRows());
  }

  @Test
  void takesRowsInAnyOrder() {
    Matrix matrix = Matrix.of(3, 2, 1, 2, 3, 4, 5, 6);
    assertEquals(Matrix.of(4, 2, 5, 6, 1, 2, 5, 6, 3, 4), matrix.take(2, 0, 2, 1));
    assertEquals(Matrix.zeros(0, 2), matrix.take());
    matrix.take(0).set(0, 0, 9);
    assertEquals(1, matrix.get(0, 0), "it is a copy");
  }

  @Test
  void equalsByShapeAndBits() {
    assertEquals(M, M.copy());
    assertEquals(M.hashCode(), M.copy().hashCode());
    assertNotEquals(M, Matrix.of(3, 2, 1, 2, 3, 4, 5, 6));
    assertNotEquals(Matrix.of(1, 1, 0f), Matrix.of(1, 1, -0f));
    assertEquals(Matrix.of(1, 1, Float.NaN), Matrix.of(1, 1, Float.NaN));
  }

  @Test
  void refusesDataThatIsNotRowsTimesCols() {
    assertRefused("a matrix of 2 x 3 holds 6 values, but 5 are given", () -> Matrix.of(2, 3, new float[5]));
    assertRefused("row 1 has 1 values, but row 0 has 2", () -> Matrix.of(new float[][] {{1, 2}, {3}}));
    assertRefused("row 1 has 3 values, but row 0 has 2", () -> Matrix.of(new double[][] {{1, 2}, {3, 4, 5}}));
    assertRefused("a matrix cannot be -1 x 2", () -> Matrix.zeros(-1, 2));
    assertRefused("a matrix cannot be 1 x -2", () -> Matrix.of(1, -2));
  }

  /** 65,536 × 65,536 is 0 in 32 bits. */
  @Test
  void countsItsValuesInLong() {
    String tooMany = " values, more than the 2147483639 that fit in an array";
    assertRefused("a matrix of 65536 x 65536 has 4294967296" + tooMany, () -> Matrix.of(65536, 65536));
    assertRefused("a matrix of 65536 x 32768 has 2147483648" + tooMany, () -> Matrix.zeros(65536, 32768));
    assertRefused("a matrix of 2147483647 x 1 has 2147483647" + tooMany, () -> Matrix.zeros(Integer.MAX_VALUE, 1));
    assertRefused("a matrix of 1 x 2147483640 has 2147483640" + tooMany, () -> Matrix.zeros(1, 2_147_483_640));
    assertRefused("a matrix of 1 x 2147483639 holds 2147483639 values, but 0 are given", () -> Matrix.of(1, Matrix.MOST_ELEMENTS));
  }

  @Test
  void refusesWhatIsOutside() {
    assertOutside("(2, 0) is outside 2 x 3", () -> M.get(2, 0));
    assertOutside("(0, 3) is outside 2 x 3", () -> M.get(0, 3));
    assertOutside("(-1, 0) is outside 2 x 3", () -> M.set(-1, 0, 1));
    assertOutside("row 2 is outside 2 x 3", () -> M.row(2));
    assertOutside("row -1 is outside 2 x 3", () -> M.take(0, -1));
    assertOutside("row 2 is outside 2 x 3", () -> M.take(2));
    assertOutside("rows 1 to 3 are outside 2 x 3", () -> M.rows(1, 3));
    assertOutside("rows 2 to 1 are outside 2 x 3", () -> M.rows(2, 1));
  }

  private static void assertOutside(String message, Executable call) {
    assertEquals(message, assertThrows(IndexOutOfBoundsException.class, call).getMessage());
  }
}
