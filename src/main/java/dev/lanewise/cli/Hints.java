package dev.lanewise.cli;

/** Sentences of the library for those who have options instead of methods; {@code CommandsTest} has it say each. */
final class Hints {

  private Hints() {}

  /** The sentence with options in place of methods, and with the option that would have helped. */
  static String inOptions(String sentence, String command) {
    if (sentence.endsWith("the value is missing, and the preprocessing imputes none")) {
      return sentence + hint(command, "--impute fills it in");
    }
    if (sentence.contains(" is none of the categories of the training rows, ")) {
      return sentence + hint(command, "--ignore-unknown takes it for none");
    }
    if (command.equals("train")) {
      return sentence.replace("textColumns(…)", "--text");
    }
    return sentence;
  }

  /** A model that is there has been trained without it. */
  private static String hint(String command, String what) {
    return command.equals("train") ? " (" + what + ")" : " (train with " + what + ")";
  }
}
