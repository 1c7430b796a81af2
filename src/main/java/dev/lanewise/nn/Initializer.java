package dev.lanewise.nn;

import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.kernel.CounterRandom.Stream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a layer's weights begin. Biases begin at zero. Normals are plain and not truncated, uniforms are from −limit to limit.
 */
public abstract class Initializer {

  /** N(0, 1) / √inputs, as in the post "vanilla neural nets": {@link #LECUN_NORMAL}, but for rounding. */
  public static final Initializer SCALED_NORMAL = new ScaledNormal();

  /** Limit √(6 / (inputs + outputs)): for sigmoid, tanh and softmax (Glorot, Bengio, 2010). */
  public static final Initializer GLOROT_UNIFORM = new Uniform("glorot_uniform", 6, true);

  /** Standard deviation √(2 / (inputs + outputs)) (Glorot, Bengio, 2010). */
  public static final Initializer GLOROT_NORMAL = new Normal("glorot_normal", 2, true);

  /** Limit √(6 / inputs): for ReLU and its kin (He et al.: Delving Deep into Rectifiers, 2015). */
  public static final Initializer HE_UNIFORM = new Uniform("he_uniform", 6, false);

  /** Standard deviation √(2 / inputs) (He et al., 2015). */
  public static final Initializer HE_NORMAL = new Normal("he_normal", 2, false);

  /** Limit √(3 / inputs) (LeCun et al.: Efficient BackProp, 1998). */
  public static final Initializer LECUN_UNIFORM = new Uniform("lecun_uniform", 3, false);

  /** Standard deviation √(1 / inputs) (LeCun et al., 1998). */
  public static final Initializer LECUN_NORMAL = new Normal("lecun_normal", 1, false);

  private static final List<Initializer> BUILT_IN =
      List.of(
          SCALED_NORMAL, GLOROT_UNIFORM, GLOROT_NORMAL, HE_UNIFORM, HE_NORMAL, LECUN_UNIFORM, LECUN_NORMAL);

  private final String name;

  Initializer(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /** The built-in initializer of this name. */
  public static Optional<Initializer> named(String name) {
    return BUILT_IN.stream().filter(initializer -> initializer.name.equals(name)).findFirst();
  }

  /** The name that files and messages use, in lower case. */
  public final String name() {
    return name;
  }

  /**
   * New weights of inputs × outputs, row-major, that depend on nothing but the arguments.
   *
   * @param layer the index of the layer in its network
   */
  public final float[] weights(long seed, int layer, int inputs, int outputs) {
    float[] weights = new float[Math.multiplyExact(inputs, outputs)];
    CounterRandom random = new CounterRandom(seed, Stream.WEIGHTS, layer);
    double[] row = new double[outputs];
    for (int i = 0; i < inputs; i++) {
      draw(random, row, inputs);
      for (int j = 0; j < outputs; j++) {
        weights[i * outputs + j] = (float) row[j];
      }
    }
    return weights;
  }

  /** Fills a row of the weights: those from one input to all outputs. */
  abstract void draw(CounterRandom random, double[] row, int inputs);

  @Override
  public final String toString() {
    return name;
  }

  private static final class ScaledNormal extends Initializer {
    ScaledNormal() {
      super("scaled_normal");
    }

    @Override
    void draw(CounterRandom random, double[] row, int inputs) {
      random.fillNormal(row);
      double divisor = StrictMath.sqrt(inputs);
      for (int j = 0; j < row.length; j++) {
        row[j] /= divisor;
      }
    }
  }

  /** N(0, variance) for variance = gain / inputs, or gain / (inputs + outputs). */
  private static final class Normal extends Initializer {
    private final double gain;
    private final boolean both;

    Normal(String name, double gain, boolean both) {
      super(name);
      this.gain = gain;
      this.both = both;
    }

    @Override
    void draw(CounterRandom random, double[] row, int inputs) {
      random.fillNormal(row);
      double deviation = StrictMath.sqrt(gain / (inputs + (both ? (double) row.length : 0)));
      for (int j = 0; j < row.length; j++) {
        row[j] *= deviation;
      }
    }
  }

  /** Between −limit and limit, for limit² = gain / inputs, or gain / (inputs + outputs). */
  private static final class Uniform extends Initializer {
    private final double gain;
    private final boolean both;

    Uniform(String name, double gain, boolean both) {
      super(name);
      this.gain = gain;
      this.both = both;
    }

    @Override
    void draw(CounterRandom random, double[] row, int inputs) {
      double limit = StrictMath.sqrt(gain / (inputs + (both ? (double) row.length : 0)));
      for (int j = 0; j < row.length; j++) {
        row[j] = (2 * random.nextDouble() - 1) * limit;
      }
    }
  }
}
