package dev.lanewise;

import dev.lanewise.optim.Adagrad;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.RmsProp;
import dev.lanewise.optim.Sgd;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Optimizers as checkpoints have them: {@code Sgd[momentum=0.9, nesterov=false, decay=0.0]}. */
final class OptimizerText {

  private static final Pattern FIELD = Pattern.compile("(\\w+)=([^,\\]]+)");

  /** An optimizer's text is shorter than so many characters. */
  private static final int LONGEST = 300;

  private OptimizerText() {}

  /** The optimizer whose text this is; none if it is none's. */
  static Optional<Optimizer> read(String text) {
    if (text.length() > LONGEST) { // from a file: the pattern takes the square of its length
      return Optional.empty();
    }
    Map<String, String> fields = new HashMap<>();
    Matcher matcher = FIELD.matcher(text);
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2));
    }
    try {
      return of(text.substring(0, Math.max(0, text.indexOf('['))), fields).filter(optimizer -> optimizer.toString().equals(text));
    } catch (IllegalArgumentException e) { // a number is none, or out of range
      return Optional.empty();
    }
  }

  private static Optional<Optimizer> of(String kind, Map<String, String> fields) {
    double decay = number(fields, "decay");
    return switch (kind) {
      case "Sgd" -> Optional.of(new Sgd(number(fields, "momentum"), Boolean.parseBoolean(fields.get("nesterov")), decay));
      case "RmsProp" -> Optional.of(new RmsProp(number(fields, "rho"), number(fields, "epsilon"), decay));
      case "Adagrad" -> Optional.of(new Adagrad(number(fields, "epsilon"), decay));
      case "Adam" ->
          Optional.of(new Adam(number(fields, "beta1"), number(fields, "beta2"), number(fields, "epsilon"), decay));
      default -> Optional.empty();
    };
  }

  private static double number(Map<String, String> fields, String name) {
    return Double.parseDouble(fields.getOrDefault(name, ""));
  }
}
