package dev.lanewise.kernel;

/** The activations in double, written from their definitions: what tests compare with. */
public final class Formulas {

  /** Above this, erfc is a continued fraction: the series would lose what it is subtracted from. */
  private static final double SERIES_END = 2.5;

  private static final double ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);

  private Formulas() {}

  /** 1 / (1 + e⁻ˣ). */
  public static double logistic(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  /** ln(1 + eˣ). */
  public static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** x σ(x). */
  public static double silu(double x) {
    return gated(x, logistic(x));
  }

  /** σ(x) (1 + x σ(−x)). */
  public static double siluPrime(double x) {
    return logistic(x) + gated(x, logistic(x) * logistic(-x));
  }

  /** x Φ(x). */
  public static double gelu(double x) {
    return gated(x, cdf(x));
  }

  /** Φ(x) + x φ(x). */
  public static double geluPrime(double x) {
    return cdf(x) + gated(x, StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
  }

  /** x · ½ (1 + tanh(√(2/π) (x + 0.044715 x³))). */
  public static double geluTanh(double x) {
    return gated(x, logistic(2 * ROOT_2_OVER_PI * (x + 0.044715 * x * x * x)));
  }

  /** The derivative of that. */
  public static double geluTanhPrime(double x) {
    double y = 2 * ROOT_2_OVER_PI * (x + 0.044715 * x * x * x);
    double slope = 2 * ROOT_2_OVER_PI * (1 + 3 * 0.044715 * x * x);
    return logistic(y) + gated(x * slope, logistic(y) * logistic(-y));
  }

  /** x · gate, where a gate that is closed makes nothing even of infinity. */
  private static double gated(double x, double gate) {
    return gate == 0 ? 0 * Math.signum(x) : x * gate;
  }

  /** Φ(x) = ½ erfc(−x / √2), as precise where it is nearly 0. */
  static double cdf(double x) {
    double tail = erfc(Math.abs(x) / Math.sqrt(2)) / 2;
    return x < 0 ? tail : 1 - tail;
  }

  private static double erfc(double x) {
    double bell = StrictMath.exp(-x * x) / Math.sqrt(Math.PI);
    if (x > SERIES_END) {
      double fraction = 0;
      for (int k = 100; k > 0; k--) {
        fraction = k / 2.0 / (x + fraction);
      }
      return bell / (x + fraction);
    }
    double sum = 0;
    double term = 2 * x;
    for (int n = 0; term > 1e-18 * sum; n++) {
      sum += term;
      term *= 2 * x * x / (2 * n + 3);
    }
    return Double.isNaN(x) ? x : 1 - bell * sum;
  }
}
