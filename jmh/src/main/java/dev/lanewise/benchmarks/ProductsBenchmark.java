package dev.lanewise.benchmarks;

import dev.lanewise.benchmarks.KernelBenchmark.Vector;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The three products of each of thirty layers, beside other people's. The layers are those of {@code layers.csv}, which
 * was fixed before the kernels were tuned.
 *
 * <p>{@code vector} is the product as training calls it: weights are packed before, and the gradient ends in a step of
 * descent on packed weights; rows of the batch are as far apart as those of a step are. {@code unpacked} is the same
 * product of plain row-major arrays, whatever packing it does being timed. The interfaces of the others have no packed form,
 * so that theirs is always timed; their arrays are on cache lines as ours are. To the gradient they come as a step of descent
 * too, alpha = −step and beta = 1 on W in place, and {@code openBlasPlain} and {@code blisPlain} are what {@code unpacked} is
 * held against.
 *
 * <p>Answers are compared after the last iteration, of large ones some rows: ours with the scalar kernel bit for bit,
 * the others have to come close.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public abstract class ProductsBenchmark {

  /** So small that weights stay what they are however often it is taken. */
  private static final float STEP = 1e-9f;

  /** For the one step that is compared. */
  private static final float LONG_STEP = 0.5f;

  /** Where rows of a batch begin. */
  private static final int AT = Panels.LEAD;

  private static final Kernels SCALAR = KernelBenchmark.SCALAR;
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /** Batch, inputs and outputs. */
  @Param({
    "1x784x256", "1x256x10", "1x4096x4096", "4x128x64", "8x512x512", "15x64x15",
    "15x15x10", "16x100x50", "16x1024x1024", "32x64x64", "32x784x128", "32x33x17",
    "32x2048x512", "50x300x100", "64x784x256", "64x256x10", "64x512x512", "64x4096x1024",
    "100x101x51", "100x1000x1000", "128x784x256", "128x256x128", "128x128x10", "200x784x800",
    "256x1024x2048", "256x2048x2048", "256x2048x10", "512x512x512", "1000x123x77", "1024x1024x1024"
  })
  String layer;

  /** Forwards: A is x and B is W. */
  public static class Forward extends ProductsBenchmark {

    @Override
    void prepare() {
      prepare(Layer.parse(layer).forward(), false, false);
      packed = Floats.onLines(SCALAR.packedLength(k, n));
      SCALAR.pack(k, n, 0, k, b, 0, n, packed);
    }

    @Override
    void packed(Kernels kernels, int rows, int cols, int terms) {
      kernels.multiplyPacked(
          rows, cols, terms, paddedA, AT, Panels.stride(k), packed, Panels.LEAD, null, 0, 0, padded, AT, Panels.stride(n), scratch);
    }

    @Override
    void plain(Kernels kernels, int from, int rows, int cols, int terms, float[] out) {
      kernels.multiply(rows, cols, terms, a, from * k, k, b, 0, n, null, 0, 0, out, from * n, n, scratch);
    }
  }

  /** The error handed back: A is δ and B, given transposed, W. */
  public static class Delta extends ProductsBenchmark {

    @Override
    void prepare() {
      prepare(Layer.parse(layer).delta(), false, true);
      packed = Floats.onLines(SCALAR.packedLength(n, k));
      SCALAR.pack(n, k, 0, n, b, 0, k, packed);
      if (isByDots()) { // by the library's own warm-up, whose calls have C2 compile them
        LibraryKernels.awaitAll();
      }
    }

    @Override
    void packed(Kernels kernels, int rows, int cols, int terms) {
      if (isByDots()) { // in rehearsals too of all terms: of fewer than a panel's their loop does not turn, and C2 takes it for rare
        kernels.dotPacked(rows, cols, k, 0, cols, paddedA, AT, Panels.stride(k), packed, padded, AT, Panels.stride(n), scratch);
      } else {
        kernels.multiplyPackedTransposed(
            rows, cols, terms, 0, cols, paddedA, AT, Panels.stride(k), packed, padded, AT, Panels.stride(n), scratch);
      }
    }

    private boolean isByDots() {
      return Kernels.handsBackByDots(m, n, k);
    }

    /** Of few rows in the order of sums that training has. */
    @Override
    Operands.ExpectedRow expectedOfPacked() {
      return isByDots() ? this::dots : super.expectedOfPacked();
    }

    private void dots(int row, float[] out) {
      float[] wide = new float[Panels.columns(n)];
      SCALAR.dotPacked(1, n, k, 0, n, paddedA, AT + row * Panels.stride(k), Panels.stride(k), packed, wide, 0, wide.length, scratch);
      System.arraycopy(wide, 0, out, row * n, n);
    }

    @Override
    void plain(Kernels kernels, int from, int rows, int cols, int terms, float[] out) {
      kernels.multiplyTransposedB(rows, cols, terms, a, from * k, k, b, 0, k, null, 0, 0, out, from * n, n, scratch);
    }
  }

  /** The gradient: A, given transposed, is x and B is δ; what takes the step is W, in C. */
  public static class Gradient extends ProductsBenchmark {

    private float[] weights;
    private float[] paddedB;

    @Override
    void prepare() {
      prepare(Layer.parse(layer).gradient(), true, false);
      paddedB = Floats.padded(k, n, b);
      weights = Floats.random(3, m * n, 1);
      packed = Floats.onLines(SCALAR.packedLength(m, n));
      restart();
    }

    /** Weights as they were, in both layouts. */
    private void restart() {
      operands.setC(weights);
      SCALAR.pack(m, n, 0, m, weights, 0, n, packed);
    }

    @Override
    void packed(Kernels kernels, int rows, int cols, int terms) {
      descend(kernels, rows, terms, STEP);
    }

    private void descend(Kernels kernels, int rows, int terms, float step) {
      kernels.descendPacked(
          m, n, terms, 0, rows, step, paddedA, AT, Panels.stride(m), paddedB, AT, Panels.stride(n), packed, Panels.LEAD, scratch);
    }

    @Override
    void plain(Kernels kernels, int from, int rows, int cols, int terms, float[] out) {
      kernels.multiplyTransposedA(rows, cols, terms, a, from, m, b, 0, n, null, 0, 0, out, from * n, n, scratch);
    }

    @Override
    float alpha() {
      return -STEP;
    }

    @Override
    float beta() {
      return 1;
    }

    /** The gradient alone, as {@code unpacked} has it. */
    @Benchmark
    @Fork(jvmArgsAppend = NATIVE_ACCESS)
    public void openBlasPlain(Yardsticks.OpenBlas library) {
      operands.openBlas(1, 0);
    }

    /** The gradient alone, as {@code unpacked} has it. */
    @Benchmark
    @Fork(jvmArgsAppend = NATIVE_ACCESS)
    public void blisPlain(Yardsticks.Blis library) {
      operands.blis(1, 0);
    }

    /** Nobody counts the timed steps, so that one more, from the start and a long one, answers for them. */
    @Override
    void checkPacked(Kernels kernels) {
      restart();
      descend(kernels, m, k, LONG_STEP);
      SCALAR.unpack(m, n, 0, m, packed, operands.c, 0, n);
      operands.requireSameBits(expectedWeights());
    }

    /** Likewise. */
    @Override
    void checkClose(Other other) {
      restart();
      other.multiply(-LONG_STEP, 1);
      operands.requireClose(k * 1e-6f, expectedWeights());
    }

    private Operands.ExpectedRow expectedWeights() {
      float[] gradient = new float[m * n];
      return (row, out) -> {
        plain(SCALAR, row, 1, n, k, gradient);
        System.arraycopy(weights, row * n, out, row * n, n);
        SCALAR.scaledUpdate(n, LONG_STEP, gradient, row * n, out, row * n);
      };
    }
  }

  int m;
  int n;
  int k;
  float[] a;
  float[] b;
  float[] packed;

  /** A and C with the room behind each row that training's have. */
  float[] paddedA;

  float[] padded;

  float[] scratch;
  Operands operands;
  private int rehearsals;

  /** Fills the arrays. */
  abstract void prepare();

  final void prepare(Shape shape, boolean transposedA, boolean transposedB) {
    m = shape.m();
    n = shape.n();
    k = shape.k();
    operands = new Operands(shape, transposedA, transposedB);
    a = operands.a;
    b = operands.b;
    paddedA = transposedA ? Floats.padded(k, m, a) : Floats.padded(m, k, a);
    padded = Floats.onLines(AT + m * Panels.stride(n));
    Arrays.fill(padded, Float.NaN);
    scratch = Floats.onLines(SCALAR.scratchLength(m, n, k));
  }

  /** The first rows of what training calls; fewer columns and terms to rehearse. */
  abstract void packed(Kernels kernels, int rows, int cols, int terms);

  /** Rows of the product from one on, into the same rows of out; fewer columns and terms to rehearse. */
  abstract void plain(Kernels kernels, int from, int rows, int cols, int terms, float[] out);

  /** What the others multiply A·B by. */
  float alpha() {
    return 1;
  }

  /** What the others multiply C by. */
  float beta() {
    return 0;
  }

  /** Fills the arrays, and brings ours to speed; what is not on the Vector API warms up as it is timed. */
  @Setup
  public void setUp(BenchmarkParams fork) {
    prepare();
    switch (method(fork)) {
      case "vector" -> rehearse(this::packed);
      case "unpacked" -> rehearsePlain();
      case "vectorBlas" -> Rehearsal.of(this::vectorBlas, this::vectorBlas);
      default -> {}
    }
  }

  final void rehearsePlain() {
    rehearse((kernels, rows, cols, terms) -> plain(kernels, 0, rows, cols, terms, operands.c));
  }

  /** One of our two products. */
  @FunctionalInterface
  interface Ours {
    void of(Kernels kernels, int rows, int cols, int terms);
  }

  /** Each tile with each number of rows; now and then enough for two tiles, for packing and for a transposed gradient. */
  final void rehearse(Ours product) {
    Rehearsal.of(
        () -> product.of(Vector.KERNELS, 1 + rehearsals++ % Math.min(m, 16), Math.min(n, 90), Math.min(k, 24)),
        () -> product.of(Vector.KERNELS, Math.min(m, 80), n, k));
  }

  @Benchmark
  public void vector() {
    packed(Vector.KERNELS, m, n, k);
  }

  @Benchmark
  public void unpacked() {
    plain(Vector.KERNELS, 0, m, n, k, operands.c);
  }

  @Benchmark
  @Fork(jvmArgsAppend = NATIVE_ACCESS)
  public void openBlas(Yardsticks.OpenBlas library) {
    operands.openBlas(alpha(), beta());
  }

  @Benchmark
  @Fork(jvmArgsAppend = NATIVE_ACCESS)
  public void blis(Yardsticks.Blis library) {
    operands.blis(alpha(), beta());
  }

  /** netlib's BLAS on the Vector API. */
  @Benchmark
  public void vectorBlas() {
    operands.vectorBlas(alpha(), beta());
  }

  /** EJML, which is scalar. */
  @Benchmark
  public void ejml() {
    operands.ejml(alpha(), beta());
  }

  /** Compares what the method of this fork does. */
  @TearDown
  public void check(BenchmarkParams fork) {
    switch (method(fork)) {
      case "vector" -> checkPacked(Vector.KERNELS);
      case "unpacked" -> checkPlain();
      case "openBlas" -> checkClose(operands::openBlas);
      case "blis" -> checkClose(operands::blis);
      case "vectorBlas" -> checkClose(operands::vectorBlas);
      case "ejml" -> checkClose(operands::ejml);
      case "openBlasPlain", "blisPlain" -> checkPlainIsClose();
      default -> throw new IllegalStateException("nothing compares " + fork.getBenchmark());
    }
  }

  private static String method(BenchmarkParams fork) {
    return fork.getBenchmark().substring(fork.getBenchmark().lastIndexOf('.') + 1);
  }

  /** What {@code vector} did has the scalar kernel's bits. */
  void checkPacked(Kernels kernels) {
    for (int i = 0; i < m; i++) {
      System.arraycopy(padded, AT + i * Panels.stride(n), operands.c, i * n, n);
    }
    operands.requireSameBits(expectedOfPacked());
  }

  Operands.ExpectedRow expectedOfPacked() {
    return this::plainRow;
  }

  private void plainRow(int row, float[] out) {
    plain(SCALAR, row, 1, n, k, out);
  }

  /** What {@code unpacked} did has the scalar kernel's bits. */
  final void checkPlain() {
    operands.requireSameBits(this::plainRow);
  }

  /** alpha·A·B + beta·C into C. */
  @FunctionalInterface
  interface Other {
    void multiply(float alpha, float beta);
  }

  /** What another library did comes close: it adds up in an order of its own. */
  void checkClose(Other other) {
    checkPlainIsClose();
  }

  final void checkPlainIsClose() {
    operands.requireClose(k * 1e-6f, this::plainRow);
  }

}
