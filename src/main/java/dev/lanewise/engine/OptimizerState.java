package dev.lanewise.engine;

import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** What an optimizer remembers of a run: how many steps it took, and its arrays beside those of the parameters. */
final class OptimizerState {

  /** Of one layer, as many arrays as the optimizer has memories beside each of the layer's trainable ones. */
  static final class Memory {
    final float[][] weight;
    final float[][] bias;
    final float[][] scale;

    Memory(Dense layer, int memories) {
      int columns = Panels.columns(layer.outputs());
      weight = new float[memories][KernelProvider.kernels().packedLength(layer.inputs(), layer.outputs())];
      bias = new float[memories][columns];
      scale = new float[layer.isNormalized() ? memories : 0][columns];
    }
  }

  /** Names under which files have these arrays. */
  private static final String PREFIX = "optimizer.layers.";

  final Optimizer optimizer;
  final Memory[] layers;
  private final List<Dense> shapes;
  long steps;

  OptimizerState(Optimizer optimizer, List<Dense> shapes) {
    this.optimizer = optimizer;
    this.shapes = shapes;
    this.layers = new Memory[shapes.size()];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new Memory(shapes.get(l), optimizer.memories());
    }
  }

  /** Hands out copies of all arrays, row-major, by the names that files use. */
  void write(BiConsumer<String, Matrix> out) {
    each((name, layer, kind, array) -> {
      float[] values =
          kind == ParameterKind.WEIGHT
              ? LayerParameters.unpacked(layer, array)
              : Arrays.copyOf(array, layer.outputs());
      out.accept(name, Matrix.of(kind.rows(layer), layer.outputs(), values));
    });
  }

  /** Takes the values of all arrays from where a file has them. */
  void read(Run.Arrays in) {
    each((name, layer, kind, array) -> {
      float[] values = in.get(name, kind.rows(layer), layer.outputs()).data();
      if (kind == ParameterKind.WEIGHT) {
        LayerParameters.pack(layer, values, array);
      } else {
        System.arraycopy(values, 0, array, 0, layer.outputs());
      }
    });
  }

  private interface Visitor {
    void visit(String name, Dense layer, ParameterKind kind, float[] array);
  }

  private void each(Visitor visitor) {
    for (int l = 0; l < layers.length; l++) {
      for (int m = 0; m < optimizer.memories(); m++) {
        visitor.visit(PREFIX + l + ".weight." + m, shapes.get(l), ParameterKind.WEIGHT, layers[l].weight[m]);
        visitor.visit(PREFIX + l + ".bias." + m, shapes.get(l), ParameterKind.BIAS, layers[l].bias[m]);
        if (shapes.get(l).isNormalized()) {
          visitor.visit(PREFIX + l + ".scale." + m, shapes.get(l), ParameterKind.SCALE, layers[l].scale[m]);
        }
      }
    }
  }
}
