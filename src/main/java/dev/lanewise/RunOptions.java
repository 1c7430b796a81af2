package dev.lanewise;

import dev.lanewise.io.JsonObject;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import dev.lanewise.train.EarlyStopping;
import dev.lanewise.train.Fit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of a run as a checkpoint has them: what of a fit decides about the bits, by name and as text; of a schedule, its name. */
final class RunOptions {

  private static final Map<String, Function<Fit, String>> OPTIONS = options();

  private static final String OPTIMIZER = "optimizer";
  private static final String SEED = "seed";
  private static final String EARLY_STOPPING = "early stopping";
  private static final Pattern EARLY_STOPPING_TEXT = Pattern.compile("EarlyStopping\\[patience=(\\d{1,10}), minDelta=([0-9.E-]+)]");
  private static final String NONE = "none";

  private final JsonObject texts;
  private final Optimizer optimizer;
  private final long seed;
  private final Optional<EarlyStopping> earlyStopping;

  /** Refuses what is not as a fit writes it, where it is needed before a fit that could tell is there. */
  RunOptions(JsonObject texts) {
    this.texts = texts;
    OPTIONS.keySet().forEach(texts::text);
    optimizer = OptimizerText.read(texts.text(OPTIMIZER)).orElseThrow(() -> texts.refuse(OPTIMIZER, "an optimizer as a fit writes it"));
    seed = seed(texts);
    earlyStopping = earlyStopping(texts);
  }

  private static long seed(JsonObject texts) {
    try {
      return Long.parseLong(texts.text(SEED));
    } catch (NumberFormatException e) {
      throw texts.refuse(SEED, "a whole number as text");
    }
  }

  private static Optional<EarlyStopping> earlyStopping(JsonObject texts) {
    String text = texts.text(EARLY_STOPPING);
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    Matcher matcher = EARLY_STOPPING_TEXT.matcher(text);
    try {
      if (matcher.matches()) {
        return Optional.of(new EarlyStopping(Integer.parseInt(matcher.group(1)), Double.parseDouble(matcher.group(2))));
      }
    } catch (IllegalArgumentException e) {
      // a number is none, or out of range
    }
    throw texts.refuse(EARLY_STOPPING, "none, or an early stopping as a fit writes it");
  }

  private static Map<String, Function<Fit, String>> options() {
    Map<String, Function<Fit, String>> options = new LinkedHashMap<>();
    options.put("rule", fit -> fit.isPublished() ? "published" : "exact");
    options.put("loss", fit -> fit.loss().name());
    options.put(OPTIMIZER, fit -> fit.optimizer().toString());
    options.put("learning rate", fit -> Double.toString(fit.learningRate()));
    options.put("schedule", fit -> fit.schedule().name());
    options.put("batch size", fit -> Integer.toString(fit.batchSize()));
    options.put(SEED, fit -> Long.toString(fit.seed()));
    options.put("shuffling", fit -> Boolean.toString(fit.shuffle()));
    options.put("l1", fit -> Double.toString(fit.l1()));
    options.put("l2", fit -> Double.toString(fit.l2()));
    options.put("clipping by value", fit -> Double.toString(fit.clipValue()));
    options.put("clipping by norm", fit -> Double.toString(fit.clipNorm()));
    options.put("label smoothing", fit -> Double.toString(fit.labelSmoothing()));
    options.put("class weights", fit -> text(fit.classWeights()));
    options.put("validation rows", fit -> Integer.toString(fit.validation().map(rows -> rows.x().rows()).orElse(0)));
    options.put(EARLY_STOPPING, fit -> text(fit.earlyStopping()));
    options.put("reduction on a plateau", fit -> text(fit.reduceOnPlateau()));
    return options;
  }

  private static String text(Optional<?> option) {
    return option.map(Object::toString).orElse(NONE);
  }

  /** Those of a fit, as a file has them. */
  static Map<String, Object> of(Fit fit) {
    Map<String, Object> texts = new LinkedHashMap<>();
    OPTIONS.forEach((name, option) -> texts.put(name, option.apply(fit)));
    return texts;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  long seed() {
    return seed;
  }

  Optional<EarlyStopping> earlyStopping() {
    return earlyStopping;
  }

  /**
   * Refuses a fit that has another option.
   *
   * @param file what the message calls the checkpoint
   */
  void requireSame(String file, Fit fit) {
    OPTIONS.forEach((name, option) -> requireSame(file, name, texts.text(name), option.apply(fit)));
  }

  /** Refuses another value than the one that was saved. */
  static void requireSame(String file, String name, Object saved, Object now) {
    if (!saved.equals(now)) {
      throw new IllegalArgumentException(
          Message.of(
              "%s was saved by a fit with %s %s, but this one has %s: a run goes on as it began",
              file, name, Quoted.brief(saved.toString()), now));
    }
  }
}
