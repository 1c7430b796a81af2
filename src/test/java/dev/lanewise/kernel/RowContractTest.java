package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The vector kernels that go row by row equal the scalar ones bit for bit, at every number of columns. */
class RowContractTest {

  private static final int[] ROWS = {0, 1, 2, 5};

  private final Random random = new Random(8);

  /** A kernel that reads two arrays of rows × cols and writes a third. */
  @FunctionalInterface
  private interface Call {
    void run(Kernels kernels, int rows, int cols, int ld, Block x, Block y, Block out);
  }

  @BeforeAll
  static void needsBothSets() {
    KernelSets.vector();
  }

  /** Every tail of every width, and rows that are longer than the unrolled part of a compiled loop. */
  private int[] columns() {
    IntStream large = IntStream.of(127, 128, 129, 255, 256, 257, 1000, 1023, 1024, 1025, 4097);
    return IntStream.concat(IntStream.concat(IntStream.range(1, 70), large), random.ints(10, 70, 700)).toArray();
  }

  /** Rows that follow each other, padded ones, and padded ones that are a cache line further apart, as long rows of a batch are. */
  private static int[] strides(int cols) {
    return new int[] {cols, Panels.columns(cols), Panels.columns(cols) + Panels.NARROW};
  }

  /** Runs the call over all sizes, and a result of the same shape. */
  private void check(String name, boolean readsOut, Call call) {
    for (int cols : columns()) {
      for (int ld : strides(cols)) {
        for (int rows : ROWS) {
          check(name, rows, cols, ld, readsOut, rows(rows, cols, ld), rows(rows, cols, ld), ld, call);
        }
      }
    }
  }

  /** Runs the call over all sizes, with a result of one float a row. */
  private void checkRowResults(String name, Call call) {
    for (int cols : columns()) {
      for (int ld : strides(cols)) {
        for (int rows : ROWS) {
          check(name, rows, cols, ld, false, rows(rows, cols, ld), rows(rows, cols, ld), 1, call);
        }
      }
    }
  }

  /** Runs the call with NaN, infinities and their like in some of the rows. */
  private void checkSpecial(String name, int outCols, Call call) {
    for (int cols : IntStream.concat(IntStream.range(1, 40), IntStream.of(64, 81, 130)).toArray()) {
      for (int ld : strides(cols)) {
        for (int special = 1; special < 4; special++) {
          int rows = Floats.SPECIAL.length;
          float[] x = rows(rows, cols, ld);
          float[] y = rows(rows, cols, ld);
          for (int i = 0; i < rows; i += random.nextInt(1, 3)) { // beside ordinary rows, and beside others
            for (int s = 0; s < special; s++) {
              x[i * ld + random.nextInt(cols)] = Floats.SPECIAL[i];
              y[i * ld + random.nextInt(cols)] = Floats.SPECIAL[random.nextInt(rows)];
            }
          }
          check(name + " of special values", rows, cols, ld, true, x, y, outCols == 0 ? ld : outCols, call);
        }
      }
    }
  }

  private void check(
      String name, int rows, int cols, int ld, boolean special, float[] xs, float[] ys, int outCols, Call call) {
    Block x = Block.dense(random, rows, ld, xs);
    Block y = Block.dense(random, rows, ld, ys);
    Block out = Block.of(random, rows, outCols, outCols);
    BiConsumer<Kernels, Block> run = (kernels, into) -> call.run(kernels, rows, cols, ld, x, y, into);
    Block result = Contract.check(
        () -> name + " of " + rows + " × " + cols + " by " + ld, special ? out : out.poison(), List.of(x.data, y.data), run);
    assertFalse(!special && result.hasNaN(), () -> name + " of " + rows + " × " + cols + " reads what it overwrites");
  }

  /** Rows, and behind the columns of each NaN, infinities and their like: nothing of that may come into a result. */
  private float[] rows(int rows, int cols, int ld) {
    float[] values = values(rows * ld);
    for (int i = 0; i < rows; i++) {
      for (int j = cols; j < ld; j++) {
        values[i * ld + j] = Floats.SPECIAL[random.nextInt(Floats.SPECIAL.length)];
      }
    }
    return values;
  }

