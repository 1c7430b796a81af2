package dev.lanewise.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Every kernel of a set on a small input, ready to be called again and again without allocating. */
final class SmallCalls {

  /** One kernel, one input. */
  static final class Call {

    final String name;

    /** How often to call it: the packed products take too long for {@link #MANY} and compile within fewer. */
    final int times;

    private final float[] before;
    private final float[] out;
    private final Runnable kernel;

    Call(String name, int times, float[] out, Runnable kernel) {
      this.name = name;
      this.times = times;
      this.before = out.clone();
      this.out = out;
      this.kernel = kernel;
    }

    /** Calls the kernel on the same numbers as every time. */
    void run() {
      System.arraycopy(before, 0, out, 0, out.length);
      kernel.run();
    }

    float[] result() {
      return out.clone();
    }

    boolean hasResult(float[] expected) {
      return Arrays.equals(expected, out);
    }
  }

  private static final int MANY = 20_000;
  private static final int SOME = 1_000;

  /**
   * Small ones for the direct path, three rows and ten columns for what they have of their own; the last two are packed, Aᵀ too where
   * its rows lie 256 floats apart.
   */
  private static final int[][] PRODUCTS = {
    {15, 10, 15}, {7, 85, 9}, {3, 70, 20}, {66, 10, 50}, {26, 130, 65}, {25, 129, 66}, {1, 70, 90}
  };

  private final Kernels kernels;
  private final Random random = new Random(10);
  private final List<Call> calls = new ArrayList<>();

  private SmallCalls(Kernels kernels) {
    this.kernels = kernels;
  }

  static List<Call> of(Kernels kernels) {
    SmallCalls all = new SmallCalls(kernels);
    for (int[] size : PRODUCTS) {
      all.addProducts(size[0], size[1], size[2]);
    }
    all.addElementOps(37);
    all.addRowOps(3, 10, 16);
    all.addRowOps(3, 21, 21);
    all.addRowOps(3, 32, 32);
    return all.calls;
  }

  private void add(String name, float[] out, Runnable kernel) {
    add(name, MANY, out, kernel);
  }

  private void add(String name, int times, float[] out, Runnable kernel) {
    calls.add(new Call(name, times, out, kernel));
  }

  private float[] floats(int n) {
    return Floats.ordinary(random, n);
  }

  private void addProducts(int m, int n, int k) {
    String size = " " + m + "x" + n + "x" + k;
    int times = m * n * k < 10_000 ? MANY : SOME;
    int lda = 256;
    float[] a = floats(Math.max(m, k) * lda);
    float[] b = floats(k * n);
    float[] c = floats(m * n);
    float[] start = floats(n);
    int most = Math.max(m, Math.max(n, k));
    float[] scratch = new float[kernels.scratchLength(most, most, most)];
    add("multiply" + size, times, c, () ->
        kernels.multiply(m, n, k, a, 0, lda, b, 0, n, start, 0, 0, c, 0, n, scratch));
    add("multiplyTransposedA" + size, times, c, () ->
        kernels.multiplyTransposedA(m, n, k, a, 0, lda, b, 0, n, null, 0, 0, c, 0, n, scratch));
    add("multiplyTransposedB" + size, times, c, () ->
        kernels.multiplyTransposedB(m, n, k, a, 0, lda, b, 0, k, c, 0, n, c, 0, n, scratch));
    float[] packed = new float[kernels.packedLength(k, n)];
    add("pack" + size, times, packed, () -> kernels.pack(k, n, 0, k, b, 0, n, packed));
    float[] filled = packed.clone();
    kernels.pack(k, n, 0, k, b, 0, n, filled);
    int ldn = Panels.columns(n);
    int ldk = Panels.columns(k);
    float[] wide = floats(m * Math.max(ldn, ldk));
    float[] bias = floats(ldn);
    float[] delta = floats(m * ldn);
    add("multiplyPacked" + size, times, wide, () ->
        kernels.multiplyPacked(m, n, k, a, 0, lda, filled, Panels.LEAD, bias, 0, 0, wide, 0, ldn, scratch));
    add("multiplyPackedTransposed" + size, times, wide, () ->
        kernels.multiplyPackedTransposed(m, k, n, 0, k, delta, 0, ldn, filled, wide, 0, ldk, scratch));
    int few = Math.min(m, Kernels.MOST_DOT_ROWS);
    add("dotPacked" + size, times, wide, () ->
        kernels.dotPacked(few, k, n, 0, k, delta, 0, ldn, filled, wide, 0, ldk, scratch));
    float[] weights = filled.clone();
    add("descendPacked" + size, times, weights, () ->
        kernels.descendPacked(k, n, m, 0, k, 0.1f, a, 0, lda, delta, 0, ldn, weights, Panels.LEAD, scratch));
    float[] gradient = filled.clone();
    add("gradientPacked" + size, times, gradient, () ->
        kernels.gradientPacked(k, n, m, 0, k, a, 0, lda, delta, 0, ldn, gradient, Panels.LEAD, scratch));
  }

  private void addElementOps(int n) {
    float[] x = floats(n);
    float[] y = floats(n);
    float[] out = floats(n);
    ElementCall.all().forEach(op ->
        add(op.toString(), out, () -> op.run(kernels, n, 0.3f, x, 0, y, 0, out, 0)));
    float[] found = new float[1];
    add("firstNonFinite", found, () -> found[0] = kernels.firstNonFinite(n, x, 0));
  }

  private void addRowOps(int rows, int cols, int ld) {
    String size = " " + rows + "x" + cols + " by " + ld;
    int length = rows * ld;
    float[] z = floats(length);
    float[] a = new float[length];
    KernelSets.SCALAR.softmax(rows, cols, ld, z, 0, a, 0);
    float[] y = floats(length);
    float[] out = floats(length);
    add("softmax" + size, out, () -> kernels.softmax(rows, cols, ld, z, 0, out, 0));
    add("softmaxBackward" + size, out, () -> kernels.softmaxBackward(rows, cols, ld, a, 0, out, 0));
    add("rowTotals" + size, out, () -> kernels.rowTotals(rows, cols, ld, z, 0, out, 0));
    add("squaredErrors" + size, out, () -> kernels.squaredErrors(rows, cols, ld, z, 0, y, 0, out, 0));
    float[] losses = new float[rows];
    add("softmaxCrossEntropy" + size, out, () ->
        kernels.softmaxCrossEntropy(rows, cols, ld, 0.3f, z, 0, y, 0, out, 0, losses, 0));
    add("its losses" + size, losses, () ->
        kernels.softmaxCrossEntropy(rows, cols, ld, 0.3f, z, 0, y, 0, a, 0, losses, 0));
    add("columnSums" + size, out, () -> kernels.columnSums(rows, ld, 1, cols, z, 0, out, 0));
  }
}
