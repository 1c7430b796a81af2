package dev.lanewise.cli;

import dev.lanewise.Model;
import dev.lanewise.data.Table;
import dev.lanewise.io.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a model. */
@Command(name = "evaluate", sortOptions = false, description = "Judges a model on rows whose answers are in the file.")
final class EvaluateCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "model", description = "the model")
  private Path file;

  @Parameters(index = "1", paramLabel = "data.csv", description = "the rows, or - for standard input")
  private Path data;

  @Option(names = "--json", description = "write figures for programs")
  private boolean json;

  @Mixin private CsvOptions csv;

  private final PrintStream out;
  private final PrintStream err;

  EvaluateCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    Model model = Model.load(file);
    Table rows = csv.read(data, System.in, csvFile ->
        model.preprocessor().readWithTargets(csvFile.onRounding(sentence -> Main.warn(err, sentence))));
    Judgement judgement = Judgement.of(model, rows);
    if (json) {
      out.println(Json.write(judgement.figures()));
    } else {
      out.print(judgement.report());
    }
    return Main.DONE;
  }
}
