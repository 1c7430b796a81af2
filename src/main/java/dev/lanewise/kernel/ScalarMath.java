package dev.lanewise.kernel;

/**
 * The transcendental functions, one float at a time, in operations that every machine rounds alike. The vector kernels
 * evaluate the same operations in the same order.
 */
public final class ScalarMath {

  /** 1 / ln 2. */
  public static final float INVERSE_LN2 = 0x1.715476p0f;

  /** The upper 15 bits of ln 2: n times this is exact for every n that occurs. */
  public static final float LN2_HIGH = 0x1.62e4p-1f;

  /** ln 2 less {@link #LN2_HIGH}. */
  public static final float LN2_LOW = 0x1.7f7d1cp-20f;

  /**
   * 1.5 · 2²³ + 127: added to a small float it rounds that to an integer n, and n + 127 stands in the lowest bits of
   * the sum. Shifted left to where an exponent stands, these are 2^n, as all the others fall out.
   */
  public static final float ROUNDER = 0x1.8p23f + 127f;

  /** The same with 127 twice: its bits make two powers of two whose product is 2^n. */
  public static final float ROUNDER_OF_TWO = ROUNDER + 127f;

  /** The same for 2^(n + 64), which is a normal number where 2^n would be denormal. */
  public static final float ROUNDER_OF_LOW = ROUNDER + 64f;

  /**
   * e^r = 1 + r + r² (C2 + C3 r + C4 r² + C5 r³ + C6 r⁴) for |r| ≤ ln 2 / 2, relative error 2⁻²⁸. A minimax fit of our
   * own (Lawson's iteration in double, then rounded to float).
   */
  public static final float C2 = 0x1.fffffcp-2f;

  /** The coefficient of r³. */
  public static final float C3 = 0x1.555492p-3f;

  /** The coefficient of r⁴. */
  public static final float C4 = 0x1.5558f2p-5f;

  /** The coefficient of r⁵. */
  public static final float C5 = 0x1.123a2p-7f;

  /** The coefficient of r⁶. */
  public static final float C6 = 0x1.6a23cep-10f;

  /** Above this, e^x is infinite in float. */
  public static final float EXP_MAX = 0x1.62e42ep6f;

  /** Below this, e^x rounds to zero in float, denormals included. */
  public static final float EXP_MIN = -0x1.9fe368p6f;

  /** From here on tanh is 1 − 2 / (e^2x + 1), below it is a polynomial: there the difference would lose precision. */
  public static final float TANH_SPLIT = 0.6875f;

  /** Twice that from which on tanh is taken for 1; it rounds to 1 above 9.0109 already. */
  public static final float TANH_MAX_TWICE = 20f;

  /**
   * tanh x = x + x³ (T3 + T5 s + T7 s² + T9 s³ + T11 s⁴) for s = x² and 0 ≤ x ≤ {@link #TANH_SPLIT}, relative error
   * 2⁻²⁶. Fitted as those of e^r: least squares at 600 Chebyshev nodes of s, the weights multiplied by the relative
   * error again and again (Lawson's iteration) until it is the same at all its peaks.
   */
  public static final float T3 = -0x1.555504p-2f;

  /** The coefficient of x⁵. */
  public static final float T5 = 0x1.10fd8ep-3f;

  /** The coefficient of x⁷. */
  public static final float T7 = -0x1.b70c0cp-5f;

  /** The coefficient of x⁹. */
  public static final float T9 = 0x1.4acf6ep-6f;

  /** The coefficient of x¹¹. */
  public static final float T11 = -0x1.56e66ep-8f;

  /** Below this, e^x − 1 rounds to −1 long since. */
  public static final float EXPM1_MIN = -20f;

  /**
   * ln(1 + u) = u + u² (L2 + L3 u + … + L10 u⁸) for 0 ≤ u ≤ 1, relative error 2⁻²⁷·⁵; fitted as those of tanh, the
   * coefficients rounded one after the other and the rest fitted again.
   */
  public static final float L2 = -0x1.ffffd2p-2f;

  /** The coefficient of u³. */
  public static final float L3 = 0x1.554ddp-2f;

  /** The coefficient of u⁴. */
  public static final float L4 = -0x1.ff23e8p-3f;

  /** The coefficient of u⁵. */
  public static final float L5 = 0x1.934b6ep-3f;

