package dev.lanewise.cli;

import dev.lanewise.Network;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Digits;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.ScalarKernels;
import dev.lanewise.metrics.ClassificationReport;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import java.io.PrintStream;

/** Trains 64-15-10 on the handwritten digits, shows how it goes, and reports. */
final class DigitsCommand {

  private static final int HIDDEN = 15;
  private static final int LOSS_EVERY = 10;

  /** From here on doubles are whole numbers: one that is so large in units of its last decimal is shown as it is. */
  private static final double MOST_UNITS = 1L << 53;

  private final DigitsOptions options;
  private final PrintStream out;

  DigitsCommand(DigitsOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  void run() {
    Dataset digits = Digits.load();
    int[] dimensions = {digits.inputs(), HIDDEN, digits.classes()};
    Network network = Network.of(options.seed(), dimensions, Activation.RELU, options.output());
    Matrix y = digits.y();
    Fit fit = options.fit();
    Progress progress = Progress.on(out, fit.epochs());
    KernelWatch kernels = new KernelWatch();
    History history;
    try {
      history = network.fit(digits.x(), y, fit.onEpoch(epoch -> {
        kernels.epochEnded();
        boolean showLoss = epoch.number() % LOSS_EVERY == 0 || epoch.number() == fit.epochs();
        progress.show(epoch.number(), showLoss ? network.evaluate(digits.x(), y, fit.loss()) : Double.NaN);
      }));
    } finally {
      progress.end();
    }
    ClassificationReport report =
        ClassificationReport.of(digits.labels(), network.classify(digits.x()), digits.classNames());
    out.println();
    out.print(report);
    out.println();
    out.println(report.correct() + " of " + report.rows() + " rows right (" + decimals(report.accuracy(), 4) + ")");
    out.println(timing(history, digits.rows(), fit) + ", " + kernels + ", " + threads(history));
  }

  private static String timing(History history, int rows, Fit fit) {
    double seconds = 0;
    for (Epoch epoch : history.epochs()) {
      seconds += epoch.seconds();
    }
    int trained = fit.isPublished() ? rows / fit.batchSize() * fit.batchSize() : rows;
    long perSecond = Math.round((double) trained * history.epochs().size() / seconds);
    return decimals(seconds, 2) + " s, " + perSecond + " samples/s";
  }

  private static String threads(History history) {
    return history.threads() == 1 ? "1 thread" : history.threads() + " threads";
  }

  /** Which kernels a fit ran on: vector kernels take over from the scalar ones once they are compiled. */
  private static final class KernelWatch {
    private int scalarEpochs;
    private int vectorBits;

    void epochEnded() {
      Kernels products = KernelProvider.products(HIDDEN);
      if (products == ScalarKernels.INSTANCE) {
        scalarEpochs++;
      } else {
        vectorBits = products.vectorBits();
      }
    }

    @Override
    public String toString() {
      if (!KernelProvider.isVector()) {
        return "scalar kernels";
      }
      if (vectorBits == 0) {
        return "scalar kernels (over before the vector kernels were compiled)";
      }
      String vector = "vector kernels at " + vectorBits + " bits";
      return scalarEpochs == 0 ? vector : vector + " from epoch " + (scalarEpochs + 1) + " on, scalar before";
    }
  }

  /**
   * A number with so many decimals, in every locale with a point. String.format would cost a tenth of the whole run, and BigDecimal, which
   * computes 5 to the 65,536th as it is loaded, 20 ms.
   */
  static String decimals(double value, int digits) {
    long unit = 1;
    for (int i = 0; i < digits; i++) {
      unit *= 10;
    }
    double scaled = Math.rint(value * unit);
    if (!(Math.abs(scaled) < MOST_UNITS)) {
      return Double.toString(value);
    }
    long units = Math.abs((long) scaled);
    String fraction = Long.toString(unit + units % unit); // with a one in front, as it may begin with zeros
    return (scaled < 0 ? "-" : "") + units / unit + "." + fraction.substring(1);
  }
}
