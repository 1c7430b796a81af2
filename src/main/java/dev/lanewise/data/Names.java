package dev.lanewise.data;

import java.util.List;

/** Lists of names in messages. */
final class Names {

  private static final int MOST = 20;

  private Names() {}

  /** {@code "a", "b", "c"}, without the last of many. */
  static String quoted(List<String> names) {
    String shown = "\"" + String.join("\", \"", names.subList(0, Math.min(names.size(), MOST))) + "\"";
    return names.size() <= MOST ? shown : shown + " and " + (names.size() - MOST) + " more";
  }
}