  /** The coefficient of u⁶. */
  public static final float L6 = -0x1.3a43ep-3f;

  /** The coefficient of u⁷. */
  public static final float L7 = 0x1.b4b092p-4f;

  /** The coefficient of u⁸. */
  public static final float L8 = -0x1.d6b75p-5f;

  /** The coefficient of u⁹. */
  public static final float L9 = 0x1.4920fcp-6f;

  /** The coefficient of u¹⁰. */
  public static final float L10 = -0x1.af5dcp-9f;

  /** The bits of 1. */
  public static final int ONE = 0x3f800000;

  /** The bits of a float that are neither its sign nor its exponent. */
  public static final int FRACTION = 0x7fffff;

  private ScalarMath() {}

  /**
   * The one or the other, without a branch: by signs elements are chosen as if at random, and each wrong guess of the processor takes as long
   * as ten of them. HotSpot has no conditional move of floats on x64.
   */
  static float select(boolean condition, float one, float other) {
    int mask = condition ? -1 : 0;
    return Float.intBitsToFloat((Float.floatToRawIntBits(one) & mask) | (Float.floatToRawIntBits(other) & ~mask));
  }

  /** a · b + c, rounded once where the hardware can; twice where it cannot, as emulation is a thousand times slower. */
  public static float fma(float a, float b, float c) {
    return Hotspot.HAS_FMA ? Math.fma(a, b, c) : a * b + c;
  }

  /**
   * e^x: x = n ln 2 + r, then 2^n · e^r. Two factors make 2^n, so that the smallest results are denormal instead of zero.
   */
  public static float exp(float x) {
    float rounded = fma(x, INVERSE_LN2, ROUNDER_OF_TWO);
    float e = restOfExp(rounded - ROUNDER_OF_TWO, x) + 1f;
    int both = Float.floatToRawIntBits(rounded);
    int half = both >> 1;
    float result = e * powerOfTwo(half) * powerOfTwo(both - half);
    if (x > EXP_MAX) {
      return Float.POSITIVE_INFINITY;
    }
    return x < EXP_MIN ? 0f : result;
  }

  /** {@link #exp} for x ≤ 0, with its bits: of two factors that are powers of two, only the second can round. */
  public static float expOfNegative(float x) {
    float result = expTimesTwoTo64(x) * 0x1p-64f;
    return x < EXP_MIN ? 0f : result;
  }

  /** e^x · 2⁶⁴ for −131 ≤ x ≤ 0: a normal number, even where e^x is denormal. */
  static float expTimesTwoTo64(float x) {
    float rounded = fma(x, INVERSE_LN2, ROUNDER_OF_LOW);
    float e = restOfExp(rounded - ROUNDER_OF_LOW, x) + 1f;
    return e * powerOfTwo(Float.floatToRawIntBits(rounded));
  }

