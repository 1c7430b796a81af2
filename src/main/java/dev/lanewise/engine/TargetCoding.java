package dev.lanewise.engine;

import dev.lanewise.nn.Loss;
import dev.lanewise.text.Message;
import dev.lanewise.train.Fit;

/** What becomes of the targets of a batch before the loss sees them, and which of them it does not take. */
final class TargetCoding {

  private final Loss loss;
  private final int outputs;

  /** Whether targets may be 1 and 0 of classes, for which the loss wants other numbers. */
  private final boolean marksClasses;

  /** Of label smoothing: what is left of a target, and what each gets besides. */
  private final float keep;

  private final float share;

  /**
   * For targets of so many outputs.
   *
   * @param mayBeClasses whether a 1 and a 0 may say of which class a row is
   */
  TargetCoding(Fit fit, int outputs, boolean mayBeClasses) {
    this.loss = fit.loss();
    this.outputs = outputs;
    this.marksClasses = mayBeClasses && (loss.targetOf(true) != 1 || loss.targetOf(false) != 0);
    this.keep = (float) (1 - fit.labelSmoothing());
    this.share = (float) (fit.labelSmoothing() / Math.max(2, outputs));
  }

  /** Puts what the loss wants in the place of 1 and 0 of rows {@code from} to {@code to}, which are ld apart from index at on. */
  void mark(int from, int to, float[] y, int at, int ld) {
    if (!marksClasses) {
      return;
    }
    float isClass = loss.targetOf(true);
    float isNone = loss.targetOf(false);
    for (int i = from; i < to; i++) {
      for (int j = at + i * ld; j < at + i * ld + outputs; j++) {
        y[j] = y[j] == 1f ? isClass : y[j] == 0f ? isNone : y[j];
      }
    }
  }

  /** Smooths labels, if that is asked for. */
  void smooth(int from, int to, float[] y, int at, int ld) {
    if (share == 0) {
      return;
    }
    for (int i = from; i < to; i++) {
      for (int j = at + i * ld; j < at + i * ld + outputs; j++) {
        y[j] = keep * y[j] + share;
      }
    }
  }

  /**
   * Refuses targets that are none of the loss.
   *
   * @param y of so many rows, one after the other
   */
  void requireDomain(int rows, float[] y, int epoch, long number) {
    if (loss.domain() == null) {
      return;
    }
    for (int i = 0; i < rows; i++) {
      int column = loss.outside(outputs, y, i * outputs);
      if (column >= 0) {
        String where = Message.of("epoch %d, batch %d, row %d of the batch", epoch, number, i);
        String what =
            column == outputs
                ? Message.of("adds up to %s in %s", (float) sum(y, i * outputs), where)
                : Message.of("has %s in %s, column %d", y[i * outputs + column], where, column);
        throw new IllegalArgumentException(Message.of("y %s; targets of %s %s", what, loss, loss.domain()));
      }
    }
  }

  private double sum(float[] y, int at) {
    double sum = 0;
    for (int j = 0; j < outputs; j++) {
      sum += y[at + j];
    }
    return sum;
  }
}
