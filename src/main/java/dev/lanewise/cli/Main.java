package dev.lanewise.cli;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The command line. {@code digits} needs nothing but the jar, and starts at once; the commands for files of one's own have
 * their options read by picocli.
 */
public final class Main {

  /** What is asked for was done. */
  static final int DONE = 0;

  /** It was not: files, their content or training. */
  static final int FAILED = 1;

  /** The arguments make no sense. */
  static final int USAGE_ERROR = 2;

  private static final String USAGE =
      """
      lanewise: dense neural networks, trained inside the JVM

      usage: digits [options]      train on 1,797 handwritten digits and report
             train data.csv …      train on a file of one's own and save the model
             evaluate model data   judge a model on rows whose answers are known
             predict model [data]  answer rows of a file or of standard input
             info model            show what is in a model

      Each explains itself: train --help; --version prints the version. Exit codes: 0 done, 1 failed, 2 wrong arguments.
      """;

  /** The commands beside digits. */
  private static final List<String> OTHERS = List.of("train", "evaluate", "predict", "info");

  private Main() {}

  /** Exits with 0, 1 or 2 and, unless it is 0, one line on standard error, or how it is used where nothing is said. */
  public static void main(String[] args) {
    PrintStream out = utf8(FileDescriptor.out, false);
    int code;
    try {
      code = run(Arrays.asList(args), out, utf8(FileDescriptor.err, true));
    } finally {
      out.flush();
    }
    if (code != DONE) {
      System.exit(code);
    }
  }

  /** UTF-8 whatever the locale: a name that the locale has no characters for would come out with question marks. */
  private static PrintStream utf8(FileDescriptor to, boolean flushesLines) {
    return new PrintStream(new BufferedOutputStream(new FileOutputStream(to)), flushesLines, StandardCharsets.UTF_8);
  }

  /** Runs a command and returns what the process is to exit with. */
  static int run(List<String> args, PrintStream out, PrintStream err) {
    int code = command(args, out, err);
    if (code == DONE && out.checkError()) { // a full disk, or a pipe whose reader has gone
      err.println("lanewise: standard output cannot be written");
      return FAILED;
    }
    return code;
  }

  private static int command(List<String> args, PrintStream out, PrintStream err) {
    try {
      if (args.isEmpty()) {
        err.print(USAGE);
        err.flush();
        return USAGE_ERROR;
      }
      if (args.getFirst().equals("--help") || args.getFirst().equals("-h")) {
        out.print(USAGE);
        return DONE;
      }
      if (args.getFirst().equals("--version")) {
        out.println("lanewise " + version());
        return DONE;
      }
      if (args.getFirst().equals("digits")) {
        return digits(args.subList(1, args.size()), out, err);
      }
      if (!OTHERS.contains(args.getFirst())) {
        throw new UsageException(
            "unknown command " + args.getFirst() + ": the commands are digits, " + String.join(", ", OTHERS)
                + " (--help explains)");
      }
      return withPicocli(args, out, err);
    } catch (UsageException e) {
      complain(err, e.getMessage());
      return USAGE_ERROR;
    }
  }

  /** Says what went wrong, in one line without what would spoil a terminal: file names may hold anything. */
  static void complain(PrintStream err, String sentence) {
    err.println("lanewise: " + Quoted.plain(sentence));
  }

  /** Says what may be wrong, in one line. */
  static void warn(PrintStream err, String sentence) {
    complain(err, "warning: " + sentence);
  }

  private static String version() {
    try (InputStream in = Main.class.getResourceAsStream("version.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing but this method knows the class that links against picocli. */
  private static int withPicocli(List<String> args, PrintStream out, PrintStream err) {
    try {
      return Commands.run(args, out, err);
    } catch (NoClassDefFoundError e) {
      if (e.getMessage() == null || !e.getMessage().startsWith("picocli")) {
        throw e;
      }
      err.println(
          "lanewise: " + args.getFirst()
              + " reads its options with picocli: put info.picocli:picocli:4.7.7 on the class path, and as -jar has none, run "
              + Main.class.getName() + " (or, on the module path, add --add-modules info.picocli)");
      return FAILED;
    }
  }

  private static int digits(List<String> options, PrintStream out, PrintStream err) {
    if (options.contains("--help") || options.contains("-h")) {
      out.print(DigitsOptions.HELP);
      return DONE;
    }
    try {
      new DigitsCommand(DigitsOptions.parse(options), out).run();
      return DONE;
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage()); // the rows are always the same: only an option can be what does not go with them
    } catch (ArithmeticException e) {
      complain(err, Hints.withoutNetwork(e.getMessage()));
      return FAILED;
    } catch (OutOfMemoryError e) {
      complain(err, notEnoughMemory());
      return FAILED;
    }
  }

  static String notEnoughMemory() {
    return Message.of("not enough memory: the heap has %s; java -Xmx… gives more", heap());
  }

  /** How much memory there is at most, as messages say it. */
  static String heap() {
    return Message.of("%,d MB", Runtime.getRuntime().maxMemory() >> 20);
  }
}
