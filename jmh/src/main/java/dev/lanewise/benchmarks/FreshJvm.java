package dev.lanewise.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What {@link FreshJvms} starts: measures every kernel in turn and prints a line for each, its name, the median
 * nanoseconds of a call and the bytes that a call allocates, with tabs between, and an empty one at the end. Then it does so for the
 * kernels whose names it reads, a line each and an empty one at the end, once more each time.
 *
 * <p>All are measured one after the other, and that three times, of which the least time counts, and the most that is allocated: slow
 * code is slow every time, while one window of forty takes 1.15 times its median and more on a machine that others use. Arrays
 * are new each time, so that it says nothing of places of theirs that a kernel is slow with: of two of 16 KiB, one read and one written, in
 * some places 128 ns become 180, and 91 become 155 (Zen 5, within one JVM). Those of kernels without a benchmark of their own lie another
 * part of a page apart each time, whichever two of them a kernel takes.
 *
 * <p>Kernels that training runs are measured as the library's own warm-up leaves them. Those it does not run are called
 * on short arrays before, as in {@link Rehearsal}.
 */
public final class FreshJvm {

  private static final long BLOCK_NANOS = 20_000;
  private static final long LEAST_BLOCKS = 7;
  private static final int MOST_ROUNDS = 9;
  static final int PASSES = 3;
  static final int ROWS = 128;
  static final int COLUMNS = 10;

  /** From one row to the next, as in a network. */
  static final int LD = Panels.columns(COLUMNS);
  static final int LENGTH = 4096;

  /** Floats of a cache line. */
  static final int OFFSETS = 16;

  private static final int PAGE_FLOATS = 1024;

  /** A prime, so that no few arrays, one after the other, are a page longer or shorter than those of another pass. */
  static final int PARTS = 7;

  private static final List<String> LAYERS = List.of(
      "1x784x256", "15x64x15", "15x15x10", "50x300x100", "128x784x256", "128x128x10", "512x512x512",
      "128x1024x1024"); // whose gradient fetches what it ends in, on some processors

  /** Training does not call those of plain arrays: a few do. */
  private static final List<String> UNPACKED_LAYERS = List.of("15x64x15", "128x784x256");

  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A kernel on certain arrays. */
  record Call(String name, Runnable call) {}

  /** What one call takes and allocates. */
  record Figure(double nanos, double bytes) {

    /** The less of two times, and the more of what was allocated. */
    Figure and(Figure other) {
      return new Figure(Math.min(nanos, other.nanos), Math.max(bytes, other.bytes));
    }
  }

  private FreshJvm() {}

  /**
   * Measures all kernels, beginning with another in each JVM, and then those that it is asked for.
   *
   * @param args the number of the JVM, and the milliseconds for each kernel each time
   */
  public static void main(String[] args) throws IOException {
    LibraryKernels.awaitAll();
    int jvm = Integer.parseInt(args[0]);
    long nanos = 1_000_000L * Integer.parseInt(args[1]);
    Map<String, Figure> figures = new LinkedHashMap<>();
    int pass = 0;
    for (; pass < PASSES; pass++) {
      measure(pass, jvm, nanos, name -> true, figures);
    }
    print(figures);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (List<String> asked = Processes.message(in); asked != null; asked = Processes.message(in)) {
      figures.clear();
      measure(pass++, jvm, nanos, Set.copyOf(asked)::contains, figures);
      print(figures);
    }
  }

  private static void measure(int pass, int jvm, long nanos, Predicate<String> asked, Map<String, Figure> figures) {
    List<Supplier<Call>> calls = calls(LENGTH + OFFSETS + pass * PAGE_FLOATS / PARTS);
    Collections.rotate(calls, 11 * jvm);
    for (Supplier<Call> prepared : calls) {
      Call call = prepared.get();
      if (asked.test(call.name())) {
        figures.merge(call.name(), measure(call.call(), nanos), Figure::and);
      }
    }
  }

  private static void print(Map<String, Figure> figures) {
    figures.forEach((name, figure) -> System.out.println(
        String.format(Locale.ROOT, "%s\t%.3f\t%.3f", name, figure.nanos(), figure.bytes())));
    System.gc(); // gives back what it need not keep, as twenty of these wait for one another
    System.out.println();
  }

  /**
   * The median over blocks of calls, each long enough for the clock. Before that the kernel runs for as long, again and
   * again while anything is compiled or it allocates: longer arrays than the warm-up's show C2 more, and what is
   * measured is how the kernel ends up.
   */
  static Figure measure(Runnable call, long nanos) {
    int callsOfBlock = 1;
    boolean quiet = false;
    for (int round = 0; round < MOST_ROUNDS && !quiet; round++) {
      long compiled = COMPILER.getTotalCompilationTime();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      long calls = 0;
      long settled = System.nanoTime() + nanos;
      while (System.nanoTime() < settled) {
        calls += callsOfBlock;
        if (block(call, callsOfBlock) < BLOCK_NANOS) {
          callsOfBlock++;
        }
      }
      quiet = COMPILER.getTotalCompilationTime() == compiled
          && THREADS.getCurrentThreadAllocatedBytes() - before < calls;
    }
    long[] blocks = new long[1 << 16];
    int count = 0;
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long end = System.nanoTime() + nanos;
    while (count < LEAST_BLOCKS || (System.nanoTime() < end && count < blocks.length)) {
      blocks[count++] = block(call, callsOfBlock);
    }
    double bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    double median = Results.median(Arrays.stream(blocks, 0, count).asDoubleStream());
    return new Figure(median / callsOfBlock, bytes / callsOfBlock / count);
  }

