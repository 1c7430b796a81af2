package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.io.ModelFileException;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Activations and losses of one's own, from outside the package of the built-in ones. */
class OwnPartsTest {

  private static final class Own extends Activation {
    Own(String name) {
      super(name);
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      System.arraycopy(z, at, a, at, rows * ld);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      // the prime is 1
    }
  }

  /** tanh, which leaves in the padding of rows what is no number, as an activation of one's own may. */
  private static final class Careless extends Activation {
    Careless() {
      super("careless");
    }

    @Override
    public boolean goesBackFromA() {
      return true;
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      TANH.apply(rows, cols, ld, z, a, at);
      fillPadding(rows, cols, ld, a, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      TANH.backward(rows, cols, ld, z, a, delta, at);
      fillPadding(rows, cols, ld, delta, at);
    }

    private static void fillPadding(int rows, int cols, int ld, float[] x, int at) {
      for (int i = 0; i < rows; i++) {
        Arrays.fill(x, at + i * ld + cols, at + (i + 1) * ld, Float.NaN);
      }
    }
  }

  /** sigmoid, from a alone. */
  private static final class FromA extends Activation {
    FromA() {
      super("own_sigmoid");
    }

    @Override
    public boolean goesBackFromA() {
      return true;
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      SIGMOID.apply(rows, cols, ld, z, a, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        delta[i] *= a[i] * (1 - a[i]);
      }
    }
  }

