package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Network;
import dev.lanewise.TestData;
import dev.lanewise.io.ModelFileException;
import dev.lanewise.train.Fit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The check that users have: it passes what is right, and sees what is not. */
class GradientCheckTest {

  static final List<String> ACTIVATIONS =
      List.of("relu", "sigmoid", "tanh", "identity", "leaky_relu", "leaky_relu(0.2)", "elu", "elu(1.5)", "gelu",
          "gelu_tanh", "silu", "softplus");

  static final List<String> LOSSES = List.of("mse", "mae", "huber", "huber(0.3)", "hinge", "squared_hinge");

  /** z², going back from z. */
  private static final class Square extends Activation {
    private final float factor;

    Square(float factor) {
      super("square");
      this.factor = factor;
    }

    @Override
    public boolean goesBackFromA() {
      return false;
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        a[i] = z[i] * z[i];
      }
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        out[i] = 2 * z[i];
      }
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        delta[i] *= factor * z[i];
      }
    }
  }

  @ParameterizedTest
  @FieldSource("ACTIVATIONS")
  void passesBuiltInActivations(String name) {
    Activation activation = Activation.named(name).orElseThrow();
    assertEquals(name, activation.name());
    GradientCheck check = GradientCheck.of(activation);
    assertTrue(check.passes(), check::toString);
  }

  @ParameterizedTest
  @FieldSource("LOSSES")
  void passesBuiltInLosses(String name) {
    Loss loss = Loss.named(name).orElseThrow();
    assertEquals(name, loss.name());
    Matrix z = TestData.normal(3, 5, 7);
    Matrix y = TestData.normal(4, 5, 7);
    for (int i = 0; i < y.data().length; i++) {
      y.data()[i] = loss.targetOf(false) == -1 ? Math.signum(y.data()[i]) : 3 * y.data()[i];
    }
    GradientCheck check = GradientCheck.of(loss, Activation.IDENTITY, z, y);
    assertTrue(check.passes(), check::toString);
  }

  @Test
  void passesCrossEntropies() {
    Matrix z = TestData.normal(3, 5, 3);
    GradientCheck classes =
        GradientCheck.of(Loss.CROSS_ENTROPY, Activation.SOFTMAX, z, TestData.oneHot(new int[] {0, 2, 1, 1, 0}, 3));
    assertTrue(classes.passes(), classes::toString);
    GradientCheck binary = GradientCheck.of(Loss.BINARY_CROSS_ENTROPY, Activation.SIGMOID, z, TestData.unit(1, 5, 3));
    assertTrue(binary.passes(), binary::toString);
  }

  @Test
  void seesAWrongWayBack() {
    assertTrue(GradientCheck.of(new Square(2)).passes());
    GradientCheck wrong = GradientCheck.of(new Square(1.9f));
    assertFalse(wrong.passes());
    assertEquals(0.05, wrong.maxError(), 0.001);
    assertTrue(wrong.toString().startsWith("square is wrong: the way back at "), wrong.toString());
    assertThrows(IllegalArgumentException.class, () -> GradientCheck.of(Activation.SOFTMAX));
  }

  @Test
  void namesThatAreNone() {
    for (String name : List.of("", "RELU", "relu()", "elu(0)", "elu(x)", "elu(1e999)", "leaky_relu(-1)", "sigmoid(1)")) {
      assertTrue(Activation.named(name).isEmpty(), name);
      assertTrue(Loss.named(name).isEmpty(), name);
    }
    assertTrue(Loss.named("huber(0)").isEmpty());
    assertTrue(Initializer.named("he").isEmpty());
  }

  /** Trained, saved by name, and read again by who has it. */
  @Test
  void anActivationOfOnesOwn(@TempDir Path folder) {
    Activation square = new Square(2);
    Network network = Network.input(3).dense(8, square).dense(1, Activation.IDENTITY).seed(1).build();
    Matrix x = TestData.unit(1, 60, 3);
    Matrix y = Matrix.zeros(60, 1);
    for (int i = 0; i < 60; i++) {
      y.set(i, 0, x.get(i, 0) * x.get(i, 1));
    }
    Fit fit = Fit.with(Loss.MSE).learningRate(0.05).epochs(60);
    double first = network.fit(x, y, fit.epochs(1)).last().loss();
    assertTrue(network.fit(x, y, fit).last().loss() < first / 4);
    Path file = folder.resolve("square");
    network.save(file);
    assertEquals(network.predict(x), Network.load(file, square).predict(x));
    String message = assertThrows(ModelFileException.class, () -> Network.load(file)).getMessage();
    assertTrue(message.contains("the name of an activation") && message.contains("square"), message);
  }
}