  private float[] values(int n) {
    float[] values = Floats.ordinary(random, n);
    for (int i = 0; i < n; i++) {
      values[i] *= 10;
    }
    return values;
  }

  @Test
  void softmax() {
    Call call = (kernels, rows, cols, ld, z, y, out) -> kernels.softmax(rows, cols, ld, z.data, z.at, out.data, out.at);
    check("softmax", false, call);
    checkSpecial("softmax", 0, call);
    check("softmax in place", true, (kernels, rows, cols, ld, x, y, out) ->
        kernels.softmax(rows, cols, ld, out.data, out.at, out.data, out.at));
  }

  /** Exponentials that are denormal, or zero for all but one. */
  @Test
  void softmaxOfFarApartNumbers() {
    for (int cols = 1; cols < 40; cols++) {
      float[] z = values(7 * cols);
      for (int i = 0; i < z.length; i++) {
        z[i] *= 10;
      }
      check("softmax", 7, cols, cols, false, z, z, cols, (kernels, rows, columns, ld, x, y, out) ->
          kernels.softmax(rows, columns, ld, x.data, x.at, out.data, out.at));
    }
  }

  @Test
  void softmaxBackward() {
    Call call = (kernels, rows, cols, ld, a, y, delta) ->
        kernels.softmaxBackward(rows, cols, ld, a.data, a.at, delta.data, delta.at);
    check("softmaxBackward", true, call);
    checkSpecial("softmaxBackward", 0, call);
  }

  @Test
  void rowTotals() {
    Call call = (kernels, rows, cols, ld, x, y, out) ->
        kernels.rowTotals(rows, cols, ld, x.data, x.at, out.data, out.at);
    checkRowResults("rowTotals", call);
    checkSpecial("rowTotals", 1, call);
  }

  @Test
  void squaredErrors() {
    Call call = (kernels, rows, cols, ld, x, y, out) ->
        kernels.squaredErrors(rows, cols, ld, x.data, x.at, y.data, y.at, out.data, out.at);
    checkRowResults("squaredErrors", call);
    checkSpecial("squaredErrors", 1, call);
  }

  @Test
  void softmaxCrossEntropy() {
    Call delta = (kernels, rows, cols, ld, z, y, out) -> kernels.softmaxCrossEntropy(
        rows, cols, ld, 0.3f, z.data, z.at, y.data, y.at, out.data, out.at, new float[rows], 0);
    check("delta of softmaxCrossEntropy", false, delta);
    checkSpecial("delta of softmaxCrossEntropy", 0, delta);
    check("softmaxCrossEntropy in place", true, (kernels, rows, cols, ld, x, y, out) ->
        kernels.softmaxCrossEntropy(
            rows, cols, ld, 0.3f, out.data, out.at, y.data, y.at, out.data, out.at, new float[rows], 0));
    checkRowResults("losses of softmaxCrossEntropy in place", (kernels, rows, cols, ld, z, y, out) -> {
      float[] both = z.data.clone();
      kernels.softmaxCrossEntropy(rows, cols, ld, 0.3f, both, z.at, y.data, y.at, both, z.at, out.data, out.at);
    });
    Call losses = (kernels, rows, cols, ld, z, y, out) -> kernels.softmaxCrossEntropy(
        rows, cols, ld, 0.3f, z.data, z.at, y.data, y.at, new float[rows * ld], 0, out.data, out.at);
    checkRowResults("losses of softmaxCrossEntropy", losses);
    checkSpecial("losses of softmaxCrossEntropy", 1, losses);
  }