  /** A factor times e^(x + low) · 2⁶⁴, for a sum that one float would round, and with one rounding less than two steps. */
  static float timesExpTimesTwoTo64(float factor, float x, float low) {
    float rounded = fma(x, INVERSE_LN2, ROUNDER_OF_LOW);
    float n = rounded - ROUNDER_OF_LOW;
    float p = restOfExp(fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x) + low));
    return fma(p, factor, factor) * powerOfTwo(Float.floatToRawIntBits(rounded));
  }

  /** e^x − 1 for x ≤ 0. With e^x = 2^n (1 + p) it is 2^n p + (2^n − 1), where nothing cancels. */
  public static float expm1(float x) {
    float bounded = x < EXPM1_MIN ? EXPM1_MIN : x;
    float rounded = fma(bounded, INVERSE_LN2, ROUNDER);
    float p = restOfExp(rounded - ROUNDER, bounded);
    float power = powerOfTwo(Float.floatToRawIntBits(rounded));
    return fma(power, p, power - 1f);
  }

  /** e^r − 1 for r = x − n ln 2. */
  private static float restOfExp(float n, float x) {
    return restOfExp(fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x)));
  }

  /** e^r − 1 for |r| ≤ ln 2 / 2. */
  private static float restOfExp(float r) {
    float q = fma(fma(fma(fma(C6, r, C5), r, C4), r, C3), r, C2);
    return fma(q, r * r, r);
  }

  /** The power of two whose exponent, 127 added, stands in the lowest bits. */
  private static float powerOfTwo(int lowestBits) {
    return Float.intBitsToFloat(lowestBits << 23);
  }

  /**
   * 1 / (1 + e^−x), through e^−|x| so that neither end loses precision. The quotient is corrected by what was lost when
   * 1 + e and it itself were rounded; that times 1 / (1 + e) is what it is wrong by.
   */
  public static float sigmoid(float x) {
    float e = expOfNegative(-Math.abs(x));
    boolean positive = x >= 0f;
    float numerator = select(positive, 1f, e);
    float sum = 1f + e;
    float lost = (1f - sum) + e;
    float quotient = numerator / sum;
    float rest = fma(-quotient, lost, fma(-quotient, sum, numerator));
    return fma(rest, select(positive, quotient, 1f - quotient), quotient);
  }

  /**
   * tanh x, within 1.08 ulp: |x| by a polynomial or through e^2|x|, then the sign of x. Of e^2|x| = 2^n (1 + p) only p
   * is rounded before 1 is added, as 2^n + 1 is exact.
   */
  public static float tanh(float x) {
    float size = Math.abs(x);
    float s = size * size;
    float series = fma(fma(fma(fma(T11, s, T9), s, T7), s, T5), s, T3);
    float small = fma(size * s, series, size);

    float sum = size + size;
    float twice = sum > TANH_MAX_TWICE ? TANH_MAX_TWICE : sum;
    float rounded = fma(twice, INVERSE_LN2, ROUNDER);
    float p = restOfExp(rounded - ROUNDER, twice);
    float power = powerOfTwo(Float.floatToRawIntBits(rounded));
    float large = -2f / fma(power, p, power + 1f) + 1f;

    return Math.copySign(select(size < TANH_SPLIT, small, large), x);
  }

  /** ln(1 + e^x) as max(x, 0) + ln(1 + e^−|x|), so that neither end loses precision. */
  public static float softplus(float x) {
    return select(x < 0f, 0f, x) + logOfOneAndExp(-Math.abs(x));
  }

  /** max(x, 0) − x y, which is rounded once and exactly 0 for a class that is certain and right, + ln(1 + e^−|x|). */
  static float binaryCrossEntropy(float x, float y) {
    return fma(-x, y, select(x < 0f, 0f, x)) + logOfOneAndExp(-Math.abs(x));
  }

  /** ln(1 + e^x) for x of at most 0. */
  private static float logOfOneAndExp(float x) {
    return logOfOneAnd(expOfNegative(x));
  }

  /** ln(1 + u) for u from 0 to 1. */
  private static float logOfOneAnd(float u) {
    return fma(u * u, fma(fma(logSeries(u), u, L3), u, L2), u);
  }

  private static float logSeries(float u) {
    return fma(fma(fma(fma(fma(fma(L10, u, L9), u, L8), u, L7), u, L6), u, L5), u, L4);
  }

  /**
   * ln x within 1.2 units in the last place, for x from 1 on, as sums of exponentials are of which one is 1; NaN of NaN. With
   * x = 2^n · (1 + u) and u from 0 to 1 it is n ln 2 + ln(1 + u), neither of which is negative, so that nothing cancels out.
   *
   * <p>Each method has at most 35 bytecodes: more of them C2 leaves a call in kernels that it has seen mostly without rows.
   */
  public static float log(float x) {
    return fma(x, 0f, logOfNumber(Float.floatToRawIntBits(x))); // 0 · NaN is NaN
  }

  private static float logOfNumber(int bits) {
    float u = Float.intBitsToFloat((bits & FRACTION) | ONE) - 1f;
    return multipleOfLn2((bits >> 23) - 127, logOfOneAnd(u));
  }

  private static float multipleOfLn2(float n, float rest) {
    return fma(n, LN2_HIGH, fma(n, LN2_LOW, rest));
  }

  /**
   * 1 / √(variance + epsilon), in double until the end. NaN where the variance is no float any more: with 0, which it would be, what is
   * normalised by it would be zero, and finite.
   */
  public static float inverseRoot(float variance, float epsilon) {
    return variance < Float.POSITIVE_INFINITY ? (float) (1 / Math.sqrt((double) variance + epsilon)) : Float.NaN;
  }
}
