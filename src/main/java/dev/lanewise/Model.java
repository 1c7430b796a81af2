package dev.lanewise;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Table;
import dev.lanewise.io.ModelFile;
import dev.lanewise.io.ModelHeader;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A network with what makes its inputs of raw rows and answers of its outputs: what is saved, and served.
 *
 * <pre>{@code
 * Table rows = Csv.of(Path.of("iris.csv")).read();
 * Preprocessor raw = Preprocessing.standard().fit(rows, "species");
 * Network network = Network.input(4).dense(16, RELU).dense(3, SOFTMAX).seed(1).build();
 * network.fit(raw.dataset(rows), Fit.with(CROSS_ENTROPY).epochs(50));
 * Model.of(raw, network).save(Path.of("iris.lanewise"));
 * }</pre>
 */
public final class Model {

  /** The JSON map of a file that tells how to preprocess. */
  static final String PREPROCESSING = "preprocessing";

  private final Preprocessor preprocessor;
  private final Network network;

  private Model(Preprocessor preprocessor, Network network) {
    this.preprocessor = preprocessor;
    this.network = network;
    int inputs = preprocessor.featureNames().size();
    if (preprocessor.isClassification() && preprocessor.classNames().size() < 2) {
      String only = Quoted.of(preprocessor.classNames().getFirst());
      throw new IllegalArgumentException(Message.of("the preprocessing knows one class, %s, but a model tells two and more apart", only));
    }
    int outputs = preprocessor.isClassification() ? preprocessor.classNames().size() : preprocessor.targetColumns().size();
    boolean binary = preprocessor.isClassification() && outputs == 2 && network.outputs() == 1;
    if (inputs != network.inputs() || (outputs != network.outputs() && !binary)) {
      throw new IllegalArgumentException(
          Message.of(
              "the preprocessing makes %d inputs and wants %d outputs, but the network is %s", inputs, outputs, network));
    }
  }

  /**
   * A model of the two. From now on, the files of the network, its checkpoints too, have the preprocessing with them: that of
   * the model made last, where there are several of one network. Make it before the fit, if that is to write checkpoints.
   *
   * @param preprocessor fitted with what is to be predicted
   * @throws IllegalArgumentException if the network has not as many inputs as it makes, or not an output for each class or target,
   *     or if there is one class alone
   */
  public static Model of(Preprocessor preprocessor, Network network) {
    Model model = new Model(preprocessor, network);
    network.setPreprocessing(preprocessor.toMap());
    return model;
  }

  /**
   * Reads a model from a file of any length.
   *
   * @param own activations of one's own, as for {@link Network#load(Path, Activation...)}
   * @throws dev.lanewise.io.ModelFileException as {@link Network#load(Path, Activation...)} does, or if the file has no
   *     preprocessing
   */
  public static Model load(Path path, Activation... own) {
    return load(path, Long.MAX_VALUE, own);
  }

  /**
   * {@link #load(Path, Activation...)} with a limit, for a file of somebody else's: the memory it takes follows from its length.
   *
   * @param maxBytes the longest file that is read
   * @param own activations of one's own, as for {@link Network#load(Path, Activation...)}
   * @throws dev.lanewise.io.ModelFileException also if the file is longer
   */
  public static Model load(Path path, long maxBytes, Activation... own) {
    NetworkFile file = NetworkFile.read(path, maxBytes, Model::requirePreprocessing, own);
    return read(file.file(), Network.of(file));
  }

  /**
   * Reads a model from a stream, such as that of a resource in a jar: see {@link Network#load(InputStream, Activation...)}.
   *
   * @param own activations of one's own, as for {@link Network#load(Path, Activation...)}
   * @throws dev.lanewise.io.ModelFileException as {@link Network#load(InputStream, Activation...)} does, or if there is no preprocessing
   */
  public static Model load(InputStream in, Activation... own) {
    return load(in, Long.MAX_VALUE, own);
  }

  /**
   * {@link #load(InputStream, Activation...)} with a limit.
   *
   * @param maxBytes the most bytes that are read
   * @param own activations of one's own, as for {@link Network#load(Path, Activation...)}
   * @throws dev.lanewise.io.ModelFileException also if there are more
   */
  public static Model load(InputStream in, long maxBytes, Activation... own) {
    NetworkFile file = NetworkFile.read(in, maxBytes, Model::requirePreprocessing, own);
    return read(file.file(), Network.of(file));
  }

  /**
   * Reads a checkpoint of any length: the next fit of its network goes on with the run, as after {@link
   * Network#resume(Path, Activation...)}.
   *
   * @param own activations of one's own, as for {@link Network#load(Path, Activation...)}
   * @throws dev.lanewise.io.ModelFileException as {@link #load(Path, Activation...)} does, or if the file is no checkpoint
   */
  public static Model resume(Path path, Activation... own) {
    return resume(path, Long.MAX_VALUE, own);
  }

  /**
   * {@link #resume(Path, Activation...)} with a limit.
   *
   * @param maxBytes the longest file that is read
   * @param own activations of one's own, as for {@link Network#load(Path, Activation...)}
   * @throws dev.lanewise.io.ModelFileException also if the file is longer
   */
  public static Model resume(Path path, long maxBytes, Activation... own) {
    Consumer<ModelHeader> both = RunFile::requireIn;
    NetworkFile file = NetworkFile.read(path, maxBytes, both.andThen(Model::requirePreprocessing), own);
    return read(file.file(), Network.resume(file));
  }

  private static void requirePreprocessing(ModelHeader header) {
    if (!header.hasJson(PREPROCESSING)) {
      throw header.refuse("it has a network, but no preprocessing of raw rows");
    }
  }

