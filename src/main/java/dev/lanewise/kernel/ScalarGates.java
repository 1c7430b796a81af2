package dev.lanewise.kernel;

import static dev.lanewise.kernel.ScalarMath.expTimesTwoTo64;
import static dev.lanewise.kernel.ScalarMath.fma;
import static dev.lanewise.kernel.ScalarMath.select;
import static dev.lanewise.kernel.ScalarMath.timesExpTimesTwoTo64;

/**
 * Activations that are x times a gate, which opens from 0 to 1, and their primes: like {@link ScalarMath}, in operations
 * that every machine rounds alike.
 *
 * <p>All begin with a power of e that vanishes as |x| grows, and gates at −x and x add up to 1: a prime at x > 0 is one less
 * that at −x. The power is kept 2⁶⁴ times too large until it has been multiplied by x, so that a result, which for negative x
 * is small for longer than the power, is as precise when the power is denormal.
 */
public final class ScalarGates {

  /** Beyond this |x|, SiLU is x or rounds to zero. */
  public static final float SILU_END = 120f;

  /** Beyond this |x|, GELU is x or rounds to zero. */
  public static final float GELU_END = 15f;

  /** Beyond this |x|, GELU by tanh is x or rounds to zero. */
  public static final float GELU_TANH_END = 11f;

  /**
   * ½ erfc(u / √2) = e^(−u²/2) · R, R = t (G0 + G1 t + … + G9 t⁹) for t = 1 / (1 + {@link #GELU_SCALE} u) and 0 ≤ u ≤
   * {@link #GELU_END}, relative error 2⁻²⁸·⁴; fitted as the coefficients of {@link ScalarMath}. The scale is that, among
   * those tried, with which a polynomial of this degree is the most precise.
   */
  public static final float G0 = 0x1.e52422p-4f;

  /** The coefficient of t. */
  public static final float G1 = 0x1.e46a9ep-4f;

  /** The coefficient of t². */
  public static final float G2 = 0x1.c217fap-4f;

  /** The coefficient of t³. */
  public static final float G3 = 0x1.33cc76p-4f;

  /** The coefficient of t⁴. */
  public static final float G4 = 0x1.b434dp-4f;

  /** The coefficient of t⁵. */
  public static final float G5 = -0x1.90dfacp-4f;

  /** The coefficient of t⁶. */
  public static final float G6 = 0x1.bdbf1ep-3f;

  /** The coefficient of t⁷. */
  public static final float G7 = -0x1.f05d8ap-3f;

  /** The coefficient of t⁸. */
  public static final float G8 = 0x1.d62b46p-4f;

  /** The coefficient of t⁹. */
  public static final float G9 = -0x1.4edb08p-6f;

  /** What u is multiplied by in t. */
  public static final float GELU_SCALE = 0.296875f;

  /** By t, how many times the relative change of t is that of R; a line through it, at most 0.09 off. */
  public static final float GELU_T_SLOPE = 1.75f;

  /** That at t = 0. */
  public static final float GELU_T_BASE = 0.9375f;

  /** 1 / √(2π). */
  public static final float INVERSE_ROOT_2PI = 0x1.988454p-2f;

  /**
   * The gate of GELU by tanh, ½ (1 + tanh(√(2/π) (x + 0.044715 x³))), is σ(x (2 √(2/π) + {@link #CUBIC} x²)). This is
   * 2 √(2/π) cut to 20 bits after the point, so that the difference to any slope of as many bits that is up to 14 larger is a float.
   */
  public static final float LINEAR = 0x1.98845p0f;

  /** 2 √(2/π) less {@link #LINEAR}. */
  public static final float LINEAR_LOW = 0x1.9ea1b2p-23f;

  /** 2 √(2/π) · 0.044715. */
  public static final float CUBIC = 0x1.2444f2p-4f;

  /** The rest of that. */
  public static final float CUBIC_LOW = 0x1.49b16ap-29f;

  private ScalarGates() {}

  /** x σ(x). */
  public static float silu(float x) {
    float u = smaller(Math.abs(x), SILU_END);
    return logisticGate(x, u, expTimesTwoTo64(-u));
  }

