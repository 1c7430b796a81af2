package dev.lanewise.nn;

/**
 * What is done to the weighted sums of a layer before its activation: a = f(scale ∘ hat + bias), where hat is x·W with its mean
 * taken away and divided by its standard deviation, √(variance + {@link #EPSILON}) with the biased variance. The scale begins
 * at 1 and is learnt, as the bias is.
 */
public enum Normalization {
  /** Nothing: a = f(x·W + b). */
  NONE,

  /**
   * Each column by its moments over the rows of the batch while training; predictions use running ones: after each step, running = {@link
   * #MOMENTUM} · running + (1 − MOMENTUM) · that of the batch, from 0 and 1 (Ioffe, Szegedy: Batch Normalization, 2015, who take the
   * unbiased variance for the running one). A batch of one row has no variance, and its sums are their own mean: the last of an epoch
   * leaves the running moments alone, but still moves the biases and what comes after, so that a batch size is better that leaves no single
   * row. A fit of nothing else is refused where a source knows its rows. Moments are of all rows of the batch alike, whatever their
   * weights.
   */
  BATCH,

  /** Each row by its own moments, while training and after (Ba, Kiros, Hinton: Layer Normalization, 2016). */
  LAYER;

  /** What is added to a variance. */
  public static final float EPSILON = 1e-5f;

  /** The share of a running moment that stays at each step. */
  public static final float MOMENTUM = 0.9f;

  /** The name that files and messages use, in lower case. */
  public String id() {
    return switch (this) {
      case NONE -> "none";
      case BATCH -> "batch";
      case LAYER -> "layer";
    };
  }
}
