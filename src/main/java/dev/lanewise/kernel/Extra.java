package dev.lanewise.kernel;

/**
 * Kernels that not every network needs. They are compiled when somebody asks for them, and only those that are used together: compiled
 * with all others, they would keep everybody waiting.
 */
@SuppressWarnings("ImmutableEnumChecker") // each knows what has become of its kernels
public enum Extra {

  /** Arithmetic element by element, and whether all numbers are finite. */
  ELEMENTWISE(Extra.IN_PASSING),

  /** Derivatives of activations that are not multiplied by a δ at once, as training does. */
  PRIMES(Extra.IN_PASSING),

  /** Gradient descent along stored gradients. */
  DESCENT,

  MOMENTUM,
  RMS_PROP,
  ADAGRAD,
  ADAM,

  /** L1 and L2. */
  PENALTIES,

  /** Clipping of each gradient. */
  CLIPPING,

  /** The norm of all gradients. */
  NORM,

  /** Cross-entropy over a softmax of at most as many columns as a narrow panel has. */
  CROSS_ENTROPY,

  /** Cross-entropy over a softmax of more columns. */
  WIDE_CROSS_ENTROPY,

  SQUARED_ERRORS,
  ABSOLUTE_ERRORS,
  HUBER,

  /** Binary cross-entropy: the loss; its gradient is a difference. */
  BINARY_CROSS_ENTROPY,

  /** Hinge loss and its square. */
  HINGES,

  SIGMOID,
  TANH,
  LEAKY_RELU,
  ELU,
  SOFTPLUS,
  SILU,
  GELU,
  GELU_TANH,

  /** Softmax without a cross-entropy. */
  SOFTMAX(Extra.IN_PASSING),

  BATCH_NORMALIZATION,
  LAYER_NORMALIZATION,
  DROPOUT,

  /** Rows that count more or less than once. */
  ROW_WEIGHTS,

  /** Errors of few rows handed back. */
  DOTS;

  /** Calls of some epochs that only check rows, parameters and the last loss: not worth the compiler's time. */
  private static final int IN_PASSING = 50;

  /** How often it is asked for before somebody seems to need it. */
  final int patience;

  volatile Kernels kernels = ScalarKernels.INSTANCE;
  volatile boolean cold = true;

  /** How often, give or take what threads count at once. */
  int asked;

  Extra() {
    this(0);
  }

  Extra(int patience) {
    this.patience = patience;
  }
}
