package dev.lanewise.cli;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences of the library for those who have options instead of methods; {@code CommandsTest} has it say each. */
final class Hints {

  private static final Pattern MISSING =
      Pattern.compile("(.*the value is missing, and the preprocessing imputes none): impute\\w+\\(…\\) fills it in");

  private static final Pattern TOO_WIDE = Pattern.compile(".* are more than fit in a matrix; column .* makes \\d+ of the inputs");

  private static final String HEADER = "its names and metadata would make a header of ";

  private static final String NO_VALUE = " has no value in any of the ";

  private static final String NO_NAME = ", which has no name";

  private static final String ENCODE = " is not a number: encode the column by preprocessing";

  private static final String NUMBERS_ALONE =
      " is not a number, which --regression and --targets predict alone: --label without --regression predicts text as a class";

  private static final String VALIDATION_ROWS = "validation rows";

  /** What checkpoints have for options that are not given: what clips nothing, rows that are none, and a penalty of nothing. */
  private static final Set<String> NOT_GIVEN = Set.of(String.valueOf(Double.POSITIVE_INFINITY), "0", "0.0");

  private static final String CLASS_WEIGHTS = "class weights";

  /** The options of a fit that are no rows, by the names that checkpoints have for them. */
  private static final Map<String, String> FIT_OPTIONS =
      Map.of(
          "optimizer", "--optimizer", "learning rate", "--learning-rate", "schedule", "--schedule", "batch size", "--batch-size",
          "l2", "--l2", "clipping by norm", "--clip-norm",
          VALIDATION_ROWS, "--validation", CLASS_WEIGHTS, "--balanced");

  private static final Pattern OTHER_OPTION =
      Pattern.compile(
          "(.*) was saved by a fit with (" + String.join("|", FIT_OPTIONS.keySet())
              + ") (.*), but this one has (.*): a run goes on as it began");

  private Hints() {}

  /** The sentence with options in place of methods, and with the option that would have helped. */
  static String inOptions(String sentence, String command) {
    Matcher missing = MISSING.matcher(sentence);
    if (missing.matches()) {
      return missing.group(1) + hint(command, "--impute fills it in");
    }
    if (sentence.contains(" is none of the categories of the training rows, ")) {
      return sentence + hint(command, "--ignore-unknown takes it for none");
    }
    if (command.equals("train")) {
      if (TOO_WIDE.matcher(sentence).matches() || sentence.contains(NO_VALUE)) {
        return sentence + (sentence.endsWith(NO_NAME) ? " (--ignore \"\" leaves it out)" : " (--ignore leaves it out)");
      }
      if (sentence.contains(HEADER)) {
        return sentence + " (--ignore leaves a column of many categories out)";
      }
      return resumed(sentence.replace("textColumns(…)", "--text").replace("ignoreColumns(…)", "--ignore").replace(ENCODE, NUMBERS_ALONE));
    }
    return sentence;
  }

  /**
   * What a fit says where it diverges, with what is there afterwards in place of what the network is: that is gone with the process.
   *
   * @param left the end of the sentence
   */
  static String diverged(String sentence, String left) {
    return withoutNetwork(sentence) + ": " + left;
  }

  /** What a fit says where it diverges, without what the network is then. */
  static String withoutNetwork(String sentence) {
    int network = sentence.lastIndexOf(": the network is ");
    return network < 0 ? sentence : sentence.substring(0, network);
  }

  /** An option of the fit by the name it has here, and without its value where that is one of Java. */
  private static String resumed(String sentence) {
    Matcher other = OTHER_OPTION.matcher(sentence);
    if (!other.matches()) {
      return sentence;
    }
    return other.group(1) + " was saved by a run " + difference(other.group(2), other.group(3), other.group(4))
        + ": a run goes on as it began";
  }

  private static String difference(String name, String saved, String now) {
    String option = FIT_OPTIONS.get(name);
    if (name.equals(CLASS_WEIGHTS)) { // an option without a value
      return switch (saved) {
        case "none" -> "without " + option + ", but this one has it";
        case "balanced" -> "with " + option + ", but this one is without";
        default -> "with class weights that no option gives";
      };
    }
    if (saved.contains("[")) {
      return "with another " + option;
    }
    boolean isRows = name.equals(VALIDATION_ROWS);
    String was = NOT_GIVEN.contains(saved) ? "without " + option : "with " + option + (isRows ? " of " + rows(saved) : " " + saved);
    return was + ", but this one " + (NOT_GIVEN.contains(now) ? "is without" : "has " + (isRows ? rows(now) : now));
  }

  private static String rows(String count) {
    return count + (count.equals("1") ? " row" : " rows");
  }

  /** A model that is there has been trained without it. */
  private static String hint(String command, String what) {
    return command.equals("train") ? " (" + what + ")" : " (train with " + what + ")";
  }
}
