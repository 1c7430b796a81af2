package dev.lanewise;

import dev.lanewise.engine.ParameterKind;
import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Dense;
import java.util.ArrayList;
import java.util.List;

/** The table of a network's layers. */
final class Summary {

  private static final String ROW = "%5s  %13s  %-10s  %-32s  %11s";

  private Summary() {}

  static String of(List<Dense> layers) {
    StringBuilder text = new StringBuilder();
    text.append(row("layer", "shape", "activation", "with", "parameters"));
    long trainable = 0;
    long state = 0;
    for (int l = 0; l < layers.size(); l++) {
      Dense layer = layers.get(l);
      long ofLayer = count(layer, true);
      trainable += ofLayer;
      state += count(layer, false);
      String shape = layer.inputs() + " -> " + layer.outputs();
      text.append(row(l, shape, layer.activation(), extras(layer), Message.of("%,d", ofLayer + count(layer, false))));
    }
    text.append(Message.of("%,d parameters: %,d trainable", trainable + state, trainable));
    text.append(state == 0 ? "" : Message.of(", %,d that batch normalisation keeps", state));
    return text.append(Message.of("; %,d bytes\n", Float.BYTES * (trainable + state))).toString();
  }

  private static String row(Object... cells) {
    return Message.of(ROW, cells).stripTrailing() + '\n';
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
