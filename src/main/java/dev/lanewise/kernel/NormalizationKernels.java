package dev.lanewise.kernel;

/**
 * Normalisation of the weighted sums of a batch, by columns (batch normalisation) or by rows (layer normalisation). Rows are
 * ld floats apart in every array, from index {@code at} on; what has one value a column is indexed from 0 as a row is.
 */
public interface NormalizationKernels {

  /**
   * Of columns {@code from} to {@code to}, the mean and the biased variance over at least one row: x₀ + Σ (x − x₀) / rows, then Σ (x −
   * mean)² / rows, rows ascending. Sums of distances from the first value are as exact as the values are near each other; those of equal
   * values are zero.
   */
  void columnMoments(int rows, int ld, int from, int to, float[] x, int at, float[] mean, float[] variance);

  /** out[j] = Σ x·y over column j, for columns {@code from} to {@code to}: a chain of fused multiply-adds, rows ascending. */
  void columnDots(int rows, int ld, int from, int to, float[] x, float[] y, int at, float[] out);

  /**
   * hat = (x − mean) · inverse and out = hat · scale + shift, over whole rows of ld. {@code x}, {@code hat} and {@code out} may
   * be one array; it then holds out.
   */
  void normalizeColumns(
      int rows, int ld, float[] mean, float[] inverse, float[] scale, float[] shift,
      float[] x, float[] hat, float[] out, int at);

  /**
   * out = (delta − meanDelta − hat · meanDot) · factor, over whole rows of ld: the gradient by x of what {@link
   * #normalizeColumns} does with the columns' own moments, for meanDelta and meanDot the means over the batch of delta and delta
   * · hat, and factor = scale · inverse (Ioffe, Szegedy: Batch Normalization, 2015).
   */
  void normalizeColumnsBackward(
      int rows, int ld, float[] meanDelta, float[] meanDot, float[] factor,
      float[] hat, float[] delta, float[] out, int at);

  /**
   * Of each row: inverse = 1 / √(variance + epsilon) with the biased variance of its cols values about their mean, x₀ + Σ (x − x₀) / cols;
   * hat = (x − mean) · inverse and out = hat · scale + shift, both up to ld. {@code x}, {@code hat} and {@code out} may be one array; it
   * then holds out.
   *
   * @param inverse where the rows' inverses go, from index {@code inverseAt} on
   */
  void normalizeRows(
      int rows, int cols, int ld, float epsilon, float[] scale, float[] shift,
      float[] x, float[] hat, float[] out, int at, float[] inverse, int inverseAt);

  /**
   * The gradient by x of {@link #normalizeRows}: with g = delta · scale, out = (g − mean g − hat · mean(g · hat)) · inverse, and
   * zero from column cols to ld (Ba, Kiros, Hinton: Layer Normalization, 2016).
   *
   * @param out another array than {@code delta} and {@code hat}
   */
  void normalizeRowsBackward(
      int rows, int cols, int ld, float[] scale,
      float[] hat, float[] delta, float[] out, int at, float[] inverse, int inverseAt);
}