  private static Model read(ModelFile file, Network network) {
    try {
      return new Model(Preprocessor.fromMap(file.json(PREPROCESSING).asMap()), network);
    } catch (DataException | IllegalArgumentException e) {
      throw file.refuse(e.getMessage());
    } catch (OutOfMemoryError e) {
      throw file.refuse(
          Message.of(
              "its preprocessing needs more memory than is left of the %d bytes that this JVM may use", Runtime.getRuntime().maxMemory()));
    }
  }

  /** Writes the model to a file, in place of what is there; see {@link Network#save(Path)}. */
  public void save(Path path) {
    file().write(path);
  }

  /** Writes the model to a stream, which is flushed and not closed; see {@link Network#save(OutputStream)}. */
  public void save(OutputStream out) {
    file().write(out);
  }

  private ModelFile.Builder file() {
    return network.file(preprocessor.toMap());
  }

  /**
   * Refuses now what {@link #save} would refuse then, before a fit whose result it would be: a file that cannot be written where it is to
   * be, or that this model is no file for, as the names of its categories may be more than the header of one holds.
   *
   * @throws dev.lanewise.io.ModelFileException if it could not be written
   */
  public void requireWritable(Path path) {
    file().requireWritable(path);
  }

  /** What makes inputs of raw rows. */
  public Preprocessor preprocessor() {
    return preprocessor;
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /**
   * Whether {@link #predict(Table)} gives probabilities: the model predicts a class, and its network ends in softmax or sigmoid.
   */
  public boolean predictsProbabilities() {
    Activation last = network.layers().getLast().activation();
    return preprocessor.isClassification() && (last.equals(Activation.SOFTMAX) || last.equals(Activation.SIGMOID));
  }

  /**
   * What the network says of each row: a probability for each class, or numbers in the unit of the targets. A network for classes
   * whose outputs are {@linkplain #predictsProbabilities no probabilities}, as under a hinge, has its outputs returned as they are,
   * also where there is one alone; which class they stand for, {@link #classify(Table)} knows.
   *
   * @param rows the columns that the preprocessing was fitted to, in any order
   * @return rows × classes, or rows × targets; rows × 1 for two classes told apart by one output that is no probability
   * @throws DataException if a column or a value is not as it must be, naming it, or an answer is not finite
   */
  public Matrix predict(Table rows) {
    Matrix answers = answers(network.predict(preprocessor.transform(rows)));
    requireNumbers(answers, rows);
    return answers;
  }

  /** A row far from those that the network was trained on may be too much for its weights. */
  private void requireNumbers(Matrix answers, Table rows) {
    for (int i = 0; i < answers.data().length; i++) {
      if (!Float.isFinite(answers.data()[i])) {
        int target = preprocessor.isClassification() ? 0 : i % answers.cols(); // classes are all of one column
        throw far(rows.where(i / answers.cols(), preprocessor.targetColumns().get(target)) + ": ", answers.data()[i]);
      }
    }
  }

  private static DataException far(String where, float answer) {
    return new DataException(
        Message.of("%sthe network's answer is %s, as the row has values far from those it was trained on", where, answer));
  }

  /**
   * {@link #predict(Table)} for one row, given as a file would have it.
   *
   * @param values one for each column that the preprocessing was fitted to, in that order
   * @throws DataException as for a table, naming the column of a value
   */
  public float[] predict(String... values) {
    return answer(preprocessor.transform(values));
  }

  /** {@link #predict(Table)} for one row with its values by column. */
  public float[] predict(Map<String, String> values) {
    return answer(preprocessor.transform(values));
  }

  private float[] answer(float[] row) {
    float[] answer = answers(network.predict(Matrix.of(1, row.length, row))).row(0);
    for (float each : answer) {
      if (!Float.isFinite(each)) {
        throw far("", each);
      }
    }
    return answer;
  }

  private Matrix answers(Matrix outputs) {
    if (!preprocessor.isClassification()) {
      return preprocessor.inverseTargets(outputs);
    }
    if (outputs.cols() > 1 || !predictsProbabilities()) {
      return outputs;
    }
    Matrix both = Matrix.zeros(outputs.rows(), 2); // one output is the probability of the second class
    for (int i = 0; i < outputs.rows(); i++) {
      both.set(i, 0, 1 - outputs.get(i, 0));
      both.set(i, 1, outputs.get(i, 0));
    }
    return both;
  }

  /**
   * The name of the class of each row.
   *
   * @param rows the columns that the preprocessing was fitted to, in any order
   * @throws IllegalStateException if the model predicts numbers
   * @throws DataException if a column or a value is not as it must be, naming it, or an answer is no number
   */
  public List<String> classify(Table rows) {
    Matrix x = preprocessor.transform(rows);
    try {
      return names(network.classify(x));
    } catch (ArithmeticException e) {
      requireNumbers(network.predict(x), rows); // which names the row of the file
      throw e;
    }
  }

  /** {@link #classify(Table)} for one row, given as a file would have it. */
  public String classify(String... values) {
    return name(preprocessor.transform(values));
  }

  /** {@link #classify(Table)} for one row with its values by column. */
  public String classify(Map<String, String> values) {
    return name(preprocessor.transform(values));
  }

  private String name(float[] row) {
    Matrix x = Matrix.of(1, row.length, row);
    try {
      return names(network.classify(x)).getFirst();
    } catch (ArithmeticException e) {
      answer(row);
      throw e;
    }
  }

  private List<String> names(int[] classes) {
    List<String> classNames = preprocessor.classNames();
    List<String> names = new ArrayList<>(classes.length);
    for (int each : classes) {
      names.add(classNames.get(each));
    }
    return names;
  }

  @Override
  public String toString() {
    return Message.of("Model %s of %d columns", network, preprocessor.columns().size());
  }
}
