package dev.lanewise.cli;

import dev.lanewise.Model;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.kernel.Message;
import java.nio.file.Path;
import java.util.List;

/** Whether the options of a run that is resumed are those that it began with; what the fit has to say of its own comes later. */
final class ResumeCheck {

  private ResumeCheck() {}

  /**
   * Refuses other options for the columns.
   *
   * @param asked what the options make of the rows that the run trains on
   * @throws IllegalArgumentException in one sentence that says what differs
   */
  static void preprocessing(Path checkpoint, Preprocessor resumed, Preprocessor asked) {
    if (!predicting(resumed).equals(predicting(asked))) {
      throw differs(checkpoint, predicting(resumed), predicting(asked));
    }
    if (!resumed.columns().equals(asked.columns())) {
      throw differs(
          checkpoint, "on the columns " + String.join(", ", resumed.columns()), "on " + String.join(", ", asked.columns()));
    }
    if (!resumed.equals(asked)) {
      throw new IllegalArgumentException(
          Message.of(
              "%s is the checkpoint of a run that prepared column \"%s\" in another way: --scaler, --impute, --ignore-unknown "
                  + "and the rows must be those of the run",
              checkpoint, otherwisePrepared(resumed, asked)));
    }
  }

  private static String predicting(Preprocessor raw) {
    return (raw.isClassification() ? "for the classes of " : "for the numbers of ") + String.join(", ", raw.targetColumns());
  }

  private static IllegalArgumentException differs(Path checkpoint, String resumed, String asked) {
    return new IllegalArgumentException(
        Message.of("%s is the checkpoint of a run %s, but the options make one %s", checkpoint, resumed, asked));
  }

  /** The first column of which the two do not make the same, those to predict coming last. */
  private static String otherwisePrepared(Preprocessor resumed, Preprocessor asked) {
    List<?> before = (List<?>) resumed.toMap().get("columns");
    List<?> now = (List<?>) asked.toMap().get("columns");
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(now.get(i))) {
        return resumed.columns().get(i);
      }
    }
    return String.join(", ", resumed.targetColumns());
  }

  /**
   * Refuses other options for the network.
   *
   * @throws IllegalArgumentException in one sentence that says what differs
   */
  static void network(Path checkpoint, Model resumed, Model asked) {
    if (!asked.network().summary().equals(resumed.network().summary())) {
      throw new IllegalArgumentException(
          Message.of(
              "%s is the checkpoint of %s, but the options make another network, %s",
              checkpoint, resumed.network(), asked.network()));
    }
  }
}
