package dev.lanewise.engine;

import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Normalization;

/** The arrays of a layer's parameters, by the names that files use. */
public enum ParameterKind {
  /** W, inputs × outputs. */
  WEIGHT("weight", true),
  /** What is added before the activation. */
  BIAS("bias", true),
  /** What normalised sums are multiplied by. */
  SCALE("scale", true),
  /** The running mean of batch normalisation. */
  RUNNING_MEAN("running_mean", false),
  /** The running variance of batch normalisation. */
  RUNNING_VARIANCE("running_variance", false);

  private final String id;
  private final boolean trainable;

  ParameterKind(String id, boolean trainable) {
    this.id = id;
    this.trainable = trainable;
  }

  /** The name in files. */
  public String id() {
    return id;
  }

  /** Whether an optimizer moves it, rather than the batches themselves. */
  public boolean isTrainable() {
    return trainable;
  }

  /** Whether a layer has it. */
  public boolean isIn(Dense layer) {
    return switch (this) {
      case WEIGHT, BIAS -> true;
      case SCALE -> layer.isNormalized();
      case RUNNING_MEAN, RUNNING_VARIANCE -> layer.normalization() == Normalization.BATCH;
    };
  }

  /** Whether a value may be in it: a finite one, and of a variance none below zero. */
  public boolean allows(float value) {
    return allowed().allow(value);
  }

  private SavedArray.Values allowed() {
    return this == RUNNING_VARIANCE ? SavedArray.Values.VARIANCES : SavedArray.Values.FINITE;
  }

  /** The array of a layer's as files have it, its name beginning with a prefix. */
  public SavedArray in(Dense layer, String prefix) {
    return new SavedArray(prefix + id, rows(layer), layer.outputs(), allowed());
  }

  /** The rows of the array, of as many columns as the layer has outputs. */
  public int rows(Dense layer) {
    return this == WEIGHT ? layer.inputs() : 1;
  }
}
