package dev.lanewise;

import dev.lanewise.engine.ParameterKind;
import dev.lanewise.engine.ParameterStore;
import dev.lanewise.engine.Parameters;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Matrix;
import dev.lanewise.nn.Normalization;
import dev.lanewise.text.Message;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A layer of a network as its users see it. */
final class LayerView implements Layer {

  /** Runs what changes a network, unless somebody trains it. */
  @FunctionalInterface
  interface Exclusively {
    void run(String what, Runnable change);
  }

  private final int index;
  private final Dense shape;
  private final ParameterStore store;
  private final Exclusively exclusively;

  LayerView(int index, ParameterStore store, Exclusively exclusively) {
    this.index = index;
    this.shape = store.layers().get(index);
    this.store = store;
    this.exclusively = exclusively;
  }

  @Override
  public int inputs() {
    return shape.inputs();
  }

  @Override
  public int outputs() {
    return shape.outputs();
  }

  @Override
  public Activation activation() {
    return shape.activation();
  }

  @Override
  public Normalization normalization() {
    return shape.normalization();
  }

  @Override
  public double dropout() {
    return shape.dropout();
  }

  @Override
  public Matrix weights() {
    return get(ParameterKind.WEIGHT);
  }

  @Override
  public Matrix bias() {
    return get(ParameterKind.BIAS);
  }

  private Matrix get(ParameterKind kind) {
    Parameters parameters = store.acquire();
    try {
      return get(parameters, kind);
    } finally {
      store.release(parameters);
    }
  }

  private Matrix get(Parameters parameters, ParameterKind kind) {
    return Matrix.of(kind.rows(shape), outputs(), parameters.get(index, kind));
  }

  @Override
  public Map<String, Matrix> parameters() {
    Map<String, Matrix> all = new LinkedHashMap<>();
    Parameters parameters = store.acquire(); // of one epoch all
    try {
      for (ParameterKind kind : ParameterKind.values()) {
        if (kind.isIn(shape)) {
          all.put(kind.id(), get(parameters, kind));
        }
      }
    } finally {
      store.release(parameters);
    }
    return Collections.unmodifiableMap(all);
  }

  @Override
  public void setWeights(Matrix weights) {
    set(ParameterKind.WEIGHT, weights);
  }

  @Override
  public void setBias(Matrix bias) {
    set(ParameterKind.BIAS, bias);
  }

  @Override
  public boolean isTrainable(String name) {
    return kind(name).isTrainable();
  }

  @Override
  public void setParameter(String name, Matrix values) {
    set(kind(name), values);
  }

  private ParameterKind kind(String name) {
    for (ParameterKind kind : ParameterKind.values()) {
      if (kind.isIn(shape) && kind.id().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        Message.of("layer %d has no parameter \"%s\": it has %s", index, name, parameters().keySet()));
  }

  private void set(ParameterKind kind, Matrix matrix) {
    int rows = kind.rows(shape);
    if (matrix.rows() != rows || matrix.cols() != outputs()) {
      throw new IllegalArgumentException(
          Message.of(
              "the %s of layer %d is %d x %d, but %s is given", kind.id(), index, rows, outputs(), matrix.shape()));
    }
    for (int i = 0; i < matrix.data().length; i++) {
      float value = matrix.data()[i];
      if (!kind.allows(value)) {
        String more = kind == ParameterKind.RUNNING_VARIANCE ? " and a variance not negative" : "";
        throw new IllegalArgumentException(
            Message.of(
                "the %s of layer %d has %s in row %d, column %d; parameters must be finite%s",
                kind.id(), index, value, i / outputs(), i % outputs(), more));
      }
    }
    exclusively.run("setting a parameter", () -> store.replace(index, kind, matrix.data()));
  }

  @Override
  public String toString() {
    return Message.of("dense %d -> %d, %s", inputs(), outputs(), activation());
  }
}
