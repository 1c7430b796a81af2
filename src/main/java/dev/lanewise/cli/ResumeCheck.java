package dev.lanewise.cli;

import dev.lanewise.Model;
import dev.lanewise.Network;
import dev.lanewise.RunFile;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.nn.Layer;
import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import dev.lanewise.train.EarlyStopping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Whether the options of a run that is resumed are those that it began with; what the fit has to say of its own comes later. */
final class ResumeCheck {

  /** What hidden layers have besides their width, by the option that decides it. */
  private static final Map<String, Function<Layer, String>> LAYER_OPTIONS = layerOptions();

  private ResumeCheck() {}

  private static Map<String, Function<Layer, String>> layerOptions() {
    Map<String, Function<Layer, String>> options = new LinkedHashMap<>();
    options.put("--activation", layer -> layer.activation().toString());
    options.put("--dropout", layer -> Double.toString(layer.dropout()));
    options.put("--normalization", layer -> layer.normalization().id());
    return options;
  }

  /**
   * Refuses another seed, which draws other rows to validate on, so that whatever is made of the rest differs.
   *
   * @throws IllegalArgumentException in one sentence that says what differs
   */
  static void seed(Path checkpoint, long asked) {
    long begun = RunFile.read(checkpoint).seed();
    if (begun != asked) {
      throw differs(checkpoint, "with --seed " + begun, "with --seed " + asked);
    }
  }

  /**
   * Refuses other columns, to predict from or to predict.
   *
   * @param asked what the options make of the rows that the run trains on
   * @throws IllegalArgumentException in one sentence that says what differs
   */
  static void columns(Path checkpoint, Preprocessor resumed, Preprocessor asked) {
    if (!predicting(resumed).equals(predicting(asked))) {
      throw differs(checkpoint, predicting(resumed), predicting(asked));
    }
    if (!resumed.columns().equals(asked.columns())) {
      throw differs(checkpoint, "on the columns " + columns(resumed, asked), "on " + columns(asked, resumed));
    }
  }

  /** Those of one, or of so many that not all can be shown, those that the other has not. */
  private static String columns(Preprocessor of, Preprocessor other) {
    List<String> columns = of.columns();
    if (columns.size() <= Quoted.MOST) {
      return Quoted.list(columns);
    }
    List<String> others = new ArrayList<>(columns);
    others.removeAll(new HashSet<>(other.columns()));
    return others.isEmpty()
        ? Message.of("%d columns that the other has too", columns.size())
        : Message.of("%d columns, of which the other has not %s", columns.size(), Quoted.list(others));
  }

  /**
   * Refuses fewer epochs than the run has had, before rows are read.
   *
   * @throws UsageException if they are fewer
   */
  static void epochs(Path checkpoint, int asked) {
    int epochs = RunFile.read(checkpoint).epochs();
    if (asked < epochs) {
      throw new UsageException(
          Message.of("%s has a run of %s, but --epochs says %d: it counts all of them", checkpoint, TrainCommand.counted(epochs), asked));
    }
  }

  /**
   * Refuses other options for what is made of the columns.
   *
   * @throws IllegalArgumentException in one sentence that says what differs
   */
  static void preparation(Path checkpoint, Preprocessor resumed, Preprocessor asked) {
    if (!resumed.equals(asked)) {
      throw new IllegalArgumentException(
          Message.of(
              "%s is the checkpoint of a run that %s: --scaler, --impute, --ignore-unknown, --text, --numeric, --missing and the rows "
                  + "must be those of the run",
              checkpoint, otherwisePrepared(resumed, asked)));
    }
  }

  /**
   * Refuses another early stopping, and other rows to train on, by which columns would be prepared in another way.
   *
   * @param trained how many rows the options leave to train on
   * @throws IllegalArgumentException in one sentence that says what differs
   */
  static void rows(Path checkpoint, Optional<EarlyStopping> stopping, int trained) {
    RunFile run = RunFile.read(checkpoint);
    String begun = earlyStop(run.earlyStopping());
    String now = earlyStop(stopping);
    if (!begun.equals(now)) {
      throw differs(checkpoint, begun, now);
    }
    long rows = run.rows();
    if (rows >= 0 && rows != trained) {
      throw new IllegalArgumentException(
          Message.of(
              "%s is the checkpoint of a run that trained on %d rows, but the options leave %d: --validation, --early-stop and the "
                  + "rows must be those of the run",
              checkpoint, rows, trained));
    }
  }

  /** As the option that makes it. */
  private static String earlyStop(Optional<EarlyStopping> stopping) {
    return stopping
        .map(each -> each.minDelta() == 0 ? "with --early-stop " + each.patience() : "with an early stopping that no option makes")
        .orElse("without --early-stop");
  }

  private static String predicting(Preprocessor raw) {
    return (raw.isClassification() ? "for the classes of " : "for the numbers of ") + String.join(", ", raw.targetColumns());
  }

  private static IllegalArgumentException differs(Path checkpoint, String resumed, String asked) {
    return new IllegalArgumentException(
        Message.of("%s is the checkpoint of a run %s, but the options make one %s", checkpoint, resumed, asked));
  }

  /** What the two do not make the same: the first such column, those to predict coming last. */
  private static String otherwisePrepared(Preprocessor resumed, Preprocessor asked) {
    List<?> before = (List<?>) resumed.toMap().get("columns");
    List<?> now = (List<?>) asked.toMap().get("columns");
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(now.get(i))) {
        String column = resumed.columns().get(i);
        boolean wasNumber = isNumber(before.get(i));
        return wasNumber == isNumber(now.get(i))
            ? "prepared column \"" + column + "\" in another way"
            : "took column \"" + column + "\" for " + (wasNumber ? "numbers" : "text");
      }
    }
    return "prepared column \"" + String.join(", ", resumed.targetColumns()) + "\" in another way";
  }

  private static boolean isNumber(Object column) {
    return ((Map<?, ?>) column).get("kind").equals("number");
  }

  /**
   * Refuses other options for the network.
   *
   * @throws IllegalArgumentException in one sentence that says what differs
   */
  static void network(Path checkpoint, Model resumed, Model asked) {
    Network before = resumed.network();
    Network now = asked.network();
    if (!before.toString().equals(now.toString())) {
      throw new IllegalArgumentException(
          Message.of("%s is the checkpoint of %s, but the options make another network, %s", checkpoint, before, now));
    }
    int last = before.layers().size() - 1;
    for (int l = 0; l <= last; l++) {
      for (Map.Entry<String, Function<Layer, String>> option : LAYER_OPTIONS.entrySet()) {
        String name = l < last ? option.getKey() : option.getKey().substring("--".length()); // the last layer has no options
        String was = option.getValue().apply(before.layers().get(l));
        String is = option.getValue().apply(now.layers().get(l));
        if (!was.equals(is)) {
          throw differs(
              checkpoint, Message.of("with %s %s in layer %d", name, was, l), Message.of("with %s %s there", name, is));
        }
      }
    }
  }
}
