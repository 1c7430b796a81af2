package dev.lanewise.cli;

import dev.lanewise.Model;
import dev.lanewise.Network;
import dev.lanewise.RunFile;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.io.JsonObject;
import dev.lanewise.io.ModelHeader;
import dev.lanewise.text.Quoted;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what is in a model. */
@Command(name = "info", sortOptions = false, description = "Shows what is in a model: layers, columns, classes.")
final class InfoCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "model", description = "the model, or a checkpoint")
  private Path file;

  private final PrintStream out;

  InfoCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    ModelHeader content = ModelHeader.read(file);
    Model model = content.hasJson("preprocessing") ? Model.load(file) : null;
    out.print((model == null ? Network.load(file) : model.network()).summary());
    JsonObject network = content.json("network");
    out.println(
        TrainCommand.counted(network.integer("epochs")) + " trained, loss " + Quoted.brief(network.text("loss"))
            + (RunFile.isIn(content) ? ", with the state of a run to resume" : ""));
    if (model != null) {
      Preprocessor raw = model.preprocessor();
      out.println("columns: " + listed(raw.columns()));
      out.println("inputs: " + listed(raw.featureNames()));
      out.println(
          "predicts " + listed(raw.targetColumns())
              + (raw.isClassification() ? ": one of " + listed(raw.classNames()) : ""));
    }
    return Main.DONE;
  }

  /** All of them: who asks wants to see them. */
  private static String listed(List<String> names) {
    return Quoted.plain(String.join(", ", names));
  }
}
