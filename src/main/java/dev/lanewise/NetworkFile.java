package dev.lanewise;

import dev.lanewise.engine.ParameterKind;
import dev.lanewise.engine.ParameterStore;
import dev.lanewise.engine.Parameters;
import dev.lanewise.io.JsonObject;
import dev.lanewise.io.ModelFile;
import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Initializer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.nn.Normalization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network in a model file: what its layers are, as JSON, and their parameters, as tensors. */
final class NetworkFile {

  /** The JSON map of the architecture. */
  private static final String KEY = "network";

  private static final int MOST = Integer.MAX_VALUE;

  private final ModelFile file;
  private final List<Dense> layers;

  private NetworkFile(ModelFile file, List<Dense> layers) {
    this.file = file;
    this.layers = layers;
  }

  static void write(ModelFile.Builder file, ParameterStore store, String loss, float threshold) {
    List<Dense> layers = store.layers();
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("inputs", layers.getFirst().inputs());
    network.put("layers", layers.stream().map(NetworkFile::describe).toList());
    network.put("loss", loss);
    if (Loss.named(loss).isEmpty()) {
      network.put("threshold", threshold);
    }
    Parameters parameters = store.acquire();
    try {
      network.put("epochs", parameters.epochs());
      file.json(KEY, network);
      for (int l = 0; l < layers.size(); l++) {
        for (ParameterKind kind : ParameterKind.values()) {
          if (kind.isIn(layers.get(l))) {
            add(file, name(l, kind), kind, Matrix.of(kind.rows(layers.get(l)), layers.get(l).outputs(), parameters.get(l, kind)));
          }
        }
      }
    } finally {
      store.release(parameters);
    }
  }

  private static void add(ModelFile.Builder file, String name, ParameterKind kind, Matrix values) {
    if (kind == ParameterKind.WEIGHT) {
      file.tensor(name, values);
    } else {
      file.vector(name, values);
    }
  }

  private static String name(int l, ParameterKind kind) {
    return "layers." + l + "." + kind.id();
  }

  private static Map<String, Object> describe(Dense layer) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("outputs", layer.outputs());
    map.put("activation", layer.activation().name());
    if (layer.isNormalized()) {
      map.put("normalization", layer.normalization().id());
    }
    if (layer.dropout() > 0) {
      map.put("dropout", layer.dropout());
    }
    map.put("initializer", layer.initializer().name());
    return map;
  }

  /**
   * What a file says of a network, its tensors being there in the shapes that its layers need. Nothing is allocated for what is
   * not there.
   */
  static NetworkFile read(ModelFile file, Activation... own) {
    NetworkFile network = new NetworkFile(file, layers(file.json(KEY), own));
    for (int l = 0; l < network.layers.size(); l++) {
      for (ParameterKind kind : ParameterKind.values()) {
        if (kind.isIn(network.layers.get(l))) {
          network.check(l, kind);
        }
      }
    }
    return network;
  }

  /** Of the right shape, finite, and no variance below zero: what {@code Layer.setParameter} asks for, too. */
  private void check(int l, ParameterKind kind) {
    for (float value : parameters(l, kind)) {
      if (!Float.isFinite(value) || (value < 0 && kind == ParameterKind.RUNNING_VARIANCE)) {
        throw file.refuse(Message.of("%s has a value of %s", name(l, kind), value));
      }
    }
  }

  private static List<Dense> layers(JsonObject network, Activation... own) {
    int width = network.integer("inputs", 1, MOST);
    List<Dense> layers = new ArrayList<>();
    for (JsonObject each : network.objects("layers")) {
      Dense layer =
          Dense.of(width, each.integer("outputs", 1, MOST), activation(each, own)).initializer(initializer(each));
      layer = each.has("dropout") ? layer.dropout(dropout(each)) : layer;
      layer = each.has("normalization") ? normalized(layer, each) : layer;
      layers.add(layer);
      width = layer.outputs();
    }
    if (layers.isEmpty()) {
      throw network.refuse("layers", "at least one layer");
    }
    return layers;
  }

  private static Activation activation(JsonObject layer, Activation... own) {
    String name = layer.text("activation");
    for (Activation each : own) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return Activation.named(name)
        .orElseThrow(() -> layer.refuse("activation", "the name of an activation"));
  }

  private static Initializer initializer(JsonObject layer) {
    return Initializer.named(layer.text("initializer"))
        .orElseThrow(() -> layer.refuse("initializer", "the name of an initializer"));
  }

  private static double dropout(JsonObject layer) {
    double share = layer.number("dropout");
    if (!(share >= 0 && (float) share < 1)) {
      throw layer.refuse("dropout", "in 0..1, 1 excluded");
    }
    return share;
  }

  private static Dense normalized(Dense layer, JsonObject json) {
    String name = json.text("normalization");
    if (name.equals(Normalization.BATCH.id())) {
      return layer.batchNorm();
    }
    if (name.equals(Normalization.LAYER.id())) {
      return layer.layerNorm();
    }
    throw json.refuse("normalization", "batch or layer");
  }

  /** The layers. */
  List<Dense> layers() {
    return layers;
  }

  /** The loss of the last fit before the network was saved, if it is a built-in one. */
  Optional<Loss> loss() {
    return Loss.named(lossName());
  }

  /** Its name. */
  String lossName() {
    return file.json(KEY).text("loss");
  }

  /** Where the class of a single output begins under that loss. */
  float threshold() {
    JsonObject network = file.json(KEY);
    return network.has("threshold") ? (float) network.number("threshold") : loss().orElse(Loss.MSE).threshold();
  }

  /** How many epochs had been trained. */
  long epochs() {
    long epochs = file.json(KEY).integer("epochs");
    if (epochs < 0) {
      throw file.json(KEY).refuse("epochs", "0 or more");
    }
    return epochs;
  }

  /** One array of layer l, row-major. */
  float[] parameters(int l, ParameterKind kind) {
    return file.tensor(name(l, kind), kind.rows(layers.get(l)), layers.get(l).outputs()).data();
  }
}
