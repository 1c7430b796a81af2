package dev.lanewise.engine;

import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Adagrad;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.RmsProp;
import dev.lanewise.optim.Sgd;
import java.util.ArrayList;
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

    float[] get(ParameterKind kind, int memory) {
      return switch (kind) {
        case WEIGHT -> weight[memory];
        case BIAS -> bias[memory];
        case SCALE -> scale[memory];
        case RUNNING_MEAN, RUNNING_VARIANCE -> throw new IllegalArgumentException("no optimizer moves a " + kind.id());
      };
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
    each(optimizer, shapes, (l, kind, memory) -> {
      Dense layer = shapes.get(l);
      float[] array = layers[l].get(kind, memory);
      float[] values =
          kind == ParameterKind.WEIGHT
              ? LayerParameters.unpacked(layer, array)
              : Arrays.copyOf(array, layer.outputs());
      out.accept(name(l, kind, memory), Matrix.of(kind.rows(layer), layer.outputs(), values));
    });
  }

  /** Takes the values of all arrays from where a file has them. */
  void read(Run.Arrays in) {
    each(optimizer, shapes, (l, kind, memory) -> {
      Dense layer = shapes.get(l);
      float[] array = layers[l].get(kind, memory);
      float[] values = in.get(name(l, kind, memory), kind.rows(layer), layer.outputs()).data();
      if (kind == ParameterKind.WEIGHT) {
        LayerParameters.pack(layer, values, array);
      } else {
        System.arraycopy(values, 0, array, 0, layer.outputs());
      }
    });
  }

  /** What a file has of an optimizer's memory of layers. */
  static List<SavedArray> arrays(Optimizer optimizer, List<Dense> shapes) {
    List<SavedArray> arrays = new ArrayList<>();
    each(optimizer, shapes, (l, kind, memory) -> {
      SavedArray.Values values = isOfSquares(optimizer, memory) ? SavedArray.Values.SQUARES : SavedArray.Values.FINITE;
      arrays.add(new SavedArray(name(l, kind, memory), kind.rows(shapes.get(l)), shapes.get(l).outputs(), values));
    });
    return arrays;
  }

  private static boolean isOfSquares(Optimizer optimizer, int memory) {
    return switch (optimizer) {
      case Sgd _ -> false;
      case RmsProp _, Adagrad _ -> true;
      case Adam _ -> memory == 1;
    };
  }

  private static String name(int l, ParameterKind kind, int memory) {
    return PREFIX + l + "." + kind.id() + "." + memory;
  }

  private interface Visitor {
    void visit(int l, ParameterKind kind, int memory);
  }

  private static void each(Optimizer optimizer, List<Dense> shapes, Visitor visitor) {
    for (int l = 0; l < shapes.size(); l++) {
      for (int memory = 0; memory < optimizer.memories(); memory++) {
        for (ParameterKind kind : ParameterKind.values()) {
          if (kind.isTrainable() && kind.isIn(shapes.get(l))) {
            visitor.visit(l, kind, memory);
          }
        }
      }
    }
  }
}
