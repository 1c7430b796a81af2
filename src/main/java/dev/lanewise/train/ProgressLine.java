package dev.lanewise.train;

import dev.lanewise.text.Message;
import java.io.PrintStream;
import java.util.Objects;

/**
 * Writes how a fit goes, a line an epoch: {@code fit.onEpoch(ProgressLine.to(System.err, 50))}.
 *
 * <pre>
 * epoch  7/50  loss 0.2134  validation 0.2505, accuracy 0.9333  41,250 rows/s  0:12 left
 * </pre>
 *
 * <p>What is left is the mean time of an epoch so far, times the epochs to come: the time from one to the next, with its validation and
 * what else is called then, of the first that of its training.
 */
public final class ProgressLine implements Callback {

  private final PrintStream out;
  private final int epochs;
  private final boolean inPlace;
  private int first;
  private int shown;
  private double seconds;
  private long last;
  private int longest;

  /** Whether what was written last is a line that has not ended. */
  private boolean isOpen;

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
    boolean isFirst = shown == 0 || epoch.number() <= shown; // of a fit, or of another one
    if (isFirst) {
      first = epoch.number();
      seconds = 0;
    }
    long now = System.nanoTime();
    seconds += isFirst ? epoch.seconds() : Math.max(epoch.seconds(), (now - last) * 1e-9);
    last = now;
    shown = epoch.number();
    String line = line(epoch);
    if (!inPlace) {
      out.println(line);
      return;
    }
    longest = Math.max(longest, line.length());
    out.print("\r" + line + " ".repeat(longest - line.length()));
    out.flush();
    isOpen = true;
    if (epoch.number() == epochs) {
      end();
    }
  }

  /** Ends the line of a fit that ended before its last epoch, or went on after it. */
  public void end() {
    if (isOpen) {
      out.println();
      isOpen = false;
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
