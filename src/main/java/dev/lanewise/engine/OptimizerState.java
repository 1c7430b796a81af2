package dev.lanewise.engine;

import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;
import dev.lanewise.optim.Optimizer;
import java.util.List;

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

  final Optimizer optimizer;
  final Memory[] layers;
  long steps;

  OptimizerState(Optimizer optimizer, List<Dense> shapes) {
    this.optimizer = optimizer;
    this.layers = new Memory[shapes.size()];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new Memory(shapes.get(l), optimizer.memories());
    }
  }
}
