package dev.lanewise.data;

/** Text from a file as messages show it: in quotation marks, not too long and without what would spoil a terminal. */
final class Quoted {

  private static final int LONGEST = 40;

  private Quoted() {}

  /** The beginning of the text in quotation marks, with {@code \t} for a tab and question marks for other control characters. */
  static String of(String text) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return "\"" + shown.replace("\t", "\\t").replaceAll("\\p{Cc}", "?") + "\"";
  }
}
