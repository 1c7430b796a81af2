package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Network;
import dev.lanewise.OwnLoss;
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

  /** z², going back from z; its prime is what it makes of errors of 1. */
  private static class Square extends Activation {
    private final float factor;

    Square(float factor) {
      super("square");
      this.factor = factor;
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        a[i] = z[i] * z[i];
      }
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        delta[i] *= factor * z[i];
      }
    }
  }

  /** sin fz, which has turned before a step that is too long is over. */
  private static final class Wave extends Activation {
    private final float frequency;

    Wave(float frequency) {
      super("wave");
      this.frequency = frequency;
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        a[i] = (float) Math.sin((double) frequency * z[i]);
      }
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        delta[i] *= (float) (frequency * Math.cos((double) frequency * z[i]));
      }
    }
  }

  /** ln cosh r, with a gradient that is right for a factor of 1. */
  private static class LogCosh extends OwnLoss {
    LogCosh(double factor) {
      super("log_cosh", 1, 0, error -> Math.log(Math.cosh(error)), error -> factor * Math.tanh(error));
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
    for (Activation output : List.of(Activation.IDENTITY, Activation.TANH)) {
      GradientCheck check = GradientCheck.of(loss, output, z, y);
      assertTrue(check.passes(), check::toString);
      GradientCheck usual = GradientCheck.of(loss, output);
      assertTrue(usual.passes(), usual::toString);
    }
  }

  @Test
  void passesCrossEntropies() {
    Matrix z = TestData.normal(3, 5, 3);
    GradientCheck classes =
        GradientCheck.of(Loss.CROSS_ENTROPY, Activation.SOFTMAX, z, TestData.oneHot(new int[] {0, 2, 1, 1, 0}, 3));
    assertTrue(classes.passes(), classes::toString);
    GradientCheck binary = GradientCheck.of(Loss.BINARY_CROSS_ENTROPY, Activation.SIGMOID, z, TestData.unit(1, 5, 3));
    assertTrue(binary.passes(), binary::toString);
    assertTrue(GradientCheck.of(Loss.CROSS_ENTROPY, Activation.SOFTMAX).passes());
    assertTrue(GradientCheck.of(Loss.BINARY_CROSS_ENTROPY, Activation.SIGMOID).passes());
    assertTrue(GradientCheck.of(Loss.MSE, Activation.SOFTMAX).passes());
  }

  @Test
  void seesAWrongWayBack() {
    assertTrue(GradientCheck.of(new Square(2)).passes());
    GradientCheck wrong = GradientCheck.of(new Square(1.9f));
    assertFalse(wrong.passes());
    assertEquals(0.05, wrong.maxError(), 0.001);
    assertTrue(wrong.toString().startsWith("square is wrong: the prime at "), wrong.toString());
    assertFalse(GradientCheck.of(new Square(2.005f)).passes(), "a four hundredth of it too much");
    assertThrows(IllegalArgumentException.class, () -> GradientCheck.of(Activation.SOFTMAX));
  }

  /** Each right but for one thing: the prime, where the rows begin, what errors there are, whether z is there still. */
  @Test
  void seesEachThingThatCanBeWrong() {
    assertWrong("the prime at ", new Square(2) {
      @Override
      public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
        System.arraycopy(z, at, out, at, rows * ld);
      }
    });
    assertWrong("the value in place at ", new Square(2) {
      @Override
      public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
        super.apply(rows, cols, ld, z, a, 0);
      }
    });
    assertWrong("the way back at ", new Square(2) {
      @Override
      public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
        for (int i = 0; i < z.length; i++) {
          out[i] = 2 * z[i];
        }
      }

      @Override
      public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
        prime(rows, cols, ld, z, delta, at);
      }
    });
    assertWrong("the prime at ", new Square(2) {
      @Override
      public boolean goesBackFromA() {
        return true;
      }
    });
  }

  /** Behind the last layer z is not overwritten by a. */
  @Test
  void seesAWayBackThatTakesZForA() {
    GradientCheck check = GradientCheck.of(new Activation("own_sigmoid") {
      @Override
      public boolean goesBackFromA() {
        return true;
      }

      @Override
      public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
        Activation.SIGMOID.apply(rows, cols, ld, z, a, at);
      }

      @Override
      public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
        for (int i = at; i < at + rows * ld; i++) {
          delta[i] *= z[i] * (1 - z[i]);
        }
      }
    });
    assertFalse(check.passes(), check::toString);
    assertTrue(check.toString().startsWith("own_sigmoid is wrong: the way back at "), check::toString);
  }

  /** Before the last layer z is overwritten, and a is there in its place. */
  @Test
  void seesAWayBackThatNeedsZ() {
    GradientCheck check = GradientCheck.of(new Activation("own_sigmoid") {
      @Override
      public boolean goesBackFromA() {
        return true;
      }

      @Override
      public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
        Activation.SIGMOID.apply(rows, cols, ld, z, a, at);
      }

      @Override
      public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
        Activation.SIGMOID.prime(rows, cols, ld, z, out, at);
      }

      @Override
      public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
        for (int i = at; i < at + rows * ld; i++) {
          double e = Math.exp(-z[i]);
          delta[i] *= (float) (e / ((1 + e) * (1 + e)));
        }
      }
    });
    assertFalse(check.passes(), check::toString);
    assertTrue(check.toString().matches("own_sigmoid is wrong: the way back at .*, from a alone, is .*"), check::toString);
  }

  /** A step that is rounded away is none. */
  @Test
  void pointsFarFromZero() {
    for (Activation activation : List.of(Activation.IDENTITY, Activation.RELU, Activation.leakyRelu(0.01), Activation.TANH)) {
      GradientCheck check = GradientCheck.of(activation, 1e5f, -70000.1f, 3e30f, -3e30f, 200.3f);
      assertTrue(check.passes(), check::toString);
    }
    for (float frequency : new float[] {1, 5}) {
      GradientCheck usual = GradientCheck.of(new Wave(frequency));
      assertTrue(usual.passes(), usual::toString);
      GradientCheck far = GradientCheck.of(new Wave(frequency), 31 / frequency, 40 / frequency, 100.3f / frequency);
      assertTrue(far.passes(), far::toString);
    }
    GradientCheck loss = GradientCheck.of(Loss.MSE, Activation.IDENTITY, Matrix.of(1, 2, 1e6f, -2e4f), Matrix.of(1, 2, 0, 1));
    assertTrue(loss.passes(), loss::toString);
    String none = assertThrows(IllegalArgumentException.class, () -> GradientCheck.of(Activation.RELU, new float[0])).getMessage();
    assertEquals("there are no points to check relu at", none);
  }

  @Test
  void takesWhatIsNoNumberForTheWorst() {
    GradientCheck check = GradientCheck.of(new Square(2) {
      @Override
      public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
        super.backward(rows, cols, ld, z, a, delta, at);
        delta[at] = Float.NaN;
      }
    });
    assertFalse(check.passes(), check::toString);
    assertEquals(Double.POSITIVE_INFINITY, check.maxError());
  }

  private static void assertWrong(String what, Activation activation) {
    GradientCheck check = GradientCheck.of(activation);
    assertFalse(check.passes(), check::toString);
    assertTrue(check.toString().startsWith("square is wrong: " + what), check::toString);
  }

  @Test
  void pointsOfOnesOwn() {
    assertTrue(GradientCheck.of(Activation.RELU, 0.1f, -0.1f).passes());
    assertTrue(GradientCheck.of(Activation.RELU, -0.1f, -2).passes(), "zero at all of them, and its slope");
    GradientCheck kink = GradientCheck.of(Activation.RELU, 0f);
    assertEquals(1, kink.maxError(), 1e-6); // half, of slopes of a half
    assertTrue(kink.toString().contains("at 0.0 is 0.00000, and should be 0.500000"), kink.toString());
  }

  @Test
  void pointsThatAreNoNumbers() {
    for (float point : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      String refused = assertThrows(IllegalArgumentException.class, () -> GradientCheck.of(Activation.TANH, 0.1f, point)).getMessage();
      assertEquals("the points to check tanh at must be finite, but one is " + point, refused);
    }
  }

  /** A thousandth of what is usual is off by as small a part. */
  @Test
  void activationsOfSmallValues() {
    for (float slope : new float[] {1e-3f, 0}) {
      GradientCheck check = GradientCheck.of(new Activation("small_tanh") {
        @Override
        public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
          for (int i = at; i < at + rows * ld; i++) {
            a[i] = 1e-3f * (float) Math.tanh(z[i]);
          }
        }

        @Override
        public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
          for (int i = at; i < at + rows * ld; i++) {
            double tanh = Math.tanh(z[i]);
            delta[i] *= (float) (slope * (1 - tanh * tanh));
          }
        }
      });
      assertEquals(slope > 0, check.passes(), check::toString);
    }
  }

  @Test
  void saysHowFarOffTheWorstIs() {
    assertEquals("relu passes", GradientCheck.of(Activation.RELU, 1f).toString());
    String passes = GradientCheck.of(Activation.TANH).toString();
    assertTrue(passes.matches("tanh passes: at worst the .* is [-0-9.e]+, for [-0-9.e]+ by differences"), passes);
  }

  @Test
  void lossesOfOnesOwn() {
    for (Activation output : List.of(Activation.IDENTITY, Activation.SIGMOID, Activation.SOFTMAX, Activation.GELU)) {
      assertTrue(GradientCheck.of(new LogCosh(1), output).passes());
    }
    GradientCheck wrong = GradientCheck.of(new LogCosh(1.01), Activation.IDENTITY);
    assertFalse(wrong.passes());
    assertTrue(wrong.toString().startsWith("log_cosh of identity is wrong: the gradient in row "), wrong.toString());
    Matrix z = Matrix.zeros(2, 3);
    assertRefused("z is 2 x 3, but y is 2 x 2", Loss.MSE, z, Matrix.zeros(2, 2));
    assertRefused("z is 2 x 3, but y is 3 x 3", Loss.MSE, z, Matrix.zeros(3, 3));
    assertRefused("y has 0.0 in row 0, column 0; targets of hinge must be -1 or 1", Loss.HINGE, z, z);
    assertThrows(IllegalArgumentException.class, () -> GradientCheck.of(Loss.HINGE, Activation.RELU));
  }

  private static void assertRefused(String message, Loss loss, Matrix z, Matrix y) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> GradientCheck.of(loss, Activation.TANH, z, y)).getMessage());
  }

  /** 0 and 1 are their own squares: a loss that takes any targets is checked with others. */
  @Test
  void lossesThatAreRightForClassesAlone() {
    assertWrong("the gradient ", new LogCosh(1) {
      @Override
      public void backward(
          int rows, int cols, int ld, int batchRows, Activation output,
          float[] z, float[] a, float[] y, float[] delta, int at) {
        float[] squares = new float[y.length];
        for (int i = 0; i < y.length; i++) {
          squares[i] = y[i] * y[i];
        }
        super.backward(rows, cols, ld, batchRows, output, z, a, squares, delta, at);
      }
    });
  }

  /** Right for a whole batch alone, which is what one thread has. */
  @Test
  void lossesThatAreWrongForAPartOfABatch() {
    assertWrong("the mean loss ", new LogCosh(1) {
      @Override
      public void rowSums(
          int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
        super.rowSums(rows, cols, ld, z, a, y, 0, out, outAt);
      }
    });
    assertWrong("the mean loss ", new LogCosh(1) {
      @Override
      public void rowSums(
          int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
        super.rowSums(rows, cols, ld, z, a, y, at, out, 0);
      }
    });
    assertWrong("the loss of a row of another thread ", new LogCosh(1) {
      @Override
      public void rowSums(
          int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
        out[0] = 0;
        super.rowSums(rows, cols, ld, z, a, y, at, out, outAt);
      }
    });
    assertWrong("the gradient ", new LogCosh(1) {
      @Override
      public void backward(
          int rows, int cols, int ld, int batchRows, Activation output,
          float[] z, float[] a, float[] y, float[] delta, int at) {
        super.backward(rows, cols, ld, rows, output, z, a, y, delta, at);
      }
    });
    assertWrong("the gradient ", new LogCosh(1) {
      @Override
      public void backward(
          int rows, int cols, int ld, int batchRows, Activation output,
          float[] z, float[] a, float[] y, float[] delta, int at) {
        super.backward(rows, cols, ld, batchRows, output, z, a, y, delta, 0);
      }
    });
    assertWrong("the gradient ", new LogCosh(1) {
      private int first = -1;

      @Override
      public void backward(
          int rows, int cols, int ld, int batchRows, Activation output,
          float[] z, float[] a, float[] y, float[] delta, int at) {
        first = first < 0 ? at : first; // where the first thread's rows begin
        super.backward(rows, cols, ld, batchRows, output, z, a, y, delta, first);
      }
    });
  }

  private static void assertWrong(String what, Loss loss) {
    GradientCheck check = GradientCheck.of(loss, Activation.TANH);
    assertFalse(check.passes(), check::toString);
    assertTrue(check.toString().startsWith("log_cosh of tanh is wrong: " + what), check::toString);
  }

  @Test
  void namesThatAreNone() {
    for (String name :
        List.of(
            "", "RELU", "relu()", "elu(0)", "elu(x)", "elu(1e999)", "elu(1e300)", "elu(1e-300)", "leaky_relu(-1)",
            "leaky_relu(1e300)", "sigmoid(1)", "huber(0)", "huber(1e300)", "huber(1e-300)", "huber(1e999)")) {
      assertTrue(Activation.named(name).isEmpty(), name);
      assertTrue(Loss.named(name).isEmpty(), name);
    }
    assertTrue(Initializer.named("he").isEmpty());
  }

  /** A file has no other word for an activation than its name. */
  @Test
  void namesAreThoseOfWhatCanBeMade() {
    for (double slope : new double[] {0, -0.0, 1e-300, 0.2, 1e30, 3.4e38}) {
      Activation activation = Activation.leakyRelu(slope);
      assertEquals(activation, Activation.named(activation.name()).orElseThrow());
    }
    assertEquals("leaky_relu(0.0)", Activation.leakyRelu(-0.0).name());
    String message = assertThrows(IllegalArgumentException.class, () -> Activation.leakyRelu(1e300)).getMessage();
    assertEquals("slope must be finite and not negative, but is 1.0E300, which is Infinity as a float", message);
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
    network.fit(x, y, fit.checkpoint(file, 60));
    assertEquals(
        network.fit(x, y, fit).epochs().getLast().loss(),
        Network.resume(file, square).fit(x, y, fit.epochs(120)).last().loss());
    String message = assertThrows(ModelFileException.class, () -> Network.load(file)).getMessage();
    assertTrue(message.contains("one that is passed to load") && message.contains("square"), message);
  }

  /** A network knows its loss by name; evaluating by one of one's own needs it again. */
  @Test
  void aLossOfOnesOwn(@TempDir Path folder) {
    Loss loss = new LogCosh(1);
    Network network = Network.of(1, new int[] {3, 8, 2}, Activation.TANH, Activation.IDENTITY);
    Matrix x = TestData.unit(1, 60, 3);
    Matrix y = TestData.normal(2, 60, 2);
    Fit fit = Fit.with(loss).learningRate(0.3).epochs(40);
    double first = network.evaluate(x, y, loss);
    network.fit(x, y, fit);
    double last = network.evaluate(x, y);
    assertTrue(last < first, first + " became " + last);
    assertEquals(loss.value(network.predict(x), y), last, 1e-6);
    Path file = folder.resolve("own");
    network.save(file);
    Network loaded = Network.load(file);
    assertEquals(last, loaded.evaluate(x, y, loss));
    assertThrows(IllegalStateException.class, () -> loaded.evaluate(x, y));
    loaded.fit(x, y, fit.epochs(1));
    assertEquals(loaded.evaluate(x, y, loss), loaded.evaluate(x, y), "it has been given");
    loaded.fit(x, y, Fit.with(Loss.MAE).epochs(1));
    assertEquals(loaded.evaluate(x, y, Loss.MAE), loaded.evaluate(x, y));
  }

  /** Its way back is that of the built-in one, and it says nothing of z and a: z is what it gets. */
  @Test
  void anActivationThatSaysNothingOfItsWayBack() {
    Activation swish = new Activation("swish") {
      @Override
      public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
        Activation.SILU.apply(rows, cols, ld, z, a, at);
      }

      @Override
      public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
        Activation.SILU.backward(rows, cols, ld, z, a, delta, at);
      }
    };
    Matrix x = TestData.unit(1, 40, 3);
    int[] labels = TestData.labels(2, 40, 2);
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).epochs(3);
    Network own = Network.of(1, new int[] {3, 8, 2}, swish, Activation.SOFTMAX);
    Network builtIn = Network.of(1, new int[] {3, 8, 2}, Activation.SILU, Activation.SOFTMAX);
    own.fit(x, labels, fit);
    builtIn.fit(x, labels, fit);
    assertEquals(TestData.state(builtIn), TestData.state(own));
  }
}
