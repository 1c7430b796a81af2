package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernels of optimizers, normalisation and dropout: vector equals scalar bit for bit, at every edge, and writes nowhere else. */
class TrainingContractTest {

  private static final int[] SIZES = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 4095, 4096, 4097, 9001};
  private static final int[] COLUMNS = {1, 2, 9, 10, 15, 16, 17, 31, 32, 33, 64, 100, 513, 600};
  private static final int ROWS = 7;

  private final Random random = new Random(11);

  /** A kernel over arrays of one layout: how many there are, and the call. */
  enum Update {
    DESCEND(2) {
      @Override
      void run(Kernels k, int n, float scale, float keep, float[][] a, int at) {
        k.descend(n, 0.1f, scale, keep, a[0], a[1], at);
      }
    },
    MOMENTUM(3) {
      @Override
      void run(Kernels k, int n, float scale, float keep, float[][] a, int at) {
        k.momentum(n, 0.1f, scale, keep, 0.9f, false, a[0], a[1], a[2], at);
      }
    },
    NESTEROV(3) {
      @Override
      void run(Kernels k, int n, float scale, float keep, float[][] a, int at) {
        k.momentum(n, 0.1f, scale, keep, 0.9f, true, a[0], a[1], a[2], at);
      }
    },
    RMS_PROP(3) {
      @Override
      void run(Kernels k, int n, float scale, float keep, float[][] a, int at) {
        k.rmsProp(n, 0.1f, scale, keep, 0.9f, 1e-7f, a[0], a[1], a[2], at);
      }
    },
    ADAGRAD(3) {
      @Override
      void run(Kernels k, int n, float scale, float keep, float[][] a, int at) {
        k.adagrad(n, 0.1f, scale, keep, 1e-7f, a[0], a[1], a[2], at);
      }
    },
    ADAM(4) {
      @Override
      void run(Kernels k, int n, float scale, float keep, float[][] a, int at) {
        k.adam(n, 0.1f, scale, keep, 0.9f, 0.999f, 1.7f, 1e-7f, a[0], a[1], a[2], a[3], at);
      }
    },
    PENALIZE(2) {
      @Override
      void run(Kernels k, int n, float scale, float keep, float[][] a, int at) {
        k.penalize(n, 0.2f, 0.3f, a[0], a[1], at);
      }
    },
    CLIP(1) {
      @Override
      void run(Kernels k, int n, float scale, float keep, float[][] a, int at) {
        k.clip(n, 0.5f, a[0], at);
      }
    },
    DROPOUT(2) {
      @Override
      void run(Kernels k, int n, float scale, float keep, float[][] a, int at) {
        k.dropout(n, 77, 1 << 20, 1 << 29, 4f / 3, a[0], a[1], at);
      }
    };

    /** The first is only read, unless there is no other. */
    final int arrays;

    Update(int arrays) {
      this.arrays = arrays;
    }

    abstract void run(Kernels k, int n, float scale, float keep, float[][] a, int at);
  }

  @BeforeAll
  static void needsBothSets() {
    KernelSets.vector();
  }

  private void check(Update update, int n, float scale, float keep, float[][] values) {
    Block shape = Block.of(random, 1, n, n);
    float[][] arrays = new float[update.arrays][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = shape.data.clone();
      System.arraycopy(values[i], 0, arrays[i], shape.at, n);
    }
    for (int i = Math.min(1, update.arrays - 1); i < update.arrays; i++) {
      int output = i;
      Block out = shape.copy();
      System.arraycopy(arrays[output], 0, out.data, 0, out.data.length);
      Contract.check(() -> update + " of " + n + ", array " + output, out, List.of(arrays), (kernels, into) -> {
        float[][] all = new float[arrays.length][];
        Arrays.setAll(all, j -> j == output ? into.data : arrays[j].clone());
        update.run(kernels, n, scale, keep, all, into.at);
      });
    }
  }

  @ParameterizedTest
  @EnumSource
  void edges(Update update) {
    for (int n : SIZES) {
      float[][] values = new float[update.arrays][];
      Arrays.setAll(values, i -> Floats.ordinary(random, n));
      check(update, n, 1f, 1f, values);
      check(update, n, 0.3f, 0.99f, values);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyBits(Update update) {
    float[][] values = new float[update.arrays][];
    Arrays.setAll(values, i -> Floats.bits(random, 20_000));
    check(update, 20_000, 0.3f, 0.99f, values);
  }

  /** A step with nothing to scale or to decay is plain descent. */
  @Test
  void descendIsScaledUpdate() {
    float[] gradient = Floats.ordinary(random, 100);
    float[] w = Floats.ordinary(random, 100);
    float[] expected = w.clone();
    KernelSets.SCALAR.scaledUpdate(100, 0.1f, gradient, 0, expected, 0);
    KernelSets.SCALAR.descend(100, 0.1f, 1f, 1f, gradient, w, 0);
    assertArrayEquals(expected, w);
  }

  @Test
  void rememberedValuesAreNeverDenormal() {
    for (Kernels kernels : KernelSets.present()) {
      float[] tiny = {1e-38f, -1e-40f, 2e-40f, 1e-31f, 0f, 1e-33f, 2e-31f, 1e-36f};
      float[] m = tiny.clone();
      float[] v = tiny.clone();
      kernels.adam(8, 0.1f, 1f, 1f, 0.9f, 0.5f, 1f, 1e-7f, new float[8], new float[8], m, v, 0);
      assertArrayEquals(new float[8], m);
      float[] halves = {0f, 0f, 0f, 0.5e-31f, 0f, 0.5e-33f, 1e-31f, 0.5e-36f}; // a root of those is no denormal number
      assertArrayEquals(halves, v);
    }
  }

  /** In vectors and behind them; what is remembered already shows that such a gradient adds nothing to it. */
  @Test
  void gradientsOfNegligibleSquares() {
    assertEquals(0x1p-63f, UpdateKernels.negligibleGradient(1f));
    assertEquals(0x1p-62f, UpdateKernels.negligibleGradient(0.25f));
    int n = 17;
    float remembered = 4 * Float.MIN_NORMAL;
    for (Kernels kernels : KernelSets.present()) {
      for (float part : new float[] {1f, 1f - 0.9f, 1f - 0.999f}) {
        float rest = part == 1f ? 1f : 1f - part; // and what is left of that from 1 is part again
        float least = UpdateKernels.negligibleGradient(part);
        float[] g = new float[n];
        float[] expected = new float[n];
        for (int i = 0; i < n; i++) {
          g[i] = (i % 2 == 0 ? 1 : -1) * new float[] {0f, 0.5f * least, 0.999f * least, 1.001f * least, 1e-10f}[i % 5];
          float added = part == 1f ? Math.fma(g[i], g[i], remembered) : Math.fma(rest, remembered, part * (g[i] * g[i]));
          expected[i] = i % 5 < 3 ? rest * remembered : added;
        }
        float[] s = new float[n];
        float[] v = new float[n];
        Arrays.fill(s, remembered);
        Arrays.fill(v, remembered);
        if (part == 1f) {
          kernels.adagrad(n, 0.1f, 1f, 1f, 1e-8f, g, new float[n], s, 0);
        } else {
          kernels.rmsProp(n, 0.1f, 1f, 1f, rest, 1e-8f, g, new float[n], s, 0);
          kernels.adam(n, 0.1f, 1f, 1f, 0.9f, rest, 1f, 1e-8f, g, new float[n], new float[n], v, 0);
          assertArrayEquals(expected, v);
        }
        assertArrayEquals(expected, s);
      }
    }
  }

  /** Weights of zero are pulled nowhere, in vectors and behind them. */
  @Test
  void penaltiesOfNothing() {
    float[] w = new float[21];
    Arrays.fill(w, 5, 19, -0f);
    for (Kernels kernels : KernelSets.present()) {
      float[] gradient = new float[21];
      kernels.penalize(21, 0.2f, 0.3f, w, gradient, 0);
      assertArrayEquals(new float[21], gradient);
    }
  }

  @Test
  void sumOfSquares() {
    for (int n : SIZES) {
      Block x = Block.of(random, 1, n, n);
      float scalar = KernelSets.SCALAR.sumOfSquares(n, x.data, x.at);
      assertEquals(scalar, KernelSets.vector().sumOfSquares(n, x.data, x.at));
      double exact = 0;
      for (float value : x.values()) {
        exact += (double) value * value;
      }
      assertEquals(exact, scalar, 1e-5 * exact);
    }
  }

  /** One of the outputs of a call over rows; the others go into arrays of the call's own. */
  @FunctionalInterface
  private interface Call {
    void run(Kernels kernels, int cols, int ld, float[] x, float[] y, float[][] columns, Block out);
  }

  private void overRows(String name, int outRows, Call call) {
    for (int cols : COLUMNS) {
      for (int ld : new int[] {cols, Panels.columns(cols)}) {
        float[] x = Floats.ordinary(random, ROWS * ld);
        float[] y = Floats.ordinary(random, ROWS * ld);
        float[][] columns = new float[4][];
        Arrays.setAll(columns, i -> Floats.ordinary(random, ld));
        List<float[]> inputs = new ArrayList<>(List.of(columns));
        inputs.add(x);
        inputs.add(y);
        // These kernels count from the start of their arrays, so the output does too; behind it are canaries.
        int n = outRows == 0 ? ld : outRows * ld;
        Block out = Block.dense(new Zeros(), 1, n, Floats.ordinary(random, n));
        Contract.check(() -> name + " of " + cols + " by " + ld, out, inputs, (kernels, into) ->
            call.run(kernels, cols, ld, x, y, columns, into));
      }
    }
  }

  /** A random that puts a block at the start of its array. */
  private static final class Zeros extends Random {
    private static final long serialVersionUID = 1;
    private int asked;

    @Override
    public boolean nextBoolean() {
      return asked++ % 2 == 0;
    }
  }

  @Test
  void columns() {
    overRows("mean", 0, (k, cols, ld, x, y, c, out) -> k.columnMoments(ROWS, ld, 0, cols, x, 0, out.data, new float[ld]));
    overRows("variance", 0, (k, cols, ld, x, y, c, out) -> k.columnMoments(ROWS, ld, 0, cols, x, 0, new float[ld], out.data));
    overRows("mean of some", 0, (k, cols, ld, x, y, c, out) ->
        k.columnMoments(ROWS - 1, ld, cols / 3, cols, x, ld, out.data, new float[ld]));
    overRows("variance of some", 0, (k, cols, ld, x, y, c, out) ->
        k.columnMoments(ROWS - 1, ld, cols / 3, cols, x, ld, new float[ld], out.data));
    overRows("dots", 0, (k, cols, ld, x, y, c, out) -> k.columnDots(ROWS, ld, 0, cols, x, y, 0, out.data));
    overRows("dots of some", 0, (k, cols, ld, x, y, c, out) -> k.columnDots(ROWS - 1, ld, cols / 3, cols, x, y, ld, out.data));
    overRows("hat of columns", ROWS, (k, cols, ld, x, y, c, out) ->
        k.normalizeColumns(ROWS, ld, c[0], c[1], c[2], c[3], x, out.data, new float[ROWS * ld], 0));
    overRows("normalized columns", ROWS, (k, cols, ld, x, y, c, out) ->
        k.normalizeColumns(ROWS, ld, c[0], c[1], c[2], c[3], x, new float[ROWS * ld], out.data, 0));
    overRows("normalized columns in place", ROWS, (k, cols, ld, x, y, c, out) ->
        k.normalizeColumns(ROWS, ld, c[0], c[1], c[2], c[3], out.data, out.data, out.data, 0));
    overRows("columns backward", ROWS, (k, cols, ld, x, y, c, out) ->
        k.normalizeColumnsBackward(ROWS, ld, c[0], c[1], c[2], x, y, out.data, 0));
  }

  @Test
  void rows() {
    overRows("hat of rows", ROWS, (k, cols, ld, x, y, c, out) ->
        k.normalizeRows(ROWS, cols, ld, 1e-5f, c[2], c[3], x, out.data, new float[ROWS * ld], 0, new float[ROWS], 0));
    overRows("normalized rows", ROWS, (k, cols, ld, x, y, c, out) ->
        k.normalizeRows(ROWS, cols, ld, 1e-5f, c[2], c[3], x, new float[ROWS * ld], out.data, 0, new float[ROWS], 0));
    overRows("normalized rows in place", ROWS, (k, cols, ld, x, y, c, out) ->
        k.normalizeRows(ROWS, cols, ld, 1e-5f, c[2], c[3], out.data, out.data, out.data, 0, new float[ROWS], 0));
    overRows("rows backward", ROWS, (k, cols, ld, x, y, c, out) ->
        k.normalizeRowsBackward(ROWS, cols, ld, c[2], x, y, out.data, 0, new float[] {1, 2, 3, 4, 5, 6, 7}, 0));
    overRows("scaled rows", ROWS, (k, cols, ld, x, y, c, out) ->
        k.scaleRows(ROWS, ld, new float[] {1, -2, 0, 4, 5, 6, 7}, 0, out.data, 0));
  }

  /** The share that is dropped is that of the threshold, and neighbours do not follow each other. */
  @Test
  void dropoutDropsItsShare() {
    int n = 1 << 20;
    float[] ones = new float[n];
    Arrays.fill(ones, 1f);
    float[] out = new float[n];
    KernelSets.SCALAR.dropout(n, 5, 0, (int) (0.2 * (1L << 31)), 1.25f, ones, out, 0);
    int dropped = 0;
    int pairs = 0;
    for (int i = 0; i < n; i++) {
      assertTrue(out[i] == 0f || out[i] == 1.25f);
      dropped += out[i] == 0f ? 1 : 0;
      pairs += i > 0 && out[i] == 0f && out[i - 1] == 0f ? 1 : 0;
    }
    // Five standard deviations of a binomial.
    assertEquals(0.2 * n, dropped, 5 * Math.sqrt(n * 0.2 * 0.8));
    assertEquals(0.04 * n, pairs, 5 * Math.sqrt(n * 0.04 * 0.96) * 1.2);
  }

  /** Another hash would leave out other units in every network that is trained from a seed; these were worked out in Python. */
  @Test
  void hashesOfDropoutNeverChange() {
    assertEquals(0, ScalarDropout.mix(0));
    assertEquals(0x86d2fa73, ScalarDropout.mix(1));
    assertEquals(0x64625032, ScalarDropout.mix(0x9e3779b9));
    assertEquals(0x99b5e683, ScalarDropout.mix(-1));
  }

  /** A hash that is the threshold is not below it, in vectors and behind them; that of zero is zero, which nothing is below. */
  @Test
  void dropoutKeepsWhatIsAtItsThreshold() {
    int n = 37;
    int first = 1 << 20;
    float[] ones = new float[n];
    Arrays.fill(ones, 1f);
    float[] all = new float[n];
    Arrays.fill(all, 1.25f);
    float[] out = new float[n];
    for (Kernels kernels : KernelSets.present()) {
      for (int i = 0; i < n; i++) {
        int counter = (first + i) * ScalarDropout.GOLDEN_GAMMA;
        int threshold = ScalarDropout.mix(77 + counter) >>> 1;
        kernels.dropout(n, 77, first, threshold, 1.25f, ones, out, 0);
        assertEquals(1.25f, out[i]);
        kernels.dropout(n, 77, first, threshold + 1, 1.25f, ones, out, 0);
        assertEquals(0f, out[i]);
        kernels.dropout(n, -counter, first, 0, 1.25f, ones, out, 0);
        assertArrayEquals(all, out);
      }
    }
  }
}