  /** Each sum times the first of its row, which is a square by then where a overwrites z. */
  private static final class FromZAlone extends Activation {
    FromZAlone() {
      super("from_z_alone");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < cols; j++) {
          a[at + i * ld + j] = z[at + i * ld] * z[at + i * ld + j];
        }
      }
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      throw new UnsupportedOperationException("nothing is trained here");
    }
  }

  /** {@code apply} may be told to overwrite z, but predictions do not tell one that may not have been tried so. */
  @Test
  void oneThatNeedsItsSumsUntilTheEndIsPredictedWith() {
    Network network = Network.of(1, new int[] {4, 5, 3}, new FromZAlone(), Activation.IDENTITY);
    Matrix x = TestData.normal(1, 40, 4);
    Matrix z = network.forward(x).getFirst().z();
    Matrix hidden = Matrix.zeros(40, 5);
    new FromZAlone().apply(40, 5, 5, z.data(), hidden.data(), 0);
    assertEquals(hidden, network.forward(x).getFirst().a());
    assertEquals(network.forward(x).getLast().a(), network.predict(x));
  }

  /** In the last layer z is not overwritten, since losses need it. */
  @Test
  void anActivationThatGoesBackFromAIsOneOfAnyLayer() {
    Matrix x = TestData.normal(1, 40, 4);
    Matrix y = TestData.unit(2, 40, 3);
    for (Fit fit : List.of(Fit.with(Loss.MSE), Fit.with(Loss.MAE), Fit.published())) {
      Network own = Network.of(1, new int[] {4, 5, 3}, new FromA(), new FromA());
      Network sigmoid = Network.of(1, new int[] {4, 5, 3}, Activation.SIGMOID, Activation.SIGMOID);
      own.fit(x, y, fit.epochs(3).learningRate(0.5));
      sigmoid.fit(x, y, fit.epochs(3).learningRate(0.5));
      for (int l = 0; l < 2; l++) {
        assertArrayEquals(sigmoid.layers().get(l).weights().data(), own.layers().get(l).weights().data(), 1e-6f);
      }
    }
  }

  /** Of layers narrower and wider than their rows are long, with a norm that sums over whole rows. */
  @ParameterizedTest
  @ValueSource(ints = {15, 16, 20, 70})
  void paddingIsNobodysBusiness(int width) {
    Matrix x = TestData.normal(1, 40, 5);
    int[] labels = TestData.labels(2, 40, 3);
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).epochs(3).batchSize(16);
    for (Fit each : List.of(fit, fit.clipNorm(0.1), fit.optimizer(Optimizer.adam()))) {
      Network careless = Network.of(1, new int[] {5, width, 17, 3}, new Careless(), new Careless(), Activation.SOFTMAX);
      Network tanh = Network.of(1, new int[] {5, width, 17, 3}, Activation.TANH, Activation.TANH, Activation.SOFTMAX);
      careless.fit(x, labels, each);
      tanh.fit(x, labels, each);
      assertEquals(TestData.parameters(tanh), TestData.parameters(careless), each.toString());
    }
  }

  /** What it makes of an error of zero, which only the padding has. */
  @Test
  void paddingIsNobodysBusinessInALossEither() {
    Matrix x = TestData.normal(1, 40, 5);
    Matrix y = TestData.unit(2, 40, 3);
    OwnLoss plain = OwnLoss.halfSquares("own", 1, 0);
    OwnLoss careless =
        new OwnLoss("careless", 1, 0, error -> 0.5 * error * error, error -> error == 0 ? Double.NaN : error);
    Network expected = Network.of(1, new int[] {5, 4, 3}, Activation.TANH, Activation.IDENTITY);
    Network network = Network.of(1, new int[] {5, 4, 3}, Activation.TANH, Activation.IDENTITY);
    expected.fit(x, y, Fit.with(plain).clipNorm(0.1).epochs(3).batchSize(16));
    network.fit(x, y, Fit.with(careless).clipNorm(0.1).epochs(3).batchSize(16));
    assertEquals(TestData.parameters(expected), TestData.parameters(network));
  }

  /** Numbers that are 1 and 0 stay what they are, where a loss has others for classes. */
  @Test
  void numbersAreNoClasses() {
    Matrix x = TestData.normal(1, 40, 5);
    Matrix y = TestData.unit(2, 40, 3);
    for (int i = 0; i < y.data().length; i += 2) {
      y.data()[i] = i / 2 % 2;
    }
    Network expected = Network.of(1, new int[] {5, 4, 3}, Activation.TANH, Activation.IDENTITY);
    Network network = Network.of(1, new int[] {5, 4, 3}, Activation.TANH, Activation.IDENTITY);
    expected.fit(x, y, Fit.with(OwnLoss.halfSquares("own", 1, 0)).epochs(3).batchSize(16));
    network.fit(x, y, Fit.with(OwnLoss.halfSquares("own", 4, 2)).epochs(3).batchSize(16));
    assertEquals(TestData.parameters(expected), TestData.parameters(network));
  }

  /** A file has names only, and would be read as another network. */
  @Test
  void namesOfBuiltInOnes() {
    for (String name : new String[] {"relu", "leaky_relu(0.25)"}) {
      String message = assertThrows(IllegalArgumentException.class, () -> new Own(name)).getMessage();
      assertEquals("there is a built-in activation \"" + name + "\": one of your own needs another name", message);
    }
    for (String name : new String[] {"mse", "huber(2.0)"}) {
      String message = assertThrows(IllegalArgumentException.class, () -> OwnLoss.halfSquares(name, 4, 2)).getMessage();
      assertEquals("there is a built-in loss \"" + name + "\": one of your own needs another name", message);
    }
  }

  /** Messages and summaries have it within a line. */
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "\u007f"})
  void namesThatAreNone(String name) {
    String end = " must not be blank or have control characters, but is \"" + name.replace('\n', '?').replace('\u007f', '?') + "\"";
    String activation = assertThrows(IllegalArgumentException.class, () -> new Own(name)).getMessage();
    assertEquals("the name of an activation" + end, activation);
    String loss = assertThrows(IllegalArgumentException.class, () -> OwnLoss.halfSquares(name, 4, 2)).getMessage();
    assertEquals("the name of a loss" + end, loss);
  }

  @Test
  void loadFindsEachByItsName(@TempDir Path folder) {
    Network network = Network.of(1, new int[] {4, 5, 3}, new Own("straight"), new FromA());
    network.save(folder.resolve("own"));
    Matrix x = TestData.normal(1, 10, 4);
    for (Activation[] own : new Activation[][] {{new Own("straight"), new FromA()}, {new FromA(), new Own("straight")}}) {
      assertEquals(network.predict(x), Network.load(folder.resolve("own"), own).predict(x));
    }
    Own first = new Own("straight");
    Network loaded = Network.load(folder.resolve("own"), first, Activation.RELU, new FromA(), new Own("straight"));
    assertSame(first, loaded.layers().getFirst().activation());
  }

  /** Labels become its targets, be it one of them or both that are not 1 and 0. */
  @ParameterizedTest
  @CsvSource({"2, 0", "1, -1", "0.5, 0.25"})
  void labelsStandForItsTargets(float of, float notOf) {
    Matrix x = TestData.normal(1, 12, 4);
    int[] labels = TestData.labels(2, 12, 3);
    Matrix y = TestData.oneHot(labels, 3);
    for (int i = 0; i < y.data().length; i++) {
      y.data()[i] = y.data()[i] == 1 ? of : notOf;
    }
    Fit fit = Fit.with(OwnLoss.halfSquares("own", of, notOf)).epochs(2).batchSize(5);
    Network expected = Network.of(1, new int[] {4, 3}, Activation.IDENTITY);
    expected.fit(x, y, fit);
    Network network = Network.of(1, new int[] {4, 3}, Activation.IDENTITY);
    network.fit(x, labels, fit);
    assertEquals(TestData.parameters(expected), TestData.parameters(network));
  }

  /** Whether a row is of the class is asked of a network whose loss is not there, too. */
  @Test
  void whereTheClassBegins(@TempDir Path folder) {
    Matrix x = Matrix.of(4, 1, -2, -1, 1, 2);
    int[] labels = {0, 0, 1, 1};
    Network network = Network.of(1, new int[] {1, 1}, new Own("straight"));
    network.fit(x, labels, Fit.with(OwnLoss.halfSquares("own", 4, 2)).learningRate(0.1).batchSize(4).epochs(300));
    assertArrayEquals(labels, network.classify(x));
    network.save(folder.resolve("own"));
    String unknown = assertThrows(ModelFileException.class, () -> Network.load(folder.resolve("own"))).getMessage();
    assertEquals(
        "cannot read " + folder.resolve("own") + ": network.layers[0].activation must be the name of a built-in activation, or of "
            + "one that is passed to load, but is \"straight\"",
        unknown);
    Network loaded = Network.load(folder.resolve("own"), new Own("straight"));
    assertArrayEquals(labels, loaded.classify(x));
    loaded.save(folder.resolve("again"));
    Network again = Network.load(folder.resolve("again"), new Own("straight"));
    assertArrayEquals(labels, again.classify(x));
    assertArrayEquals(labels, again.predictor().classify(x));
  }

  /** Nothing could be told by them, nor a network saved that was trained on them. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "NaN, 0", "1, NaN", "Infinity, 0", "3e38, 2e38"})
  void targetsThatTellNoClasses(float of, float notOf) {
    Network network = Network.of(1, new int[] {2, 2}, Activation.IDENTITY);
    Fit fit = Fit.with(OwnLoss.halfSquares("own", of, notOf));
    String message =
        assertThrows(IllegalArgumentException.class, () -> network.fit(Matrix.zeros(3, 2), Matrix.zeros(3, 2), fit)).getMessage();
    assertEquals(
        "the targets of own are " + of + " for a row that is of a class and " + notOf
            + " for one that is not: both and their sum must be finite, and the first larger",
        message);
    assertEquals(0, network.epochsTrained());
  }
}
