package dev.lanewise;

import dev.lanewise.data.Dataset;
import dev.lanewise.engine.Inference;
import dev.lanewise.engine.LastLoss;
import dev.lanewise.engine.ParameterStore;
import dev.lanewise.io.ModelFile;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.LayerOutput;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.Source;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A dense feed-forward network: layers of a = f(x·W + b), one after the other.
 *
 * <p>Predictions may be asked for from any number of threads, also while the network is fitted: they then come from the
 * parameters at the end of the last epoch, never from a mixture. One fit at a time.
 *
 * <p>The same seeds give the same bits, on any number of threads, at any vector width and with the scalar kernels.
 */
public final class Network {

  private final List<Dense> layers;
  private final List<Layer> views;
  private final ParameterStore store;
  private final Inference inference;
  private final Training training;
  private final Shapes shapes;

  /** Set by any thread, and read by one that fits with each checkpoint. */
  private volatile Map<String, Object> preprocessing;

  Network(List<Dense> layers, long epochs, LastLoss loss, ParameterStore.Start start) {
    this.layers = List.copyOf(layers);
    store = new ParameterStore(this.layers, epochs, loss, start);
    inference = new Inference(store);
    training = new Training(this, store);
    shapes = new Shapes(layers.getFirst().inputs(), layers.getLast().outputs(), dimensions(layers));
    List<Layer> all = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      all.add(new LayerView(l, store, training::exclusively));
    }
    views = List.copyOf(all);
  }

  /** {@link #of(long, int[], Activation...)} with seed 0. */
  public static Network of(int[] dimensions, Activation... activations) {
    return of(0, dimensions, activations);
  }

  /**
   * A network with weights from N(0, 1) / √inputs and biases of zero.
   *
   * @param seed what the initial weights depend on
   * @param dimensions the number of inputs, then the number of outputs of each layer
   * @param activations one for each layer; softmax is legal only last
   * @throws IllegalArgumentException if there are fewer than two dimensions, one is not positive, there is not one
   *     activation for each layer, or softmax is not the last
   */
  public static Network of(long seed, int[] dimensions, Activation... activations) {
    if (dimensions.length < 2) {
      throw new IllegalArgumentException(
          Message.of("a network needs at least two dimensions, inputs and outputs, but %d are given", dimensions.length));
    }
    if (activations.length != dimensions.length - 1) {
      throw new IllegalArgumentException(
          Message.of(
              "%d dimensions make %d layers, but %d activations are given", dimensions.length, dimensions.length - 1, activations.length));
    }
    NetworkBuilder builder = input(dimensions[0]);
    for (int l = 0; l < activations.length; l++) {
      builder.dense(dimensions[l + 1], activations[l]);
    }
    return builder.seed(seed).build();
  }

  /**
   * Begins a network layer by layer: {@code Network.input(64).dense(15, RELU).dense(10, SIGMOID).seed(1).build()}.
   *
   * @param inputs the number of inputs
   * @throws IllegalArgumentException if not positive
   */
  public static NetworkBuilder input(int inputs) {
    return new NetworkBuilder(inputs);
  }

  /**
   * Which kernels networks compute with in this process now, for a log: {@code "vector kernels at 512 bits"}, or scalar ones and why, as
   * in {@code "scalar kernels: add --add-modules jdk.incubator.vector"}. Scalar kernels begin; the vector ones take over once they are
   * compiled.
   */
  public static String kernels() {
    return KernelProvider.describe();
  }

  /** The layers, the first first: views that read and replace this network's parameters. */
  public List<Layer> layers() {
    return views;
  }

  /** The number of inputs. */
  public int inputs() {
    return shapes.inputs();
  }

  /** The number of outputs. */
  public int outputs() {
    return shapes.outputs();
  }

  /** How many whole epochs it has been trained, by all fits, and before it was saved if it was read from a file. */
  public long epochsTrained() {
    return store.epochs();
  }

  // ---------------------------------------------------------------------------------------------------------------- fit

  /**
   * Trains on rows from a source, continuing from the current parameters. The order of the rows of an epoch depends on
   * the fit's seed and on how many epochs this network has been trained, so that two fits of five epochs equal one of ten if
   * the optimizer is plain descent, the schedule constant and nothing watches the loss: what others remember ends with a fit. {@link
   * #partialFit} and checkpoints keep it.
   *
   * <p>What a callback throws, writing a checkpoint, or a loss or activation of one's own on rows that validate, ends the fit; the network
   * has what it learnt until then.
   *
   * @throws IllegalArgumentException before anything changes, if the source, the loss or the network do not go together, or the fit is
   *     not that of the run that this network was read with; and during an epoch, if a row is not finite, or its targets are none
   *     that the loss takes, if the source has no rows or all have a weight of zero, or if the schedule's rate is negative or not finite:
   *     the network is then as at the start of that epoch. A source of one's own, of a file or of a stream may throw more
   * @throws IllegalStateException if another fit of this network is running
   * @throws ArithmeticException if the loss of a batch or a parameter stops being finite, or, after the last batch of an epoch, the loss of
   *     its first sixteen rows; the network is then as it was at the start of that epoch, or at the end of the best one, if the fit stops
   *     early
   * @throws dev.lanewise.io.ModelFileException if a checkpoint cannot be written
   */
  public History fit(Source source, Fit fit) {
    return training.fit(source, fit);
  }

  /**
   * Trains on rows in memory; see {@link #fit(Source, Fit)}.
   *
   * @param x rows × inputs, finite
   * @param y rows × outputs, finite
   */
  public History fit(Matrix x, Matrix y, Fit fit) {
    return fit(Rows.of(x, y, fit));
  }

  /**
   * Trains on rows in memory with class labels; see {@link Source#of(Matrix, int[], int)}.
   *
   * @param x rows × inputs, finite
   * @param labels for each row 0..outputs − 1, or 0 and 1 for a network with one output
   */
  public History fit(Matrix x, int[] labels, Fit fit) {
    return fit(Rows.of(x, labels, outputs(), fit));
  }

  /**
   * Trains on rows in memory that count for more or less than others: the loss of a batch is Σ wᵢ lᵢ / Σ wᵢ.
   *
   * @param x rows × inputs, finite
   * @param y rows × outputs, finite
   * @param weights one for each row, finite and not negative
   */
  public History fit(Matrix x, Matrix y, float[] weights, Fit fit) {
    return fit(Rows.of(x, y, weights, fit));
  }

  /** {@link #fit(Matrix, Matrix, float[], Fit)} with class labels. */
  public History fit(Matrix x, int[] labels, float[] weights, Fit fit) {
    return fit(Rows.of(x, labels, outputs(), weights, fit));
  }

  /**
   * Trains on the rows of a dataset, with its labels or its targets.
   *
   * @throws IllegalArgumentException also if the dataset has another number of classes than the network tells apart
   */
  public History fit(Dataset dataset, Fit fit) {
    return fit(Rows.of(dataset, this, fit));
  }

  private History fit(Rows rows) {
    return fit(rows.source(), rows.fit());
  }

  /**
   * Goes over the rows of a source once, and goes on where the last call of this left off: what the optimizer remembers stays
   * from call to call, as long as it is the same optimizer, no call fails after a step and nothing else trains the network in between. So k
   * calls with the same rows end in the bits of one fit of k epochs. An interrupt ends it after the batch at hand, and stays set:
   * the rows of that epoch come again in the next call.
   *
   * <p>What the optimizer remembers is in the file of a {@linkplain Fit#checkpoint checkpoint}, from which {@link #resume(Path,
   * Activation...)} goes on, and not in that of {@link #save(Path)}.
   *
   * <p>Each call makes its own working arrays and threads: for a few rows at a time, collect some batches of them first.
   *
   * @param fit how to train; its number of epochs is nothing but what a schedule is told: one that falls to 0 by its end, as {@link
   *     dev.lanewise.optim.Schedule#cosine()}, trains no more after so many calls
   * @return what this epoch did; epochs are numbered by call from 1, and the call after one that was cut short has that number again
   * @throws IllegalArgumentException also if the fit is to stop early, by a condition or after a time: that is up to the caller
   */
  public Epoch partialFit(Source source, Fit fit) {
    return training.partialFit(source, fit);
  }

  /** {@link #partialFit(Source, Fit)} of rows in memory. */
  public Epoch partialFit(Matrix x, Matrix y, Fit fit) {
    return partialFit(Rows.of(x, y, fit));
  }

  /** {@link #partialFit(Source, Fit)} of rows in memory with class labels. */
  public Epoch partialFit(Matrix x, int[] labels, Fit fit) {
    return partialFit(Rows.of(x, labels, outputs(), fit));
  }

  /** {@link #partialFit(Source, Fit)} of rows in memory that count as in {@link #fit(Matrix, Matrix, float[], Fit)}. */
  public Epoch partialFit(Matrix x, Matrix y, float[] weights, Fit fit) {
    return partialFit(Rows.of(x, y, weights, fit));
  }

  /** {@link #partialFit(Matrix, Matrix, float[], Fit)} with class labels. */
  public Epoch partialFit(Matrix x, int[] labels, float[] weights, Fit fit) {
    return partialFit(Rows.of(x, labels, outputs(), weights, fit));
  }

  /** {@link #partialFit(Source, Fit)} of the rows of a dataset, with its labels or its targets. */
  public Epoch partialFit(Dataset dataset, Fit fit) {
    return partialFit(Rows.of(dataset, this, fit));
  }

  private Epoch partialFit(Rows rows) {
    return partialFit(rows.source(), rows.fit());
  }

  void requireColumns(String name, int columns, int expected) {
    shapes.requireColumns(name, columns, expected);
  }

  // --------------------------------------------------------------------------------------------------------------- files

  /**
   * Writes the network to a file, in place of what is there: under its name there is always a whole file. See {@link ModelFile}.
   *
   * @throws dev.lanewise.io.ModelFileException if that is not possible
   */
  public void save(Path path) {
    file(preprocessing).write(path);
  }

  /**
   * Writes what {@link #save(Path)} has in a file to a stream, which is flushed and not closed. Nothing tells a stream that is cut from one
   * that is whole but reading it.
   *
   * @throws dev.lanewise.io.ModelFileException if that is not possible
   */
  public void save(OutputStream out) {
    file(preprocessing).write(out);
  }

  /** What a file of this network has now: a checkpoint has its run besides. */
  ModelFile.Builder file() {
    return file(preprocessing);
  }

  /** What a file has with that for what makes raw rows its inputs, or null. */
  ModelFile.Builder file(Map<String, Object> preprocessing) {
    ModelFile.Builder file = ModelFile.builder();
    NetworkFile.write(file, store);
    if (preprocessing != null) {
      file.json(Model.PREPROCESSING, preprocessing);
    }
    return file;
  }

  /** What is to be in the files of this network, checkpoints too, for raw rows to become its inputs. */
  void setPreprocessing(Map<String, Object> map) {
    preprocessing = map;
  }

  /**
   * Reads a network from a file of any length. Its next fit takes the rows in the order in which that of the saved one would have, and
   * like any fit begins with nothing that an optimizer remembers: {@link #resume(Path, Activation...)} goes on with a run.
   *
   * @param own activations of one's own that the network may have, which the file knows by name: of several with one name the first is
   *     taken, and built-in ones need not be among them, but may
   * @throws dev.lanewise.io.ModelFileException if the file is damaged, of another version or not a model, has another activation
   *     still, layers that {@link NetworkBuilder} refuses, tensors that nothing in it asks for or values that none can have, or
   *     needs more memory than there is
   */
  public static Network load(Path path, Activation... own) {
    return load(path, Long.MAX_VALUE, own);
  }

  /**
   * {@link #load(Path, Activation...)} with a limit, for a file of somebody else's: the memory it takes follows from its length.
   *
   * @param maxBytes the longest file that is read
   * @param own activations of one's own, as for {@link #load(Path, Activation...)}
   * @throws dev.lanewise.io.ModelFileException also if the file is longer
   */
  public static Network load(Path path, long maxBytes, Activation... own) {
    return of(NetworkFile.read(path, maxBytes, header -> {}, own));
  }

  /**
   * {@link #load(Path, Activation...)} from a stream, such as that of a resource in a jar. It is read to its end and not closed, and takes
   * its length in memory besides until then.
   *
   * @param own activations of one's own, as for {@link #load(Path, Activation...)}
   * @throws dev.lanewise.io.ModelFileException also if the stream has more than 2³¹ − 9 bytes
   */
  public static Network load(InputStream in, Activation... own) {
    return load(in, Long.MAX_VALUE, own);
  }

  /**
   * {@link #load(InputStream, Activation...)} with a limit.
   *
   * @param maxBytes the most bytes that are read
   * @param own activations of one's own, as for {@link #load(InputStream, Activation...)}
   * @throws dev.lanewise.io.ModelFileException also if there are more
   */
  public static Network load(InputStream in, long maxBytes, Activation... own) {
    return of(NetworkFile.read(in, maxBytes, header -> {}, own));
  }

  /**
   * Reads a checkpoint of any length. The next fit of this network goes on with the run that was saved, and ends with the same bits as if
   * it had never stopped: {@link Fit#epochs} counts all epochs of it, and all other options but threads, callbacks, conditions, time limit
   * and checkpoint must be those of the run, as must the number of rows. Fewer epochs than it has had are refused; as many train nothing,
   * and end it. That the rows themselves, their weights and a schedule of one's own are those of the run is up to the caller, as is what
   * setting a parameter before that fit does to it. What the run remembers stays in memory until then: to predict, {@link #load(Path,
   * Activation...) load} the file.
   *
   * @param own activations of one's own, as for {@link #load(Path, Activation...)}
   * @throws dev.lanewise.io.ModelFileException as {@link #load(Path, Activation...)} does, or if the file is no checkpoint
   */
  public static Network resume(Path path, Activation... own) {
    return resume(path, Long.MAX_VALUE, own);
  }

  /**
   * {@link #resume(Path, Activation...)} with a limit.
   *
   * @param maxBytes the longest file that is read
   * @param own activations of one's own, as for {@link #load(Path, Activation...)}
   * @throws dev.lanewise.io.ModelFileException also if the file is longer
   */
  public static Network resume(Path path, long maxBytes, Activation... own) {
    return resume(NetworkFile.read(path, maxBytes, RunFile::requireIn, own));
  }

  static Network resume(NetworkFile checkpoint) {
    Network network = of(checkpoint);
    network.training.goOnWith(checkpoint);
    return network;
  }

  static Network of(NetworkFile read) {
    ModelFile file = read.file();
    Network network = read.make(() -> new Network(read.layers(), read.epochs(), read.loss(), read::parameters));
    network.preprocessing = file.hasJson(Model.PREPROCESSING) ? file.json(Model.PREPROCESSING).asMap() : null;
    return network;
  }

  // ------------------------------------------------------------------------------------------------------------ predict

  /**
   * The activations of the last layer, rows × outputs. A value that is not finite is calculated with like any other, and mostly
   * ends in NaN.
   *
   * @param x rows × inputs
   * @throws IllegalArgumentException if x has another number of columns
   */
  public Matrix predict(Matrix x) {
    shapes.requireInputs(x);
    return predict(x, Matrix.zeros(x.rows(), outputs()));
  }

  /**
   * Writes the activations of the last layer to a matrix of the caller's and returns it.
   *
   * @param x rows × inputs
   * @param out rows × outputs
   * @throws IllegalArgumentException if a shape differs
   */
  public Matrix predict(Matrix x, Matrix out) {
    shapes.requireInputs(x);
    shapes.requireOut(x, out);
    inference.predict(x.rows(), x.data(), out.data());
    return out;
  }

  /**
   * Writes the activations of the last layer for one row to an array of the caller's and returns it.
   *
   * @param row as many values as inputs
   * @param out as many values as outputs
   * @throws IllegalArgumentException if a length differs
   */
  public float[] predict(float[] row, float[] out) {
    shapes.requireRow(row, out);
    inference.predict(1, row, out);
    return out;
  }

  /**
   * The class of each row: the output with the largest activation. With one output: 1 where it is at least 0.5 (at least 0 if the
   * last fit had a hinge loss), otherwise 0.
   *
   * @param x rows × inputs, finite
   * @throws IllegalArgumentException if x has another number of columns, or a value that is not finite
   * @throws ArithmeticException if an output is NaN, since values are too large for the weights
   */
  public int[] classify(Matrix x) {
    shapes.requireInputs(x);
    x.requireFinite("x");
    return inference.classify(x);
  }

  /**
   * The class of one row; see {@link #classify(Matrix)}.
   *
   * @param row as many values as inputs, finite
   * @throws IllegalArgumentException if there are others
   */
  public int classify(float[] row) {
    return classify(Matrix.of(1, row.length, row))[0];
  }

  /**
   * The loss over all rows, under the loss of the last fit (mean squared error before the first); infinite where that of a row is beyond
   * floats.
   *
   * @param x rows × inputs
   * @param y rows × outputs
   * @throws IllegalArgumentException if a shape differs, there are no rows, a value is not finite, or a target is none of the
   *     loss's
   * @throws IllegalStateException if the network was trained on a loss of one's own and then read from a file, which has only its name
   */
  public double evaluate(Matrix x, Matrix y) {
    return inference.evaluate(x, by -> checked(x, y, by));
  }

  /**
   * The loss of the last fit (mean squared error before the first) over rows with class labels.
   *
   * @param x rows × inputs
   * @param labels for each row 0..outputs − 1, or 0 and 1 for a network with one output
   * @throws IllegalArgumentException if there are other labels, or not as many as rows, or no rows
   * @throws IllegalStateException as {@link #evaluate(Matrix, Matrix)} does
   */
  public double evaluate(Matrix x, int[] labels) {
    return inference.evaluate(x, by -> checked(x, Rows.targets(x, labels, outputs(), by), by));
  }

  /**
   * The loss of the last fit (mean squared error before the first) over the rows of a dataset, with its labels or its targets.
   *
   * @throws IllegalArgumentException if it has other columns or classes than the network, or no rows
   * @throws IllegalStateException as {@link #evaluate(Matrix, Matrix)} does
   */
  public double evaluate(Dataset dataset) {
    Rows.requireClasses(dataset, this);
    return dataset.isClassification() ? evaluate(dataset.x(), dataset.labels()) : evaluate(dataset.x(), dataset.y());
  }

  /**
   * The given loss over rows with class labels.
   *
   * @param x rows × inputs
   * @param labels for each row 0..outputs − 1, or 0 and 1 for a network with one output
   * @throws IllegalArgumentException as {@link #evaluate(Matrix, int[])} and {@link #evaluate(Matrix, Matrix, Loss)} do
   */
  public double evaluate(Matrix x, int[] labels, Loss by) {
    return evaluate(x, Rows.targets(x, labels, outputs(), by), by);
  }

  /**
   * The given loss over the rows of a dataset, with its labels or its targets.
   *
   * @throws IllegalArgumentException as {@link #evaluate(Dataset)} and {@link #evaluate(Matrix, Matrix, Loss)} do
   */
  public double evaluate(Dataset dataset, Loss by) {
    Rows.requireClasses(dataset, this);
    return dataset.isClassification() ? evaluate(dataset.x(), dataset.labels(), by) : evaluate(dataset.x(), dataset.y(), by);
  }

  /**
   * The given loss over all rows; infinite where that of a row is beyond floats.
   *
   * @param x rows × inputs
   * @param y rows × outputs
   * @throws IllegalArgumentException if a shape differs, there are no rows, a value is not finite, a target is none of the loss's, or
   *     the loss is not for the activation of the last layer
   */
  public double evaluate(Matrix x, Matrix y, Loss by) {
    return inference.evaluate(x, checked(x, y, by), by);
  }

  private Matrix checked(Matrix x, Matrix y, Loss by) {
    shapes.requireInputs(x);
    requireColumns("y", y.cols(), outputs());
    if (x.rows() != y.rows() || x.rows() == 0) {
      throw new IllegalArgumentException(
          Message.of("x is %s and y is %s: they must have as many rows, at least one", x.shape(), y.shape()));
    }
    x.requireFinite("x");
    y.requireFinite("y");
    by.checkOutput(layers.getLast().activation());
    by.checkTargets("y", y);
    return y;
  }

  /**
   * What every layer computes for x, the first layer first: for all rows at once, so that it takes memory for all activations.
   *
   * @param x rows × inputs
   * @throws IllegalArgumentException if x has another number of columns
   */
  public List<LayerOutput> forward(Matrix x) {
    shapes.requireInputs(x);
    return inference.forward(x);
  }

  /**
   * A copy of this network as it is now that only predicts: it never changes, and any number of threads may use it at once. It
   * may take more memory than the network: {@link Predictor} says how much.
   */
  public Predictor predictor() {
    return new Predictor(store.forServing(), shapes);
  }

  /**
   * A table of the layers: shapes, activation, what else they have, and how many parameters, trainable ones and those that
   * batch normalisation keeps. Each line ends with a line feed, on every system.
   */
  public String summary() {
    return Summary.of(layers);
  }

  /** The dimensions, as in {@code "64-15-10"}. */
  @Override
  public String toString() {
    return shapes.dimensions();
  }

  private static String dimensions(List<Dense> layers) {
    StringBuilder text = new StringBuilder().append(layers.getFirst().inputs());
    for (Dense layer : layers) {
      text.append('-').append(layer.outputs());
    }
    return text.toString();
  }
}
