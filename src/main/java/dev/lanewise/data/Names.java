package dev.lanewise.data;

import java.util.List;
import java.util.stream.Collectors;

/** Lists of names in messages. */
final class Names {

  private static final int MOST = 10;

  private Names() {}

  /** {@code "a", "b", "c"}, without the last of many. */
  static String quoted(List<String> names) {
    String shown = names.stream().limit(MOST).map(Quoted::of).collect(Collectors.joining(", "));
    return names.size() <= MOST ? shown : shown + " and " + (names.size() - MOST) + " more";
  }
}
