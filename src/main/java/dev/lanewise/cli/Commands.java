package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.file.Reason;
import dev.lanewise.io.ModelFileException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The commands whose options picocli reads. */
final class Commands {

  /** What makes each, of standard output and standard error. */
  private static final Map<String, BiFunction<PrintStream, PrintStream, Callable<Integer>>> COMMANDS =
      Map.of(
          "train", TrainCommand::new,
          "evaluate", EvaluateCommand::new,
          "predict", (out, err) -> new PredictCommand(out),
          "info", (out, err) -> new InfoCommand(out));

  private Commands() {}

  /** Runs a command and returns what the process is to exit with; what goes wrong is one line. */
  static int run(List<String> args, PrintStream out, PrintStream err) {
    return execute(args.getFirst(), args.subList(1, args.size()), out, err);
  }

  private static int execute(String name, List<String> options, PrintStream out, PrintStream err) {
    Callable<Integer> command = COMMANDS.get(name).apply(out, err);
    CommandLine line = Arguments.withNumbers(new CommandLine(command)).setExpandAtFiles(false); // @rows.csv is a file of rows
    line.getCommandSpec()
        .addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description("explain").build());
    try {
      Arguments.requireNoValues(line.getCommandSpec(), options);
      var parsed = line.parseArgs(options.toArray(String[]::new));
      if (parsed.isUsageHelpRequested()) {
        line.usage(out);
        return Main.DONE;
      }
      Arguments.requireMeant(parsed);
      return command.call();
    } catch (ParameterException e) {
      return failed(out, err, Arguments.sentence(name, e), Main.USAGE_ERROR);
    } catch (UsageException e) {
      return failed(out, err, e.getMessage(), Main.USAGE_ERROR);
    } catch (IOException e) {
      return failed(out, err, Reason.of(e), Main.FAILED);
    } catch (DataException | ModelFileException | IllegalArgumentException | ArithmeticException e) {
      return failed(out, err, Hints.inOptions(e.getMessage(), name), Main.FAILED);
    } catch (OutOfMemoryError e) {
      return failed(out, err, Main.notEnoughMemory(), Main.FAILED);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int failed(PrintStream out, PrintStream err, String sentence, int code) {
    out.flush(); // what was done stands before what went wrong where both are one log
    Main.complain(err, sentence);
    return code;
  }
}
