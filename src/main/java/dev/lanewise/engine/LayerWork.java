package dev.lanewise.engine;

import dev.lanewise.kernel.LineArrays;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;
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

  /** Where the first row begins: {@link Panels#LEAD}, which long arrays have on a cache line; in the last layer, where targets begin. */
  private final int begin;

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

  /**
   * For batches of so many rows.
   *
   * @param begin where the first row begins in each array of them
   * @param arrays makes those
   */
  LayerWork(Dense layer, int batchRows, boolean last, int begin, float[] weightGradient, LineArrays arrays) {
    this.layer = layer;
    int columns = Panels.columns(layer.outputs());
    boolean batch = layer.normalization() == Normalization.BATCH;
    ld = last || layer.isNormalized() || layer.dropout() > 0 ? columns : Panels.stride(layer.outputs());
    this.begin = begin;
    int length = Workspace.length(batchRows, begin, ld);
    z = arrays.zeros(length);
    hat = layer.isNormalized() ? arrays.zeros(length) : null;
    // The last z stays: the loss is computed from it.
    a = !last && layer.activation().goesBackFromA() ? z : arrays.zeros(length);
    out = layer.dropout() > 0 ? arrays.zeros(length) : a;
    deltaZ = arrays.zeros(length);
    delta = layer.isNormalized() ? arrays.zeros(length) : deltaZ;
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

  /** Where a row begins. */
  int at(int row) {
    return begin + row * ld;
  }

  /** Where x·W goes. */
  float[] sums() {
    return hat == null ? z : hat;
  }
}
