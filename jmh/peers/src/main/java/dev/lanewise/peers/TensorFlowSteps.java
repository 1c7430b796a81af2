package dev.lanewise.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.SparseSoftmaxCrossEntropyWithLogits;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Trains a step of the benchmarks by TensorFlow for Java, in a graph that is run once a step: plain descent, softmax with cross-entropy,
 * shuffled rows. The rows are in TensorFlow's memory from the beginning, and a step is given the numbers of its rows.
 *
 * <p>Arguments: the directory with {@code x.f32}, {@code labels.i32} and {@code weights-0.f32} (inputs × outputs), {@code weights-1.f32} …
 * as raw little-endian arrays; the widths as in {@code 64-15-10}; {@code sigmoid} or {@code relu}; the rows of a batch, a divisor of all;
 * the learning rate; threads; epochs before the loss is taken; seconds to warm up and to measure.
 *
 * <p>Prints the version and, in the last line, the samples a second of the median epoch and the mean loss of the first epoch and of the
 * last of those before the warm-up.
 */
public final class TensorFlowSteps {

  /** With fewer weights a step is over sooner than another thread has taken it. */
  private static final int SMALL = 1 << 16;

  private final int[] widths;
  private final boolean sigmoid;
  private final int batch;
  private final Ops tf;
  private final Placeholder<TInt32> numbers;
  private final Operand<TFloat32> loss;
  private final List<Op> steps = new ArrayList<>();

  /** What is to run before the first step, with its inputs. */
  private final List<Op> initial = new ArrayList<>();

  private final Placeholder<TFloat32> givenX;
  private final Placeholder<TInt32> givenLabels;

