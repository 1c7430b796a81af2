package dev.lanewise.train;

import dev.lanewise.kernel.Message;
import java.io.PrintStream;
import java.util.Objects;

/**
 * Writes how a fit goes, a line an epoch: {@code fit.onEpoch(ProgressLine.to(System.err, 50))}.
 *
 * <pre>
 * epoch  7/50  loss 0.2134  validation 0.2505, accuracy 0.9333  41,250 rows/s  0:12 left
 * </pre>
 *
 * <p>What is left is the mean time of an epoch so far, times the epochs to come.
 */
public final class ProgressLine implements Callback {

  private final PrintStream out;
  private final int epochs;
  private final boolean inPlace;
  private int first;
  private int shown;
  private double seconds;
  private int longest;

  private ProgressLine(PrintStream out, int epochs, boolean inPlace) {
    this.out = Objects.requireNonNull(out, "out");
    this.epochs = epochs;
    this.inPlace = inPlace;
  }

  /** Writes each epoch on a line of its own, as a log wants it. */
  public static ProgressLine to(PrintStream out, int epochs) {
    return new ProgressLine(out, epochs, false);
  }

  /** Writes each epoch over the one before, as a terminal can; the last one ends the line. */
  public static ProgressLine inPlace(PrintStream out, int epochs) {
    return new ProgressLine(out, epochs, true);
  }

  @Override
  public void onEpoch(Epoch epoch) {
    if (shown == 0 || epoch.number() <= shown) { // the first of a fit, or of another one
      first = epoch.number();
      seconds = 0;
    }
    seconds += epoch.seconds();
    shown = epoch.number();
    String line = line(epoch);
    if (!inPlace) {
      out.println(line);
      return;
    }
    longest = Math.max(longest, line.length());
    out.print("\r" + line + " ".repeat(longest - line.length()));
    out.flush();
    if (epoch.number() == epochs) {
      out.println();
    }
  }

  /** Ends the line of a fit that ended before its last epoch. */
  public void end() {
    if (inPlace && shown > 0 && shown < epochs) {
      out.println();
    }
  }

  private String line(Epoch epoch) {
    int width = Integer.toString(epochs).length();
    StringBuilder line = new StringBuilder();
    boolean isBeyond = epoch.number() > epochs; // of another fit than was thought of
    line.append(Message.of("epoch %" + width + "d%s  loss %.4f", epoch.number(), isBeyond ? "" : "/" + epochs, epoch.loss()));
    if (!Double.isNaN(epoch.validationLoss())) {
      line.append(Message.of("  validation %.4f", epoch.validationLoss()));
    }
    if (!Double.isNaN(epoch.validationAccuracy())) {
      line.append(Message.of(", accuracy %.4f", epoch.validationAccuracy()));
    }
    line.append(Message.of("  %,.0f rows/s", epoch.samplesPerSecond()));
    if (isBeyond) {
      return line.toString();
    }
    double mean = seconds / (epoch.number() - first + 1);
    long left = Math.round(mean * (epochs - epoch.number()));
    return line.append(Message.of("  %d:%02d left", left / 60, left % 60)).toString();
  }
}
