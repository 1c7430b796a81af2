package dev.lanewise.train;

import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Matrix;
import java.util.Arrays;

/** A matrix of inputs beside class labels. */
final class LabelSource extends MemorySource {

  private final int[] labels;
  private final int outputs;

  LabelSource(Matrix x, int[] labels, int outputs, float[] weights) {
    super(x, weights);
    if (labels.length != x.rows()) {
      throw new IllegalArgumentException(
          Message.of("x is %s, but there are %d labels: each row needs one", x.shape(), labels.length));
    }
    int classes = outputs == 1 ? 2 : outputs;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            Message.of("label %d in row %d is outside 0..%d", labels[i], i, classes - 1));
      }
    }
    this.labels = labels.clone();
    this.outputs = outputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  void copyTargets(int rows, int[] rowOrder, int orderAt, float[] intoY, int at, int ld) {
    Arrays.fill(intoY, at, at + rows * ld, 0f); // at once: row by row costs more than all else here
    boolean single = outputs == 1;
    for (int i = 0; i < rows; i++) {
      int label = labels[rowOrder[orderAt + i]];
      intoY[at + i * ld + (single ? 0 : label)] = single ? label : 1f;
    }
  }
}