  /** Finite logits may be infinitely far apart: without a target that is nothing, and with one infinite, but never NaN. */
  @Test
  void softmaxCrossEntropyOfHugeLogits() {
    int n = 6;
    for (int cols = 2; cols < 70; cols++) {
      for (int ld : strides(cols)) {
        float[] z = new float[n * ld];
        float[] y = new float[n * ld];
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < cols; j++) {
            z[i * ld + j] = random.nextBoolean() ? 3e38f : -3e38f;
          }
          int target = random.nextInt(cols);
          z[i * ld + target] = i % 2 == 0 ? 3e38f : -3e38f;
          z[i * ld + (target + 1) % cols] = i % 2 == 0 ? -3e38f : 3e38f;
          y[i * ld + target] = 1;
        }
        check("delta of huge logits", n, cols, ld, false, z, y, ld, (kernels, rows, c, l, x, t, out) ->
            kernels.softmaxCrossEntropy(
                rows, c, l, 0.3f, x.data, x.at, t.data, t.at, out.data, out.at, new float[rows], 0));
        check("losses of huge logits", n, cols, ld, false, z, y, 1, (kernels, rows, c, l, x, t, out) ->
            kernels.softmaxCrossEntropy(
                rows, c, l, 0.3f, x.data, x.at, t.data, t.at, new float[rows * l], 0, out.data, out.at));
      }
    }
  }

  /** Rows in any order, and more than once: what lies between those of the output stays. */
  @Test
  void gather() {
    int from = 23;
    for (int cols : columns()) {
      float[] x = values(from * cols);
      for (int ld : strides(cols)) {
        for (int rows : new int[] {0, 1, 7, 8, 9, 15, 16, 17, 24, 31}) {
          int[] order = random.ints(rows + 3, 0, from).toArray();
          Block out = Contract.check(
              () -> "gather " + rows + " × " + cols + " by " + ld, Block.of(random, rows, cols, ld).poison(), List.of(x),
              (kernels, into) -> kernels.gather(rows, cols, x, order, 3, into.data, into.at, ld));
          for (int i = 0; i < rows; i++) {
            int source = order[3 + i] * cols;
            int copy = out.at + i * ld;
            assertEquals(-1, Arrays.mismatch(x, source, source + cols, out.data, copy, copy + cols));
          }
        }
      }
    }
  }

  /** All columns at once, and some of them: the rest of the output is as it was. */
  @Test
  void columnSums() {
    for (int cols : columns()) {
      for (int rows : new int[] {0, 1, 2, 5, 33}) {
        Block x = Block.dense(random, rows, cols, values(rows * cols));
        Block out = Block.of(random, 1, cols, cols).poison();
        Block whole = columnSums(x, 0, cols, out);
        assertFalse(whole.hasNaN(), () -> "columnSums of " + rows + " × " + cols + " reads what it overwrites");

        int from = random.nextInt(cols + 1);
        int to = from + random.nextInt(cols + 1 - from);
        float[] expected = out.data.clone();
        System.arraycopy(whole.data, whole.at + from, expected, out.at + from, to - from);
        assertArrayEquals(expected, columnSums(x, from, to, out).data, () -> "columns " + from + " to " + to);
      }
    }
  }

  private static Block columnSums(Block x, int from, int to, Block out) {
    return Contract.check(() -> "columnSums " + from + ".." + to + " of " + x.cols, out, List.of(x.data),
        (kernels, into) -> kernels.columnSums(x.rows, x.cols, from, to, x.data, x.at, into.data, into.at));
  }

  /** No columns, no work; what there is one of a row is zero. */
  @Test
  void noColumns() {
    Block none = Block.of(random, 3, 0, 0);
    Block sums = Contract.check(() -> "squaredErrors", Block.of(random, 3, 1, 1).poison(), List.of(none.data),
        (kernels, out) -> kernels.squaredErrors(3, 0, 0, none.data, 0, none.data, 0, out.data, out.at));
    assertArrayEquals(new float[3], sums.values());
    Contract.check(() -> "softmax", none, List.of(),
        (kernels, out) -> kernels.softmax(3, 0, 0, out.data, out.at, out.data, out.at));
    Contract.check(() -> "softmaxBackward", none, List.of(),
        (kernels, out) -> kernels.softmaxBackward(3, 0, 0, out.data, out.at, out.data, out.at));
    Contract.check(() -> "softmaxCrossEntropy", Block.of(random, 3, 1, 1).poison(), List.of(none.data),
        (kernels, out) -> kernels.softmaxCrossEntropy(
            3, 0, 0, 1f, none.data, 0, none.data, 0, none.data, 0, out.data, out.at));
    Contract.check(() -> "columnSums", none, List.of(),
        (kernels, out) -> kernels.columnSums(3, 0, 0, 0, out.data, out.at, out.data, out.at));
  }
}
