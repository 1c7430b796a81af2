package dev.lanewise.text;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Text from a file as messages and reports show it: without what would spoil a terminal. */
public final class Quoted {

  /** So many characters of a text are shown in quotation marks. */
  private static final int LONGEST = 40;

  /** And of one that stands without them. */
  private static final int BRIEF = 400;

  /** So many of a list are shown. */
  public static final int MOST = 10;

  /** So many dimensions are shown. */
  private static final int MOST_DIMENSIONS = 8;

  private Quoted() {}

  /** The beginning of the text in quotation marks, {@linkplain #plain without control characters}. */
  public static String of(String text) {
    if (text.length() <= LONGEST) {
      return "\"" + plain(text) + "\"";
    }
    return "\"" + plain(text.substring(0, whole(text, LONGEST))) + "…\"";
  }

  /** The whole text, with {@code \t} for a tab and question marks for other control characters. */
  public static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length()); // and no stream, whose classes take a short program milliseconds
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(c == '\t' ? "\\t" : Character.isISOControl(c) ? "?" : String.valueOf(c));
    }
    return plain.toString();
  }

  /** The beginning of the text, {@linkplain #plain without control characters}: enough of what some program wrote to be recognised. */
  public static String brief(String text) {
    return text.length() <= BRIEF ? plain(text) : plain(text.substring(0, whole(text, BRIEF))) + "…";
  }

  /** Where to cut a longer text after so many characters, not within one of two. */
  private static int whole(String text, int end) {
    return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }

  /** {@code "a", "b", "c"}, without the last of many. */
  public static String list(List<String> names) {
    return list(names, Quoted::of, ", ");
  }

  /** What is shown of each, without the last of many. */
  public static <T> String list(List<T> all, Function<T, String> shown, String separator) {
    String first = all.stream().limit(MOST).map(shown).collect(Collectors.joining(separator));
    return all.size() <= MOST ? first : first + " and " + (all.size() - MOST) + " more";
  }

  /** {@code 60000 x 28 x 28}, with the last of many dimensions left out. */
  public static String dimensions(List<? extends Number> dimensions) {
    String first = dimensions.stream().limit(MOST_DIMENSIONS).map(String::valueOf).collect(Collectors.joining(" x "));
    return dimensions.size() <= MOST_DIMENSIONS ? first : first + " x …";
  }
}
