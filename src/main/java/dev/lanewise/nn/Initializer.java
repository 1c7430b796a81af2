package dev.lanewise.nn;

import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.kernel.CounterRandom.Stream;

/** How a layer's weights begin. Biases begin at zero. */
public abstract class Initializer {

  /** N(0, 1) / √inputs, as in the post "vanilla neural nets" (and close to LeCun's normal initialisation). */
  public static final Initializer SCALED_NORMAL = new ScaledNormal();

  Initializer() {}

  /** The name. */
  public final String name() {
    return "scaled_normal";
  }

  /** The built-in one of this name. */
  public static java.util.Optional<Initializer> named(String name) {
    return java.util.Optional.of(SCALED_NORMAL).filter(i -> i.name().equals(name));
  }

  /**
   * New weights of inputs × outputs, row-major, that depend on nothing but the arguments.
   *
   * @param layer the index of the layer in its network
   */
  public abstract float[] weights(long seed, int layer, int inputs, int outputs);

  private static final class ScaledNormal extends Initializer {
    @Override
    public float[] weights(long seed, int layer, int inputs, int outputs) {
      double scale = StrictMath.sqrt(inputs);
      float[] weights = new float[Math.multiplyExact(inputs, outputs)];
      CounterRandom random = new CounterRandom(seed, Stream.WEIGHTS, layer);
      double[] row = new double[outputs];
      for (int i = 0; i < inputs; i++) {
        random.fillNormal(row);
        for (int j = 0; j < outputs; j++) {
          weights[i * outputs + j] = (float) (row[j] / scale);
        }
      }
      return weights;
    }
  }
}