  private static long block(Runnable call, int calls) {
    long begin = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    return System.nanoTime() - begin;
  }

  /** Every kernel; each is prepared when its turn comes. Those that have no benchmark of their own are on arrays of that length. */
  static List<Supplier<Call>> calls(int length) {
    List<Supplier<Call>> calls = new ArrayList<>();
    for (String layer : LAYERS) {
      for (ProductsBenchmark form : List.of(
          new ProductsBenchmark.Forward(), new ProductsBenchmark.Gradient(), new ProductsBenchmark.Delta())) {
        form.layer = layer;
        String name = form.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " of " + layer.replace('x', '×');
        calls.add(() -> {
          form.prepare();
          return new Call(name, form::vector);
        });
        if (UNPACKED_LAYERS.contains(layer)) {
          calls.add(() -> {
            form.prepare();
            form.rehearsePlain();
            return new Call(name + ", unpacked", form::unpacked);
          });
        }
      }
    }
    elementwise(calls, "hadamard", new HadamardBenchmark());
    elementwise(calls, "relu", new ReluBenchmark());
    elementwise(calls, "relu′", new ReluPrimeBenchmark());
    elementwise(calls, "sigmoid", new SigmoidBenchmark());
    elementwise(calls, "sigmoid′", new SigmoidPrimeBenchmark());
    elementwise(calls, "tanh", new TanhBenchmark());
    elementwise(calls, "exp", new ExpBenchmark());
    UpdateBenchmark update = new UpdateBenchmark();
    update.state = "normal";
    elementwise(calls, "update", update);
    for (String size : List.of("15x10", "128x10", "128x256")) {
      SoftmaxBenchmark softmax = new SoftmaxBenchmark();
      softmax.size = size;
      calls.add(() -> {
        softmax.prepare();
        return new Call("softmax of " + size.replace('x', '×'), softmax::vector);
      });
    }
    Kernels kernels = KernelProvider.kernels();
    calls.addAll(ofTraining(kernels, length));
    calls.addAll(new ExtraCalls(kernels, length).all());
    return calls;
  }

  private static void elementwise(List<Supplier<Call>> calls, String name, ElementwiseBenchmark benchmark) {
    benchmark.n = LENGTH;
    benchmark.offset = 12;
    calls.add(() -> {
      benchmark.prepare();
      if (benchmark instanceof ExpBenchmark) {
        Rehearsal.of(() -> benchmark.rehearse(KernelBenchmark.Vector.KERNELS), benchmark::vector);
      }
      return new Call(name, benchmark::vector);
    });
  }

  /**
   * In turns at each of the places that an array can have between cache lines, which is another in each JVM, and makes loops as short
   * as these up to twice as fast.
   */
  static Call atEachOffset(String name, IntConsumer kernel) {
    int[] calls = {0};
    return new Call(name, () -> kernel.accept(calls[0]++ & (OFFSETS - 1)));
  }

  /** What a kernel does with two arrays, from an index on. */
  private interface Elements {
    void accept(float[] from, float[] to, int at);
  }

  /** On arrays of its own, the second all zeros: kernels that shared two would be slow together where these lie badly. */
  private static Supplier<Call> elements(String name, int length, Elements kernel) {
    return () -> {
      float[] from = Floats.random(1, length, 1);
      float[] to = new float[length];
      return atEachOffset(name, at -> kernel.accept(from, to, at));
    };
  }

  /**
   * Those of a step of training that have no benchmark of their own. An error that a kernel multiplies in place is all
   * zeros, or it would end up denormal.
   */
  private static List<Supplier<Call>> ofTraining(Kernels kernels, int length) {
    float[] x = Floats.random(1, length, 1);
    float[] y = Floats.random(2, length, 1);
    float[] delta = new float[length];
    float[] out = new float[length];
    float[] packed = new float[kernels.packedLength(64, 64)];
    int[] order = IntStream.range(0, ROWS).map(i -> (7 * i + 3) % ROWS).toArray();
    return List.of(
        elements("scaled difference", length, (from, to, at) -> kernels.scaledDifference(LENGTH, 0.5f, from, at, y, at, to, at)),
        elements("relu backward", length, (from, to, at) -> kernels.reluBackward(LENGTH, from, at, to, at)),
        elements("sigmoid backward", length, (from, to, at) -> kernels.sigmoidBackward(LENGTH, from, at, to, at)),
        elements("tanh backward", length, (from, to, at) -> kernels.tanhBackward(LENGTH, from, at, to, at)),
        elements("first not finite", length, (from, to, at) -> {
          if (kernels.firstNonFinite(LENGTH, from, at) >= 0) {
            throw new IllegalStateException("an input is not finite");
          }
        }),
        () -> new Call("softmax backward", () -> kernels.softmaxBackward(ROWS, COLUMNS, LD, x, 0, delta, 0)),
        () -> new Call("squared errors", () -> kernels.squaredErrors(ROWS, COLUMNS, LD, x, 0, y, 0, out, 0)),
        () -> new Call(
            "softmax and cross-entropy",
            () -> kernels.softmaxCrossEntropy(ROWS, COLUMNS, LD, 0.5f, x, 0, y, 0, packed, 0, out, 0)),
        () -> new Call("gather", () -> kernels.gather(ROWS, COLUMNS, x, order, 0, out, 0, COLUMNS)),
        () -> new Call("column sums", () -> kernels.columnSums(ROWS, LD, 0, LD, x, 0, out, 0)),
        () -> new Call("pack", () -> kernels.pack(64, 64, 0, 64, x, 0, 64, packed)));
  }
}
