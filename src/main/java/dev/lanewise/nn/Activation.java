package dev.lanewise.nn;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.text.Message;
import dev.lanewise.text.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a layer does to its weighted sums z, and the derivative of that.
 *
 * <p>{@link #apply(Matrix)} and {@link #prime(Matrix)} are for looking; the methods over arrays are what training calls.
 * They take rows of cols floats, the first at index {@code at} of every array and the next ld further; every array has room
 * for rows of ld, and what lies between the columns of one row and the next may be overwritten.
 */
public abstract class Activation {

  /** max(z, 0); its prime is 1 above zero, else 0. */
  public static final Activation RELU = new Relu();

  /** 1 / (1 + e⁻ᶻ); its prime is σ(z) (1 − σ(z)). */
  public static final Activation SIGMOID = new Sigmoid();

  /** tanh z = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ); its prime is 1 − tanh² z. */
  public static final Activation TANH = new Tanh();

  /** e^(z − max z) over its sum, along each row. Legal as the last activation of a network only. */
  public static final Activation SOFTMAX = new Softmax();

  /** z itself; its prime is 1. */
  public static final Activation IDENTITY = new Identity();

  /** z above zero, else 0.01 z; its prime is 1 above zero, else 0.01 (Maas et al.: Rectifier Nonlinearities …, 2013). */
  public static final Activation LEAKY_RELU = leakyRelu(0.01);

  /** z above zero, else eᶻ − 1; its prime is 1 above zero, else eᶻ (Clevert et al.: ELU, 2016). */
  public static final Activation ELU = elu(1);

  /**
   * z Φ(z), for the distribution function Φ of N(0, 1); its prime is Φ(z) + z φ(z), with the density φ (Hendrycks, Gimpel: Gaussian Error
   * Linear Units, 2016).
   */
  public static final Activation GELU = Gates.gelu();

  /**
   * z · ½ (1 + tanh(√(2/π) (z + 0.044715 z³))), which is near {@link #GELU}: what other libraries offer as the faster one, for networks
   * that come from there. With u = 2 √(2/π) (z + 0.044715 z³) it is z σ(u), and its prime σ(u) + z σ(u) (1 − σ(u)) u′ (Hendrycks, Gimpel,
   * as above).
   */
  public static final Activation GELU_TANH = Gates.geluTanh();

  /** z σ(z), also called swish; its prime is σ(z) (1 + z (1 − σ(z))) (Ramachandran et al., 2017). */
  public static final Activation SILU = Gates.silu();

  /** ln(1 + eᶻ); its prime is σ(z) (Dugas et al.: Incorporating Second-Order Functional Knowledge …, 2001). */
  public static final Activation SOFTPLUS = Rectifiers.softplus();

  private static final List<Activation> BUILT_IN =
      List.of(RELU, SIGMOID, TANH, SOFTMAX, IDENTITY, LEAKY_RELU, ELU, GELU, GELU_TANH, SILU, SOFTPLUS);

  private final String name;
  private final boolean isOwn;

  /**
   * An activation of one's own, to be checked by {@link GradientCheck}. Files know it by its name only, so reading one takes it
   * as an argument.
   *
   * @param name as files and messages shall have it, in lower case
   * @throws IllegalArgumentException if the name is blank or has control characters, or a built-in one has it, which a file would be read
   *     as
   */
  protected Activation(String name) {
    this.name = Require.name("an activation", Objects.requireNonNull(name, "name"));
    this.isOwn = !getClass().getPackageName().equals(Activation.class.getPackageName());
    if (isOwn && named(name).isPresent()) {
      throw new IllegalArgumentException(Message.of("there is a built-in activation \"%s\": one of your own needs another name", name));
    }
  }

  /**
   * z above zero, else slope · z (Maas et al.: Rectifier Nonlinearities, 2013).
   *
   * @throws IllegalArgumentException if the slope is negative or not finite as a float
   */
  public static Activation leakyRelu(double slope) {
    return Rectifiers.leakyRelu(Require.notNegative("slope", slope) + 0.0); // −0 + 0 is 0, and no name has a minus in it
  }

  /**
   * z above zero, else alpha (eᶻ − 1).
   *
   * @throws IllegalArgumentException if alpha is not finite and positive as a float
   */
  public static Activation elu(double alpha) {
    return Rectifiers.elu(Require.positive("alpha", alpha));
  }

  /** The built-in activation of this name, as {@link #name} gives it; none where its number is one that would be refused. */
  public static Optional<Activation> named(String name) {
    Objects.requireNonNull(name, "name");
    Optional<Activation> plain = BUILT_IN.stream().filter(activation -> activation.name.equals(name)).findFirst();
    return plain.isPresent() ? plain : NumberedName.of(name).flatMap(Rectifiers::of);
  }

  /** The name that files and messages use, in lower case. */
  public final String name() {
    return name;
  }

  /** Whether it is none of the built-in ones, but a program's own. */
  public final boolean isOwn() {
    return isOwn;
  }

  /** Whether each output depends on its own input alone, so that there is a prime. */
  public boolean isElementwise() {
    return true;
  }

  /** a = f(z), a new matrix of z's shape. */
  public final Matrix apply(Matrix z) {
    Matrix a = Matrix.zeros(z.rows(), z.cols());
    apply(z.rows(), z.cols(), z.cols(), z.data(), a.data(), 0);
    return a;
  }

  /**
   * f′(z), a new matrix of z's shape.
   *
   * @throws UnsupportedOperationException if the derivative is not element-wise, as softmax's
   */
  public final Matrix prime(Matrix z) {
    Matrix prime = Matrix.zeros(z.rows(), z.cols());
    prime(z.rows(), z.cols(), z.cols(), z.data(), prime.data(), 0);
    return prime;
  }

  /**
   * Whether {@link #backward} tells from a what it needs of z, as most of the built-in ones do: a then overwrites z while
   * training, which saves memory and time, so that it must not look at z. False unless overridden.
   */
  public boolean goesBackFromA() {
    return false;
  }

  /** a = f(z); {@code a} may be {@code z}. */
  public abstract void apply(int rows, int cols, int ld, float[] z, float[] a, int at);

  /** out = f′(z), or what {@link #backward} makes of errors of 1; {@code out} is another array than {@code z}. */
  public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
    if (!isElementwise()) {
      throw new UnsupportedOperationException(name + " has no element-wise prime");
    }
    float[] a = Arrays.copyOf(z, at + rows * ld);
    apply(rows, cols, ld, a, a, at);
    Arrays.fill(out, at, at + rows * ld, 1f);
    backward(rows, cols, ld, goesBackFromA() ? a : z, a, out, at);
  }

  /**
   * delta = the gradient by z, given in delta the gradient by a = f(z): delta ∘ f′(z) where f is element-wise.
   *
   * @param z what went into f; where f {@linkplain #goesBackFromA goes back from a}, that or a
   */
  public abstract void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at);

  /** Equal when it is of the same kind with the same numbers. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof Activation that && getClass() == that.getClass() && name.equals(that.name);
  }

  @Override
  public final int hashCode() {
    return name.hashCode();
  }

  @Override
  public final String toString() {
    return name;
  }

  /** One whose outputs tell what its way back needs. */
  private abstract static class GoingBackFromA extends Activation {
    GoingBackFromA(String name) {
      super(name);
    }

    @Override
    public final boolean goesBackFromA() {
      return true;
    }
  }

  private static final class Relu extends GoingBackFromA {
    Relu() {
      super("relu");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels().relu(rows * ld, z, at, a, at);
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      kernels(Extra.PRIMES).reluPrime(rows * ld, z, at, out, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels().reluBackward(rows * ld, z, at, delta, at);
    }
  }

  private static final class Sigmoid extends GoingBackFromA {
    Sigmoid() {
      super("sigmoid");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels(Extra.SIGMOID).sigmoid(rows * ld, z, at, a, at);
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      kernels(Extra.PRIMES).sigmoidPrime(rows * ld, z, at, out, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels(Extra.SIGMOID).sigmoidBackward(rows * ld, a, at, delta, at);
    }
  }

  private static final class Tanh extends GoingBackFromA {
    Tanh() {
      super("tanh");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels(Extra.TANH).tanh(rows * ld, z, at, a, at);
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      kernels(Extra.PRIMES).tanhPrime(rows * ld, z, at, out, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels(Extra.TANH).tanhBackward(rows * ld, a, at, delta, at);
    }
  }

  private static final class Softmax extends GoingBackFromA {
    Softmax() {
      super("softmax");
    }

    @Override
    public boolean isElementwise() {
      return false;
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels(Extra.SOFTMAX).softmax(rows, cols, ld, z, at, a, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels(Extra.SOFTMAX).softmaxBackward(rows, cols, ld, a, at, delta, at);
    }
  }

  private static final class Identity extends GoingBackFromA {
    Identity() {
      super("identity");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      System.arraycopy(z, at, a, at, rows * ld);
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      Arrays.fill(out, at, at + rows * ld, 1f);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      // f′ is 1: delta is the gradient by z already.
    }
  }
}
