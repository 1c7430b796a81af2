package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
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
   * Refuses rows that lack a column to make inputs of; what else they have does not matter.
   *
   * @param what whose columns they are
   */
  void check(String what, Collection<String> names) {
    Set<String> lacking = new LinkedHashSet<>(inputs);
    lacking.removeAll(new HashSet<>(names));
    if (!lacking.isEmpty()) {
      throw new DataException(
          Message.of(
              "%s lacks %s, which the preprocessing was fitted to: its columns are %s",
              what, Quoted.list(List.copyOf(lacking)), Quoted.list(List.copyOf(names))));
    }
  }
}
