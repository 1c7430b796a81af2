package dev.lanewise.nn;

import static dev.lanewise.kernel.KernelProvider.kernels;

import java.util.Arrays;

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

  private final String name;

  Activation(String name) {
    this.name = name;
  }

  /** The name that files and messages use, in lower case. */
  public final String name() {
    return name;
  }

  /** The built-in activation of this name. */
  public static java.util.Optional<Activation> named(String name) {
    return java.util.stream.Stream.of(RELU, SIGMOID, TANH, SOFTMAX, IDENTITY).filter(a -> a.name.equals(name)).findAny();
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
   * Whether {@link #backward} tells from a what it needs of z, as all of these do: a then overwrites z while training, and is
   * given for z.
   */
  public boolean goesBackFromA() {
    return true;
  }

  /** a = f(z); {@code a} may be {@code z}. */
  public abstract void apply(int rows, int cols, int ld, float[] z, float[] a, int at);

  /** out = f′(z). */
  public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
    throw new UnsupportedOperationException(name + " has no element-wise prime");
  }

  /**
   * delta = the gradient by z, given in delta the gradient by a = f(z): delta ∘ f′(z) where f is element-wise.
   *
   * @param z z itself, or a where f {@linkplain #goesBackFromA goes back from a}
   */
  public abstract void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at);

  @Override
  public final String toString() {
    return name;
  }

  private static final class Relu extends Activation {
    Relu() {
      super("relu");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels().relu(rows * ld, z, at, a, at);
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      kernels().reluPrime(rows * ld, z, at, out, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels().reluBackward(rows * ld, z, at, delta, at);
    }
  }

  private static final class Sigmoid extends Activation {
    Sigmoid() {
      super("sigmoid");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels().sigmoid(rows * ld, z, at, a, at);
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      kernels().sigmoidPrime(rows * ld, z, at, out, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels().sigmoidBackward(rows * ld, a, at, delta, at);
    }
  }

  private static final class Tanh extends Activation {
    Tanh() {
      super("tanh");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels().tanh(rows * ld, z, at, a, at);
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      kernels().tanhPrime(rows * ld, z, at, out, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels().tanhBackward(rows * ld, a, at, delta, at);
    }
  }

  private static final class Softmax extends Activation {
    Softmax() {
      super("softmax");
    }

    @Override
    public boolean isElementwise() {
      return false;
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels().softmax(rows, cols, ld, z, at, a, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels().softmaxBackward(rows, cols, ld, a, at, delta, at);
    }
  }

  private static final class Identity extends Activation {
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
