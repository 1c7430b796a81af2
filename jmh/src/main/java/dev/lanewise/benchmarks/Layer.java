package dev.lanewise.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A layer as it is trained, which is three products.
 *
 * @param batch the rows of a batch
 * @param in its inputs
 * @param out its outputs
 */
record Layer(int batch, int in, int out) {

  /** The layers that were fixed before the kernels were tuned. */
  private static final String FILE = "layers.csv";

  /** Reads {@code BATCHxINxOUT}. */
  static Layer parse(String text) {
    Shape numbers = Shape.parse(text);
    return new Layer(numbers.m(), numbers.n(), numbers.k());
  }

  /** Those of the file, in its order. */
  static List<Layer> fixed() {
    try (InputStream file = Layer.class.getResourceAsStream(FILE);
        BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(line -> parse(line.replace(',', 'x'))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forwards: x·W. */
  Shape forward() {
    return new Shape(batch, out, in);
  }

  /** The gradient: xᵀ·δ. */
  Shape gradient() {
    return new Shape(in, out, batch);
  }

  /** The error of the layer before: δ·Wᵀ. */
  Shape delta() {
    return new Shape(batch, in, out);
  }

  /** {@code BATCHxINxOUT}. */
  @Override
  public String toString() {
    return batch + "x" + in + "x" + out;
  }
}
