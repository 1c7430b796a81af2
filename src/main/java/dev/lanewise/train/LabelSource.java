package dev.lanewise.train;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.text.Require;
import java.util.Arrays;

/** A matrix of inputs beside class labels. */
final class LabelSource extends MemorySource {

  private final int[] labels;
  private final int outputs;

  LabelSource(Matrix x, int[] labels, int outputs, float[] weights) {
    super(x, weights);
    Require.positive("outputs", outputs);
    if (labels.length != x.rows()) {
      throw new IllegalArgumentException(
          Message.of("x is %s, but there are %d labels: each row needs one", x.shape(), labels.length));
    }
    requireLabels("label", labels, outputs);
    this.labels = labels.clone();
    this.outputs = outputs;
  }

  /** How many classes so many outputs tell apart. */
  static int classes(int outputs) {
    return outputs == 1 ? 2 : outputs;
  }

  static void requireLabels(String name, int[] labels, int outputs) {
    String more = outputs == 1 ? ": ints are labels of classes, and numbers to predict go into a Matrix" : "";
    for (int i = 0; i < labels.length; i++) {
      Require.label(name, labels[i], i, classes(outputs), more);
    }
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public int[] labels() {
    return given(labels);
  }

  @Override
  public void copyLabels(int rows, int[] into) {
    for (int i = 0; i < rows; i++) {
      into[i] = labels[row(i)];
    }
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
