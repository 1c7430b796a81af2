package dev.lanewise.kernel;

/** Dropout, and rows that count for more or less than others. */
public interface DropoutKernels {

  /**
   * out = in · factor for elements that are kept and 0 for the others. Element e of a layer's output, that is number {@code
   * first} for the one at index {@code at}, is dropped where the upper 31 bits of a hash of (key, e) are below the threshold.
   * The mask is nowhere stored: the way back asks for it again. {@code out} may be {@code in}.
   *
   * @param threshold the share that is dropped, times 2³¹
   */
  void dropout(int n, int key, int first, int threshold, float factor, float[] in, float[] out, int at);

  /** Each row of ld floats times a factor of its own. */
  void scaleRows(int rows, int ld, float[] factors, int factorsAt, float[] x, int at);
}
