package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.LineArrays;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarMath;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Normalization;
import java.util.Arrays;

/**
 * The parameters of one layer as the kernels read them. What has one value a column is padded with zeros to {@link
 * Panels#columns}, and what the layer does not have is null.
 */
final class LayerParameters {

  final Dense layer;

  /** W in panels, and zeros behind them. */
  final float[] packed;

  final float[] bias;

  /** What a normalised sum is multiplied by. */
  final float[] scale;

  /** The running moments of batch normalisation. */
  final float[] mean;
  final float[] variance;

  /** 1 / √(variance + ε), kept with the variance. */
  final float[] inverse;

  /** With weights of zero. */
  LayerParameters(Dense layer) {
    this(layer, new float[packedLength(layer)]);
  }

  /** With weights of zero, to be read often. */
  LayerParameters(Dense layer, LineArrays arrays) {
    this(layer, arrays.zeros(packedLength(layer)));
  }

  private LayerParameters(Dense layer, float[] packed) {
    this.layer = layer;
    this.packed = packed;
    int n = layer.outputs();
    int columns = Panels.columns(n);
    boolean batch = layer.normalization() == Normalization.BATCH;
    bias = new float[columns];
    scale = layer.isNormalized() ? ones(n, columns) : null;
    mean = batch ? new float[columns] : null;
    variance = batch ? ones(n, columns) : null;
    inverse = batch ? new float[columns] : null;
    refresh();
  }

  private static float[] ones(int n, int length) {
    float[] values = new float[length];
    Arrays.fill(values, 0, n, 1f);
    return values;
  }

  LayerParameters copy() {
    return filled(new LayerParameters(layer));
  }

  /** A copy that is read often, as it is trained on or predicted from. */
  LayerParameters copy(LineArrays arrays) {
    return filled(new LayerParameters(layer, arrays));
  }

  /** A copy that is read often where that makes a difference, else these themselves. */
  LayerParameters onLines(LineArrays arrays) {
    return arrays.lengthens(packedLength()) ? copy(arrays) : this;
  }

  private LayerParameters filled(LayerParameters copy) {
    copy.copyFrom(this);
    return copy;
  }

  /** The floats of W in panels. */
  int packedLength() {
    return packedLength(layer);
  }

  private static int packedLength(Dense layer) {
    return kernels().packedLength(layer.inputs(), layer.outputs());
  }

  /** Takes over the values of another layer of the same shape. */
  void copyFrom(LayerParameters from) {
    System.arraycopy(from.packed, 0, packed, 0, packedLength());
    copy(from.bias, bias);
    copy(from.scale, scale);
    copy(from.mean, mean);
    copy(from.variance, variance);
    copy(from.inverse, inverse);
  }

  private static void copy(float[] from, float[] to) {
    if (from != null) {
      System.arraycopy(from, 0, to, 0, from.length);
    }
  }

  /** To be called when the variance has changed. */
  void refresh() {
    for (int j = 0; variance != null && j < variance.length; j++) {
      inverse[j] = ScalarMath.inverseRoot(variance[j], Normalization.EPSILON);
    }
  }

  /** A copy of one array, row-major, {@link ParameterKind#rows} × outputs. */
  float[] get(ParameterKind kind) {
    return kind == ParameterKind.WEIGHT ? unpacked(layer, packed) : Arrays.copyOf(vector(kind), layer.outputs());
  }

  /** Replaces one array by the values of a row-major one. */
  void set(ParameterKind kind, float[] values) {
    if (kind == ParameterKind.WEIGHT) {
      pack(layer, values, packed);
    } else {
      System.arraycopy(values, 0, vector(kind), 0, layer.outputs());
      refresh();
    }
  }

  private float[] vector(ParameterKind kind) {
    return switch (kind) {
      case WEIGHT -> throw new IllegalArgumentException("a weight has more than one value a column");
      case BIAS -> bias;
      case SCALE -> scale;
      case RUNNING_MEAN -> mean;
      case RUNNING_VARIANCE -> variance;
    };
  }

  /** A copy, row-major, of what lies in panels as the weights of a layer do. */
  static float[] unpacked(Dense layer, float[] packed) {
    float[] values = new float[Math.multiplyExact(layer.inputs(), layer.outputs())];
    kernels().unpack(layer.inputs(), layer.outputs(), 0, layer.inputs(), packed, values, 0, layer.outputs());
    return values;
  }

  static void pack(Dense layer, float[] values, float[] packed) {
    kernels().pack(layer.inputs(), layer.outputs(), 0, layer.inputs(), values, 0, layer.outputs(), packed);
  }

  /** Whether every value is finite. */
  boolean isFinite() {
    return isFinite(packedLength(), packed) && isFinite(bias) && isFinite(scale) && isFinite(mean) && isFinite(variance);
  }

  private static boolean isFinite(float[] values) {
    return values == null || isFinite(values.length, values);
  }

  private static boolean isFinite(int n, float[] values) {
    return kernels(Extra.ELEMENTWISE).firstNonFinite(n, values, 0) < 0;
  }
}
