package dev.lanewise.cli;

import dev.lanewise.Model;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Table;
import dev.lanewise.io.json.Json;
import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers rows, a line each. */
@Command(
    name = "predict",
    sortOptions = false,
    description = "Answers each row: its class or its numbers, a line a row, on standard output.")
final class PredictCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "model", description = "the model")
  private Path file;

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "-",
      paramLabel = "data.csv",
      description = "the rows; - or nothing for standard input")
  private Path data;

  @Option(names = "--json", description = "write JSON lines instead of CSV")
  private boolean json;

  @Option(names = "--probabilities", description = "write the probability of each class too, if the model has them")
  private boolean probabilities;

  @Mixin private CsvOptions csv;

  private final PrintStream out;

  PredictCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Model model = Model.load(file);
    if (probabilities) {
      requireProbabilities(model);
      requireDistinctNames(model.preprocessor());
    }
    boolean isClassification = model.preprocessor().isClassification();
    Table rows = csv.read(data, System.in, model.preprocessor()::read);
    List<String> classes = isClassification ? model.classify(rows) : null;
    Matrix numbers = isClassification && !probabilities ? null : model.predict(rows);
    List<String> names = names(model.preprocessor());
    if (!json) {
      out.println(names.stream().map(PredictCommand::quoted).collect(Collectors.joining(",")));
    }
    for (int i = 0; i < rows.rows(); i++) {
      List<Object> values = new ArrayList<>();
      if (classes != null) {
        values.add(classes.get(i));
      }
      if (numbers != null) {
        for (float value : numbers.row(i)) {
          values.add(Double.valueOf(Float.toString(value)));
        }
      }
      out.println(json ? line(names, values) : values.stream().map(v -> quoted(v.toString())).collect(Collectors.joining(",")));
    }
    return Main.DONE;
  }

  private void requireProbabilities(Model model) {
    if (!model.preprocessor().isClassification()) {
      throw new UsageException("--probabilities is for classes, but " + file + " predicts numbers");
    }
    if (!model.predictsProbabilities()) {
      throw new UsageException(
          "--probabilities needs a network that ends in softmax or sigmoid, but that of " + file + " ends in "
              + model.network().layers().getLast().activation());
    }
  }

  /** Refuses JSON in which a probability would take the place of the answer; CSV has columns for both. */
  private void requireDistinctNames(Preprocessor raw) {
    String label = raw.targetColumns().getFirst();
    if (json && raw.classNames().stream().map(PredictCommand::probability).anyMatch(label::equals)) {
      throw new UsageException(
          "--json --probabilities would give two values the name " + label + ", for " + file
              + " predicts a column of that name: without --json both are written");
    }
  }

  private static String probability(String className) {
    return "p(" + className + ")";
  }

  /** Of the columns that are written. */
  private List<String> names(Preprocessor raw) {
    List<String> names = new ArrayList<>(raw.targetColumns());
    if (raw.isClassification() && probabilities) {
      raw.classNames().forEach(name -> names.add(probability(name)));
    }
    return names;
  }

  private static String line(List<String> names, List<Object> values) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      object.put(names.get(i), values.get(i));
    }
    return Json.write(object);
  }

  /** As CSV wants it: a line that is empty, or of spaces and tabs alone, is none. */
  private static String quoted(String field) {
    boolean plain = !field.isBlank() && field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
