package dev.lanewise.kernel;

import java.util.function.Consumer;

/**
 * Kernels that not every network needs. They are compiled when somebody asks for them, and only those that are used together: compiled
 * with all others, they would keep everybody waiting.
 */
public final class Extra {

  /** Calls of some epochs that only check rows, parameters and the last loss: not worth the compiler's time. */
  private static final int IN_PASSING = 50;

  /** Arithmetic element by element, and whether all numbers are finite. */
  public static final Extra ELEMENTWISE = new Extra(IN_PASSING, ExtraWarmUp::elementwise);

  /** Derivatives of activations that are not multiplied by a δ at once, as training does. */
  public static final Extra PRIMES = new Extra(IN_PASSING, ExtraWarmUp::primes);

  /** Gradient descent along stored gradients. */
  public static final Extra DESCENT = new Extra(ExtraWarmUp::descent);

  public static final Extra MOMENTUM = new Extra(ExtraWarmUp::momentum);
  public static final Extra RMS_PROP = new Extra(ExtraWarmUp::rmsProp);
  public static final Extra ADAGRAD = new Extra(ExtraWarmUp::adagrad);
  public static final Extra ADAM = new Extra(ExtraWarmUp::adam);

  /** L1 and L2. */
  public static final Extra PENALTIES = new Extra(ExtraWarmUp::penalties);

  /** Clipping of each gradient. */
  public static final Extra CLIPPING = new Extra(ExtraWarmUp::clipping);

  /** The norm of all gradients. */
  public static final Extra NORM = new Extra(ExtraWarmUp::norm);

  /** Cross-entropy over a softmax of at most as many columns as a narrow panel has. */
  public static final Extra CROSS_ENTROPY = new Extra(ExtraWarmUp::crossEntropy);

  /** Cross-entropy over a softmax of more columns. */
  public static final Extra WIDE_CROSS_ENTROPY = new Extra(ExtraWarmUp::wideCrossEntropy);

  public static final Extra SQUARED_ERRORS = new Extra(ExtraWarmUp::squaredErrors);
  public static final Extra ABSOLUTE_ERRORS = new Extra(ExtraWarmUp::absoluteErrors);
  public static final Extra HUBER = new Extra(ExtraWarmUp::huber);

  /** Hinge loss and its square. */
  public static final Extra HINGES = new Extra(ExtraWarmUp::hinges);

  public static final Extra SIGMOID = new Extra(ExtraWarmUp::sigmoid);
  public static final Extra TANH = new Extra(ExtraWarmUp::tanh);
  public static final Extra LEAKY_RELU = new Extra(ExtraWarmUp::leakyRelu);
  public static final Extra ELU = new Extra(ExtraWarmUp::elu);
  public static final Extra SOFTPLUS = new Extra(ExtraWarmUp::softplus);
  public static final Extra SILU = new Extra(ExtraWarmUp::silu);
  public static final Extra GELU = new Extra(ExtraWarmUp::gelu);
  public static final Extra GELU_TANH = new Extra(ExtraWarmUp::geluTanh);

  /** Softmax without a cross-entropy. */
  public static final Extra SOFTMAX = new Extra(IN_PASSING, ExtraWarmUp::softmax);

  public static final Extra BATCH_NORMALIZATION = new Extra(ExtraWarmUp::batchNormalization);
  public static final Extra LAYER_NORMALIZATION = new Extra(ExtraWarmUp::layerNormalization);
  public static final Extra DROPOUT = new Extra(ExtraWarmUp::dropout);

  /** Rows that count more or less than once. */
  public static final Extra ROW_WEIGHTS = new Extra(ExtraWarmUp::rowWeights);

  /** How often it is asked for before somebody seems to need it. */
  final int patience;

  final Consumer<WarmUp> warmUp;
  volatile Kernels kernels = ScalarKernels.INSTANCE;
  volatile boolean cold = true;

  /** How often, give or take what threads count at once. */
  int asked;

  private Extra(Consumer<WarmUp> warmUp) {
    this(0, warmUp);
  }

  private Extra(int patience, Consumer<WarmUp> warmUp) {
    this.patience = patience;
    this.warmUp = warmUp;
  }
}
