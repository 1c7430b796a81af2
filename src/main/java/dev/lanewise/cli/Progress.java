package dev.lanewise.cli;

import java.io.Console;
import java.io.PrintStream;

/** How a fit goes: a bar that grows on a terminal, plain lines anywhere else. */
abstract class Progress {

  final PrintStream out;
  final int epochs;

  private Progress(PrintStream out, int epochs) {
    this.out = out;
    this.epochs = epochs;
  }

  /** A bar if standard output is a terminal, else lines. */
  static Progress on(PrintStream out, int epochs) {
    return isTerminal() ? new Bar(out, epochs) : new Lines(out, epochs);
  }

  /** Whether standard output is a terminal. */
  static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Shows that an epoch has ended, with the loss over all rows or NaN where that is not known. */
  abstract void show(int epoch, double loss);

  /** Shows that there is no more to come. */
  void end() {}

  String line(int epoch, double loss) {
    String number = Integer.toString(epoch);
    String width = Integer.toString(epochs);
    return "epoch " + " ".repeat(width.length() - number.length()) + number + "/" + width
        + "  loss " + DigitsCommand.decimals(loss, 6);
  }

  private static final class Lines extends Progress {
    Lines(PrintStream out, int epochs) {
      super(out, epochs);
    }

    @Override
    void show(int epoch, double loss) {
      if (!Double.isNaN(loss)) {
        out.println(line(epoch, loss));
        out.flush();
      }
    }
  }

  private static final class Bar extends Progress {
    private static final int WIDTH = 40;
    private static final long REDRAW_NANOS = 20_000_000;

    private double lastLoss = Double.NaN;
    private long lastDrawn;
    private int longest;

    Bar(PrintStream out, int epochs) {
      super(out, epochs);
    }

    @Override
    void show(int epoch, double loss) {
      if (!Double.isNaN(loss)) {
        lastLoss = loss;
      }
      long now = System.nanoTime();
      if (epoch < epochs && now - lastDrawn < REDRAW_NANOS) {
        return;
      }
      lastDrawn = now;
      int done = (int) ((long) WIDTH * epoch / epochs);
      String loss1 = Double.isNaN(lastLoss) ? "" : "  loss " + DigitsCommand.decimals(lastLoss, 6);
      String line = "[" + "=".repeat(done) + " ".repeat(WIDTH - done) + "] " + epoch + "/" + epochs + loss1;
      longest = Math.max(longest, line.length());
      out.print("\r" + line + " ".repeat(longest - line.length()));
      out.flush();
    }

    @Override
    void end() {
      out.println();
    }
  }
}
