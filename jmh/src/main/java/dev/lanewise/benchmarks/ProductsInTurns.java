package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.fixed;

import dev.lanewise.benchmarks.KernelBenchmark.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The three products of layers, ours beside OpenBLAS and BLIS, in turns within one process: some milliseconds each, round after round.
 * Where the speed of a machine changes by the minute, as that of a shared one does, {@link ProductsBenchmark} compares forks that had
 * another machine each; here a ratio is of one round.
 *
 * <p>A millisecond before each turn does not count: without it whatever comes after BLIS, which was ours before the peak had a turn, was a
 * tenth slower in turns of 2 ms on an Intel Xeon where BLIS keeps to vectors of 256 bits.
 */
public final class ProductsInTurns {

  private static final int ROUNDS = 60;
  private static final long SLICE_NANOS = 4_000_000;

  /** A fourth of a slice goes before it. */
  private static final int LEAD_IN = 4;

  /** Rounds before those that count. */
  private static final int WARM = 5;

  /** The best of so many rounds one is what a product can do here. */
  private static final int BEST_OF = 20;

  /** A millisecond of the peak's loop, before each round. */
  private static final int PEAK_CALLS = 600;

  /**
   * One product: the GFLOP/s of each by its best rounds, and the medians over rounds of the ratio of ours to the better other and of its
   * share of the peak.
   */
  record Turn(
      String form, Layer layer, Shape shape, double ours, double openBlas, double blis, double medianRatio, double medianShare) {

    double bestRatio() {
      return ours / Math.max(openBlas, blis);
    }
  }

  private ProductsInTurns() {}

  /**
   * Prints the table.
   *
   * @param layers some in place of the thirty
   */
  public static void main(String... layers) {
    List<Layer> all = layers.length == 0 ? Layer.fixed() : Stream.of(layers).map(Layer::parse).toList();
    if (!NativeBlas.Open.BLAS.isInstalled() || !NativeBlas.Blis.BLAS.isInstalled()) {
      System.out.println("no products in turns: they need OpenBLAS and BLIS");
      return;
    }
    LibraryKernels.awaitAll(); // as programs get them: rehearsed here alone, tiles would be compiled for what is measured first
    System.out.println(NativeBlas.Open.BLAS.begin());
    System.out.println(NativeBlas.Blis.BLAS.begin() + "\n");
    System.out.print(table(all, ROUNDS, SLICE_NANOS));
  }

  static String table(List<Layer> layers, int rounds, long sliceNanos) {
    List<Turn> turns = new ArrayList<>();
    for (Layer layer : layers) {
      turns.add(turn("forward", layer, layer.forward(), new ProductsBenchmark.Forward(), rounds, sliceNanos));
      turns.add(turn("delta", layer, layer.delta(), new ProductsBenchmark.Delta(), rounds, sliceNanos));
      turns.add(turn("gradient", layer, layer.gradient(), new ProductsBenchmark.Gradient(), rounds, sliceNanos));
    }
    Markdown out = new Markdown();
    out.line("Ours, OpenBLAS and BLIS in turns in one process, " + sliceNanos / 1_000_000 + " ms each after "
        + sliceNanos / LEAD_IN / 1_000_000 + " ms that does not count, " + rounds + " rounds. GFLOP/s are those of the best twentieth of"
        + " the rounds; ratios to the better other are of those, and the median of each round's, as are shares of the peak, whose loop has"
        + " a turn too.\n");
    out.head("product", "batch×in×out", "ours", "OpenBLAS", "BLIS", "ours / better, best rounds", "median round", "% of the peak");
    for (Turn turn : turns) {
      out.cells(
          turn.form(), turn.layer().toString().replace('x', '×'), fixed(turn.ours(), 1), fixed(turn.openBlas(), 1),
          fixed(turn.blis(), 1), fixed(turn.bestRatio(), 2), fixed(turn.medianRatio(), 2), fixed(100 * turn.medianShare(), 0));
    }
    out.line("");
    mean(out, "Geometric means of those that memory does not bound", turns, turn -> !turn.shape().isMemoryBound());
    mean(
        out, "Of batches of " + ProductsTable.LARGE_BATCH + " and more", turns,
        turn -> !turn.shape().isMemoryBound() && turn.layer().batch() >= ProductsTable.LARGE_BATCH);
    return out.toString();
  }

  private static void mean(Markdown out, String title, List<Turn> turns, Predicate<Turn> which) {
    List<Turn> some = turns.stream().filter(which).toList();
    if (!some.isEmpty()) {
      double best = some.stream().mapToDouble(turn -> Math.log(turn.bestRatio())).average().orElseThrow();
      double median = some.stream().mapToDouble(turn -> Math.log(turn.medianRatio())).average().orElseThrow();
      out.line(title + ": " + fixed(Math.exp(best), 3) + " by the best rounds, " + fixed(Math.exp(median), 3)
          + " by the median ones, over " + some.size() + " products.");
    }
  }

  private static Turn turn(String form, Layer layer, Shape shape, ProductsBenchmark product, int rounds, long sliceNanos) {
    System.gc(); // or arrays of the products before keep those of this one off the lines of the cache
    product.layer = layer.toString();
    product.prepare();
    product.rehearse(product::packed);
    List<Runnable> each = List.of(
        product::vector,
        () -> product.operands.openBlas(product.alpha(), product.beta()),
        () -> product.operands.blis(product.alpha(), product.beta()));
    double[][] nanos = new double[each.size()][rounds];
    double[] ratios = new double[rounds];
    double[] shares = new double[rounds];
    PeakBenchmark peak = new PeakBenchmark();
    peak.setUp();
    for (int round = -WARM; round < rounds; round++) {
      double peakNanosAFlop = peak.nanosAFlop(PEAK_CALLS);
      double[] now = each.stream().mapToDouble(run -> nanosACall(run, sliceNanos)).toArray();
      for (int i = 0; i < now.length && round >= 0; i++) {
        nanos[i][round] = now[i];
        ratios[round] = Math.min(now[1], now[2]) / now[0];
        shares[round] = shape.flop() * peakNanosAFlop / now[0];
      }
    }
    check(product);
    double[] best = Stream.of(nanos).mapToDouble(times -> shape.flop() / sorted(times)[rounds / BEST_OF]).toArray();
    return new Turn(form, layer, shape, best[0], best[1], best[2], sorted(ratios)[rounds / 2], sorted(shares)[rounds / 2]);
  }

  private static double nanosACall(Runnable run, long sliceNanos) {
    average(run, sliceNanos / LEAD_IN);
    return average(run, sliceNanos);
  }

  private static double average(Runnable run, long nanos) {
    long begin = System.nanoTime();
    long calls = 0;
    long passed;
    do {
      run.run();
      calls++;
      passed = System.nanoTime() - begin;
    } while (passed < nanos);
    return (double) passed / calls;
  }

  /** Ours has the scalar kernel's bits, the others come close. */
  private static void check(ProductsBenchmark product) {
    product.vector();
    product.checkPacked(Vector.KERNELS);
    product.operands.openBlas(product.alpha(), product.beta());
    product.checkClose(product.operands::openBlas);
    product.operands.blis(product.alpha(), product.beta());
    product.checkClose(product.operands::blis);
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
