package dev.lanewise.data;

import dev.lanewise.kernel.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that a preprocessing was fitted to.
 *
 * @param inputs those that a raw row must have, in the order of the training rows
 * @param targets those that are predicted
 */
record FittedColumns(List<String> inputs, List<String> targets) {

  /** Copies the lists. */
  FittedColumns {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }

  /** Those that are predicted after the others. */
  List<String> all() {
    List<String> all = new ArrayList<>(inputs);
    all.addAll(targets);
    return all;
  }

  /**
   * Refuses rows with other columns; those that are predicted may be there or not.
   *
   * @param what whose columns they are
   */
  void check(String what, Collection<String> names) {
    Set<String> lacking = new LinkedHashSet<>(inputs);
    lacking.removeAll(new HashSet<>(names));
    Set<String> unknown = new LinkedHashSet<>(names);
    unknown.removeAll(new HashSet<>(all()));
    if (lacking.isEmpty() && unknown.isEmpty()) {
      return;
    }
    List<String> parts = new ArrayList<>();
    if (!lacking.isEmpty()) {
      parts.add("lacks " + Names.quoted(List.copyOf(lacking)));
    }
    if (!unknown.isEmpty()) {
      parts.add("has " + Names.quoted(List.copyOf(unknown)) + " besides");
    }
    throw new DataException(
        Message.of(
            "%s has other columns than those the preprocessing was fitted to: it %s", what, String.join(" and ", parts)));
  }
}