  /** σ(x) (1 + x (1 − σ(x))). */
  public static float siluPrime(float x) {
    float u = smaller(Math.abs(x), SILU_END);
    return logisticGatePrime(x, u, expTimesTwoTo64(-u));
  }

  /**
   * x Φ(x), as max(x, 0) − u · ½ erfc(u / √2) for u = |x|. What rounding u² and t loses is put into the exponent: R changes
   * by {@link #GELU_T_SLOPE} t + {@link #GELU_T_BASE} times the relative change of t.
   */
  public static float gelu(float x) {
    float u = smaller(Math.abs(x), GELU_END);
    float square = u * u;
    float divisor = fma(u, GELU_SCALE, 1f);
    float t = 1f / divisor;
    float lost = fma(-t, fma(u, GELU_SCALE, 1f - divisor), fma(-t, divisor, 1f));
    float low = fma(fma(GELU_T_SLOPE, t, GELU_T_BASE), lost, halfLost(u, square));
    float large = timesExpTimesTwoTo64(u * tailOverBell(t), square * -0.5f, low);
    return fma(large, -0x1p-64f, select(x < 0f, 0f, x));
  }

  /** Φ(x) + x φ(x). */
  public static float geluPrime(float x) {
    float u = smaller(Math.abs(x), GELU_END);
    float square = u * u;
    float ratio = tailOverBell(1f / fma(u, GELU_SCALE, 1f));
    float difference = fma(-u, INVERSE_ROOT_2PI, ratio);
    float closed = timesExpTimesTwoTo64(difference, square * -0.5f, halfLost(u, square)) * 0x1p-64f;
    return select(x > 0f, 1f - closed, closed);
  }

  /** x σ(2 √(2/π) (x + 0.044715 x³)). */
  public static float geluTanh(float x) {
    float u = smaller(Math.abs(x), GELU_TANH_END);
    return logisticGate(x, u, cubicTimesTwoTo64(u));
  }

  /** The derivative of {@link #geluTanh}. */
  public static float geluTanhPrime(float x) {
    float u = smaller(Math.abs(x), GELU_TANH_END);
    float slope = fma(3f * CUBIC, u * u, LINEAR);
    return logisticGatePrime(x, u * slope, cubicTimesTwoTo64(u));
  }

  private static float smaller(float u, float end) {
    return u > end ? end : u;
  }

  /** x / (1 + e) for x ≥ 0, x e / (1 + e) below, for u = |x| and e given 2⁶⁴ times too large. */
  private static float logisticGate(float x, float u, float large) {
    boolean positive = x >= 0f;
    float numerator = select(positive, x, -u * large);
    return numerator / fma(large, 0x1p-64f, 1f) * select(positive, 1f, 0x1p-64f);
  }

  /** At −u it is e / (1 + e) · (1 − slope / (1 + e)), for slope = u times the derivative of −ln e by u. */
  private static float logisticGatePrime(float x, float slope, float large) {
    float open = 1f / fma(large, 0x1p-64f, 1f);
    float closed = large * open * fma(-slope, open, 1f) * 0x1p-64f;
    return select(x > 0f, 1f - closed, closed);
  }

  /** Half of what u² loses when it is rounded, negative. */
  private static float halfLost(float u, float square) {
    return fma(u, u, -square) * -0.5f;
  }

  /** R, by t. */
  private static float tailOverBell(float t) {
    float high = fma(fma(fma(fma(fma(G9, t, G8), t, G7), t, G6), t, G5), t, G4);
    return t * fma(fma(fma(fma(high, t, G3), t, G2), t, G1), t, G0);
  }

  /** e^−y · 2⁶⁴ for y = u (2 √(2/π) + {@link #CUBIC} u²); what rounding y loses counts, as y is an exponent. */
  private static float cubicTimesTwoTo64(float u) {
    float square = u * u;
    float slope = fma(CUBIC, square, LINEAR);
    float lost = fma(CUBIC, square, LINEAR - slope) + LINEAR_LOW;
    lost = fma(CUBIC, fma(u, u, -square), fma(CUBIC_LOW, square, lost));
    float y = u * slope;
    return timesExpTimesTwoTo64(1f, -y, -fma(u, lost, fma(u, slope, -y)));
  }
}
