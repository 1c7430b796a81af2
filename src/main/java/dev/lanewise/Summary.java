package dev.lanewise;

import dev.lanewise.engine.ParameterKind;
import dev.lanewise.nn.Dense;
import dev.lanewise.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The table of a network's layers. */
final class Summary {

  /** How wide the columns are at least; a longer cell widens its own. Cells of those below 0 are aligned left, others right. */
  private static final int[] WIDTHS = {5, 13, -10, -32, 11};

  private Summary() {}

  static String of(List<Dense> layers) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "shape", "activation", "with", "parameters"));
    long trainable = 0;
    long state = 0;
    for (int l = 0; l < layers.size(); l++) {
      Dense layer = layers.get(l);
      long ofLayer = count(layer, true);
      trainable += ofLayer;
      state += count(layer, false);
      String shape = layer.inputs() + " -> " + layer.outputs();
      String parameters = Message.of("%,d", ofLayer + count(layer, false));
      rows.add(List.of(Integer.toString(l), shape, layer.activation().toString(), extras(layer), parameters));
    }
    StringBuilder text = new StringBuilder();
    String format = format(rows);
    rows.forEach(row -> text.append(Message.of(format, row.toArray()).stripTrailing()).append('\n'));
    text.append(Message.of("%,d parameters: %,d trainable", trainable + state, trainable));
    text.append(state == 0 ? "" : Message.of(", %,d that batch normalisation keeps", state));
    return text.append(Message.of("; %,d bytes\n", Float.BYTES * (trainable + state))).toString();
  }

  private static String format(List<List<String>> rows) {
    StringJoiner format = new StringJoiner("  ");
    for (int c = 0; c < WIDTHS.length; c++) {
      int column = c;
      int width = rows.stream().mapToInt(row -> row.get(column).length()).reduce(Math.abs(WIDTHS[c]), Math::max);
      format.add("%" + Integer.signum(WIDTHS[c]) * width + "s");
    }
    return format.toString();
  }

  private static long count(Dense layer, boolean trainable) {
    long count = 0;
    for (ParameterKind kind : ParameterKind.values()) {
      if (kind.isIn(layer) && kind.isTrainable() == trainable) {
        count += (long) kind.rows(layer) * layer.outputs();
      }
    }
    return count;
  }

  private static String extras(Dense layer) {
    List<String> extras = new ArrayList<>();
    if (layer.isNormalized()) {
      extras.add(layer.normalization().id() + " normalisation");
    }
    if (layer.dropout() > 0) {
      extras.add("dropout " + layer.dropout());
    }
    return String.join(", ", extras);
  }
}