  private TensorFlowSteps(Graph graph, Path directory, int rows, int[] widths, boolean sigmoid, int batch, float rate)
      throws IOException {
    this.widths = widths;
    this.sigmoid = sigmoid;
    this.batch = batch;
    tf = Ops.create(graph);
    givenX = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(rows, widths[0])));
    givenLabels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(rows)));
    Variable<TFloat32> x = tf.variable(Shape.of(rows, widths[0]), TFloat32.class);
    Variable<TInt32> labels = tf.variable(Shape.of(rows), TInt32.class);
    initial.add(tf.assign(x, givenX));
    initial.add(tf.assign(labels, givenLabels));
    numbers = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batch)));
    List<Variable<TFloat32>> parameters = new ArrayList<>();
    Operand<TFloat32> z = outputs(directory, tf.gather(x, numbers, tf.constant(0)), parameters);
    SparseSoftmaxCrossEntropyWithLogits<TFloat32> crossEntropy =
        tf.nn.sparseSoftmaxCrossEntropyWithLogits(z, tf.gather(labels, numbers, tf.constant(0)));
    loss = tf.math.mean(crossEntropy.loss(), tf.constant(0));
    // TensorFlow has no gradient of this loss outside Python, but the operation has the one of each row.
    Operand<TFloat32> delta = tf.math.mul(crossEntropy.backprop(), tf.constant(1f / batch));
    Gradients gradients = Gradients.create(tf.scope(), List.of(z), parameters, Gradients.dx(List.of(delta)));
    Operand<TFloat32> rateOfSteps = tf.constant(rate);
    // No weight moves before all that is computed from it has been.
    Ops afterwards = tf.withControlDependencies(gradients.dy().stream().map(each -> (Op) each).toList());
    for (int i = 0; i < parameters.size(); i++) {
      steps.add(afterwards.train.applyGradientDescent(parameters.get(i), rateOfSteps, gradients.dy(i)));
    }
  }

  /** Weighted sums of the last layer; adds each layer's weights and biases to the parameters. */
  private Operand<TFloat32> outputs(Path directory, Operand<TFloat32> x, List<Variable<TFloat32>> parameters) throws IOException {
    Operand<TFloat32> a = x;
    for (int l = 0; l < widths.length - 1; l++) {
      int[] shape = {widths[l], widths[l + 1]};
      Variable<TFloat32> weights = tf.variable(Shape.of(shape[0], shape[1]), TFloat32.class);
      Variable<TFloat32> biases = tf.variable(Shape.of(shape[1]), TFloat32.class);
      float[] first = floats(directory.resolve("weights-" + l + ".f32"));
      initial.add(tf.assign(weights, tf.reshape(tf.constant(first), tf.constant(shape))));
      initial.add(tf.assign(biases, tf.constant(new float[shape[1]])));
      parameters.add(weights);
      parameters.add(biases);
      Operand<TFloat32> z = tf.nn.biasAdd(tf.linalg.matMul(a, weights), biases);
      if (l == widths.length - 2) {
        return z;
      }
      a = sigmoid ? tf.math.sigmoid(z) : tf.nn.relu(z);
    }
    throw new IllegalArgumentException("no layers in " + Arrays.toString(widths));
  }

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    int[] widths = Stream.of(args[1].split("-")).mapToInt(Integer::parseInt).toArray();
    int threads = Integer.parseInt(args[5]);
    float[] x = floats(directory.resolve("x.f32"));
    int[] labels = ints(directory.resolve("labels.i32"));
    System.out.println("TensorFlow " + TensorFlow.version());
    ConfigProto config =
        ConfigProto.newBuilder().setIntraOpParallelismThreads(threads).setInterOpParallelismThreads(between(widths, threads)).build();
    try (Graph graph = new Graph(); Session session = new Session(graph, config)) {
      TensorFlowSteps network = new TensorFlowSteps(
          graph, directory, labels.length, widths, args[2].equals("sigmoid"), Integer.parseInt(args[3]), Float.parseFloat(args[4]));
      network.begin(session, x, labels);
      network.measure(session, labels.length, Integer.parseInt(args[6]), Double.parseDouble(args[7]), Double.parseDouble(args[8]));
    }
  }

  /**
   * Threads between which operations are divided; -1 for the caller's own, which is two to three times as fast for small steps, as fast
   * for others on one thread, and slower on more.
   */
  private static int between(int[] widths, int threads) {
    int weights = 0;
    for (int l = 0; l < widths.length - 1; l++) {
      weights += widths[l] * widths[l + 1];
    }
    return threads == 1 || weights < SMALL ? -1 : threads;
  }

  private void begin(Session session, float[] x, int[] labels) {
    try (TFloat32 rows = TFloat32.tensorOf(Shape.of(labels.length, widths[0]), DataBuffers.of(x));
        TInt32 classes = TInt32.tensorOf(Shape.of(labels.length), DataBuffers.of(labels))) {
      Session.Runner runner = session.runner().feed(givenX, rows).feed(givenLabels, classes);
      initial.forEach(runner::addTarget);
      runner.run().close();
    }
  }

  private void measure(Session session, int rows, int epochs, double warmUp, double seconds) {
    Random random = new Random(1);
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    List<Double> rates = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    long begin = System.nanoTime();
    long before = begin;
    for (int number = 1; ; number++) {
      double mean = epoch(session, order, random);
      long now = System.nanoTime();
      if (number == 1 || number == epochs) {
        losses.add(mean);
      }
      if (number == epochs) {
        begin = now;
      } else if (number > epochs && before - begin >= warmUp * 1e9) {
        rates.add(rows / ((now - before) * 1e-9));
        if (now - begin >= (warmUp + seconds) * 1e9) {
          break;
        }
      }
      before = now;
    }
    double[] sorted = rates.stream().mapToDouble(rate -> rate).sorted().toArray();
    int middle = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    System.out.println(median + " " + losses.getFirst() + " " + losses.getLast());
  }

  /** Trains once on all rows, in another order than before; returns their mean loss. */
  private double epoch(Session session, int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
    double sum = 0;
    int count = 0;
    for (int at = 0; at + batch <= order.length; at += batch) {
      int[] some = Arrays.copyOfRange(order, at, at + batch);
      try (TInt32 rows = TInt32.tensorOf(Shape.of(batch), DataBuffers.of(some))) {
        Session.Runner runner = session.runner().feed(numbers, rows);
        steps.forEach(runner::addTarget);
        try (Result result = runner.fetch(loss).run()) {
          sum += ((TFloat32) result.get(0)).getFloat();
        }
      }
      count++;
    }
    return sum / count;
  }

  private static ByteBuffer bytes(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = bytes(file);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  private static int[] ints(Path file) throws IOException {
    ByteBuffer bytes = bytes(file);
    int[] ints = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(ints);
    return ints;
  }
}
