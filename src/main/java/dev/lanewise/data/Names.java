package dev.lanewise.data;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.stream.Collectors;

/** Lists of names: in messages, and of what has none. */
final class Names {

  private static final int MOST = 10;

  private Names() {}

  /** {@code "a", "b", "c"}, without the last of many. */
  static String quoted(List<String> names) {
    String shown = names.stream().limit(MOST).map(Quoted::of).collect(Collectors.joining(", "));
    return names.size() <= MOST ? shown : shown + " and " + (names.size() - MOST) + " more";
  }

  /** {@code "x0"}, {@code "x1"} and so on, each made when it is asked for: there may be millions. */
  static List<String> numbered(String prefix, int count) {
    return new Numbered(prefix, count);
  }

  private static final class Numbered extends AbstractList<String> implements RandomAccess {
    private final String prefix;
    private final int count;

    Numbered(String prefix, int count) {
      this.prefix = prefix;
      this.count = count;
    }

    @Override
    public String get(int index) {
      return prefix + Objects.checkIndex(index, count);
    }

    @Override
    public int size() {
      return count;
    }
  }
}
