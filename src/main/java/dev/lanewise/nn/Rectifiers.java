package dev.lanewise.nn;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import java.util.Optional;

/** Activations like ReLU that let something through below zero. */
final class Rectifiers {

  private Rectifiers() {}

  static Activation leakyRelu(double slope) {
    return new LeakyRelu(slope);
  }

  static Activation elu(double alpha) {
    return new Elu(alpha);
  }

  static Activation softplus() {
    return new Softplus();
  }

  /** The one with a number that a name tells of. */
  static Optional<Activation> of(NumberedName name) {
    return switch (name.kind()) {
      case "leaky_relu" -> name.make(Activation::leakyRelu);
      case "elu" -> name.make(Activation::elu);
      default -> Optional.empty();
    };
  }

  /** One whose outputs tell what its way back needs; {@link Activation} has its own, as classes initialised from two sides may deadlock. */
  private abstract static class Rectifier extends Activation {
    Rectifier(String name) {
      super(name);
    }

    @Override
    public final boolean goesBackFromA() {
      return true;
    }
  }

  /** z above zero, else slope · z. */
  private static final class LeakyRelu extends Rectifier {
    private final float slope;

    LeakyRelu(double slope) {
      super(NumberedName.name("leaky_relu", slope, 0.01));
      this.slope = (float) slope;
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels(Extra.LEAKY_RELU).leakyRelu(rows * ld, slope, z, at, a, at);
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        out[i] = z[i] > 0f ? 1f : slope;
      }
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels(Extra.LEAKY_RELU).leakyReluBackward(rows * ld, slope, a, at, delta, at);
    }
  }

  /** z above zero, else α (eᶻ − 1). */
  private static final class Elu extends Rectifier {
    private final float alpha;

    Elu(double alpha) {
      super(NumberedName.name("elu", alpha, 1));
      this.alpha = (float) alpha;
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels(Extra.ELU).elu(rows * ld, alpha, z, at, a, at);
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      kernels(Extra.PRIMES).eluPrime(rows * ld, alpha, z, at, out, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels(Extra.ELU).eluBackward(rows * ld, alpha, a, at, delta, at);
    }
  }

  /** ln(1 + eᶻ). */
  private static final class Softplus extends Rectifier {
    Softplus() {
      super("softplus");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels(Extra.SOFTPLUS).softplus(rows * ld, z, at, a, at);
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      kernels(Extra.SIGMOID).sigmoid(rows * ld, z, at, out, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels(Extra.SOFTPLUS).softplusBackward(rows * ld, a, at, delta, at);
    }
  }
}
