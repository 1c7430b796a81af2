package dev.lanewise;

import dev.lanewise.engine.LastLoss;
import dev.lanewise.engine.ParameterKind;
import dev.lanewise.engine.ParameterStore;
import dev.lanewise.engine.Parameters;
import dev.lanewise.engine.SavedArray;
import dev.lanewise.io.JsonObject;
import dev.lanewise.io.ModelFile;
import dev.lanewise.io.ModelFileException;
import dev.lanewise.io.ModelHeader;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Initializer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.nn.Normalization;
import dev.lanewise.text.Message;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A network in a model file: what its layers are, as JSON, and their parameters, as tensors. */
final class NetworkFile {

  /** The JSON map of the architecture. */
  private static final String KEY = "network";

  private static final int MOST = Integer.MAX_VALUE;

  /** The most epochs that a network can have been trained: whole numbers up to here are doubles, too, for other readers of JSON. */
  static final long MOST_EPOCHS = 1L << 53;

  private final ModelFile file;
  private final JsonObject network;
  private final List<Dense> layers;

  /** How far the run is; null where the file is no checkpoint. */
  private final RunFile runFile;

  /** All that the header says is checked. */
  private NetworkFile(ModelFile file, Activation... own) {
    this.file = file;
    this.network = file.json(KEY);
    this.layers = layers(file.header(), network, own);
    this.runFile = RunFile.isIn(file.header()) ? RunFile.of(file.header()) : null;
  }

  static void write(ModelFile.Builder file, ParameterStore store) {
    List<Dense> layers = store.layers();
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("inputs", layers.getFirst().inputs());
    network.put("layers", layers.stream().map(NetworkFile::describe).toList());
    Parameters parameters = store.acquire();
    try {
      LastLoss loss = parameters.loss();
      network.put("loss", loss.name());
      if (Loss.named(loss.name()).isEmpty()) {
        network.put("threshold", loss.threshold());
      }
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

  private static String prefix(int l) {
    return "layers." + l + ".";
  }

  private static String name(int l, ParameterKind kind) {
    return prefix(l) + kind.id();
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
   * What a file says of a network, and where it is a checkpoint of its run, all of it checked. What its header says is checked
   * before anything is allocated for its tensors: they have to be those that its layers and its run need, in their shapes.
   *
   * @param maxBytes the longest file that is read
   * @param condition what the caller wants of the header besides
   */
  static NetworkFile read(Path path, long maxBytes, Consumer<ModelHeader> condition, Activation... own) {
    return of(ModelFile.read(path, maxBytes, condition.andThen(header -> checkHeader(header, own))), own);
  }

  /** The same of a stream. */
  static NetworkFile read(InputStream in, long maxBytes, Consumer<ModelHeader> condition, Activation... own) {
    return of(ModelFile.read(in, maxBytes, condition.andThen(header -> checkHeader(header, own))), own);
  }

  private static NetworkFile of(ModelFile file, Activation... own) {
    NetworkFile network = new NetworkFile(file, own);
    network.arrays().forEach(network::checkValues);
    return network;
  }

  private static void checkHeader(ModelHeader header, Activation... own) {
    JsonObject network = header.json(KEY);
    List<Dense> layers = layers(header, network, own);
    epochs(network);
    threshold(network);
    Set<String> names = new HashSet<>();
    for (SavedArray array : arrays(layers, RunFile.isIn(header) ? RunFile.of(header) : null)) {
      header.requireTensor(array.name(), array.rows(), array.cols());
      names.add(array.name());
    }
    header.requireNoTensorsBut(names);
    long most = Runtime.getRuntime().maxMemory();
    if (header.bytes() <= most && header.bytes() + bytes(layers) > most) { // tensors that are too many alone are refused as such
      throw needsMemory(header, layers);
    }
  }

  /** What the parameters of a network take, columns that pad panels included. */
  private static long bytes(List<Dense> layers) {
    long padding = layers.stream().mapToLong(layer -> (long) layer.inputs() * (Panels.columns(layer.outputs()) - layer.outputs())).sum();
    return Float.BYTES * (padding + arrays(layers, null).stream().mapToLong(array -> (long) array.rows() * array.cols()).sum());
  }

  private static ModelFileException needsMemory(ModelHeader header, List<Dense> layers) {
    return header.refuse(
        Message.of(
            "its network needs %d bytes of memory beside the %d of its tensors, more than are left of the %d that this JVM may use",
            bytes(layers), header.bytes(), Runtime.getRuntime().maxMemory()));
  }

  private List<SavedArray> arrays() {
    return arrays(layers, runFile);
  }

  private static List<SavedArray> arrays(List<Dense> layers, RunFile runFile) {
    List<SavedArray> arrays = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      for (ParameterKind kind : ParameterKind.values()) {
        if (kind.isIn(layers.get(l))) {
          arrays.add(kind.in(layers.get(l), prefix(l)));
        }
      }
    }
    if (runFile != null) {
      arrays.addAll(runFile.arrays(layers));
    }
    return arrays;
  }

  private void checkValues(SavedArray array) {
    for (float value : file.tensor(array.name(), array.rows(), array.cols()).data()) {
      if (!array.values().allow(value)) {
        throw file.refuse(Message.of("%s has a value of %s", array.name(), value));
      }
    }
  }

  private static List<Dense> layers(ModelHeader header, JsonObject network, Activation... own) {
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
    try {
      NetworkBuilder.check(layers);
    } catch (IllegalArgumentException e) {
      throw header.refuse(e.getMessage());
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
    return Activation.named(name).orElseThrow(
        () -> layer.refuse("activation", "the name of a built-in activation, or of one that is passed to load"));
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

  /** What is made of the arrays here, unless there is no room for it beside them. */
  <T> T make(Supplier<T> what) {
    try {
      return what.get();
    } catch (OutOfMemoryError e) {
      throw needsMemory(file.header(), layers);
    }
  }

  /** The layers. */
  List<Dense> layers() {
    return layers;
  }

  /** The file. */
  ModelFile file() {
    return file;
  }

  /** How far the run is; null where the file is no checkpoint. */
  RunFile runFile() {
    return runFile;
  }

  /** The loss of the last fit before the network was saved. */
  LastLoss loss() {
    return LastLoss.named(network.text("loss"), threshold(network));
  }

  private static float threshold(JsonObject network) {
    Optional<Loss> loss = Loss.named(network.text("loss"));
    if (!network.has("threshold")) {
      return loss.orElse(Loss.MSE).threshold();
    }
    float threshold = (float) network.number("threshold");
    if (!Float.isFinite(threshold)) {
      throw network.refuse("threshold", "finite as a float");
    }
    return threshold;
  }

  /** How many epochs had been trained. */
  long epochs() {
    return epochs(network);
  }

  private static long epochs(JsonObject network) {
    long epochs = network.integer("epochs");
    if (epochs < 0 || epochs > MOST_EPOCHS) {
      throw network.refuse("epochs", "from 0 to " + MOST_EPOCHS);
    }
    return epochs;
  }

  /** One array of layer l, row-major. */
  float[] parameters(int l, ParameterKind kind) {
    return file.tensor(name(l, kind), kind.rows(layers.get(l)), layers.get(l).outputs()).data();
  }
}
