package dev.lanewise.engine;

import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Matrix;
import dev.lanewise.nn.Normalization;

/**
 * What a step computes of one layer. Arrays of batch rows × outputs have rows {@link #ld} apart; some are one array under two
 * names where nothing is between them, and what the layer does not need is null.
 */
final class LayerWork {

  final Dense layer;

  /**
   * From one row to the next: {@link Panels#stride} of the outputs. {@link Panels#columns} where vectors as long as a row go with them
   * (moments, targets), and where dropout counts elements: which of them it drops is part of what a seed promises.
   */
  final int ld;

  /** Batch rows × outputs: x·W normalised. */
  final float[] hat;

  /** What goes into the activation, what comes out of it, and what dropout leaves of that. */
  final float[] z;
  final float[] a;
  final float[] out;

  /** The gradients by z and by x·W. What follows the columns of a row is zero. */
  final float[] deltaZ;
  final float[] delta;

  /** Of each column of the batch: moments, scale / √(variance + ε), and means of deltaZ and of deltaZ · hat. */
  final float[] mean;
  final float[] variance;
  final float[] factor;
  final float[] meanDelta;
  final float[] meanDot;

  /** 1 / √(variance + ε), of each column under batch normalisation, of each row under layer normalisation. */
  final float[] inverse;

  final float[] biasGradient;
  final float[] scaleGradient;

  /** The gradient of the weights, packed as they are, where it is stored. */
  final float[] weightGradient;

  LayerWork(Dense layer, int batchRows, boolean last, float[] weightGradient) {
    this.layer = layer;
    int columns = Panels.columns(layer.outputs());
    boolean batch = layer.normalization() == Normalization.BATCH;
    ld = last || layer.isNormalized() || layer.dropout() > 0 ? columns : Panels.stride(layer.outputs());
    z = rows(batchRows, ld);
    hat = layer.isNormalized() ? rows(batchRows, ld) : null;
    // The last z stays: the loss is computed from it.
    a = !last && layer.activation().goesBackFromA() ? z : rows(batchRows, ld);
    out = layer.dropout() > 0 ? rows(batchRows, ld) : a;
    deltaZ = rows(batchRows, ld);
    delta = layer.isNormalized() ? rows(batchRows, ld) : deltaZ;
    mean = batch ? new float[columns] : null;
    variance = batch ? new float[columns] : null;
    factor = batch ? new float[columns] : null;
    meanDelta = batch ? new float[columns] : null;
    meanDot = batch ? new float[columns] : null;
    inverse = batch ? new float[columns] : layer.isNormalized() ? new float[batchRows] : null;
    biasGradient = new float[columns];
    scaleGradient = layer.isNormalized() ? new float[columns] : null;
    this.weightGradient = weightGradient;
  }

  private static float[] rows(int rows, int columns) {
    return Matrix.zeros(rows, columns).data();
  }

  /** Where x·W goes. */
  float[] sums() {
    return hat == null ? z : hat;
  }
}
