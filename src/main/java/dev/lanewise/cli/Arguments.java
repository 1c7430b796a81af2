package dev.lanewise.cli;

import dev.lanewise.text.Quoted;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/** What is wrong with arguments, in sentences for those who do not know how options are read. */
final class Arguments {

  private static final String TAKES_ANY = " (LC_ALL=C.UTF-8 takes any)";

  private Arguments() {}

  /** What picocli found, as a sentence. */
  static String sentence(String command, ParameterException found) {
    return switch (found) {
      case UnmatchedArgumentException e -> unmatched(command, e);
      case MissingParameterException e -> missing(command, e.getMissing());
      case OverwrittenOptionException e -> name(e.getOverwritten()) + " is given twice";
      // the one group of options there is
      case MaxValuesExceededException e -> "--label is given twice: --targets predicts several numbers";
      case MutuallyExclusiveArgsException e -> "--label and --targets exclude each other: give one of them";
      default -> invalid(found).orElseGet(() -> found.getMessage().lines().findFirst().orElse("failed"));
    };
  }

  /** What is wrong with a value that is no number, or too large a one. */
  private static Optional<String> invalid(ParameterException found) {
    ArgSpec argument = found.getArgSpec();
    String value = found.getValue();
    if (argument == null || value == null) {
      return Optional.empty();
    }
    Class<?> type = argument.type();
    if (type == Path.class) {
      try {
        file(name(argument), value);
      } catch (UsageException e) {
        return Optional.of(e.getMessage());
      }
    }
    try {
      if (type == double.class || type == Double.class) {
        DecimalNumber.of(name(argument), value);
      } else if (type == long.class || type == Long.class) {
        WholeNumber.ofLong(name(argument), value);
      } else if (type == int.class || type == Integer.class) {
        WholeNumber.ofInt(name(argument), value);
      }
      return Optional.empty();
    } catch (UsageException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Has numbers read as in files; {@link #sentence} says what is wrong with one that is none. */
  static CommandLine withNumbers(CommandLine line) {
    return line.registerConverter(double.class, read(DecimalNumber::of))
        .registerConverter(Double.class, read(DecimalNumber::of))
        .registerConverter(int.class, read(WholeNumber::ofInt))
        .registerConverter(Integer.class, read(WholeNumber::ofInt))
        .registerConverter(long.class, read(WholeNumber::ofLong))
        .registerConverter(Long.class, read(WholeNumber::ofLong));
  }

  private static <T> ITypeConverter<T> read(BiFunction<String, String, T> number) {
    return text -> {
      try {
        return number.apply("", text);
      } catch (UsageException e) { // without the name of the option, which is not known here
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  /**
   * The file of that name.
   *
   * @throws UsageException if no file can have it
   */
  static Path file(String argument, String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UsageException(noFile(argument, name, e));
    }
  }

  private static String noFile(String argument, String name, InvalidPathException e) {
    String start = argument + ": no file can have the name " + Quoted.of(name);
    return File.separatorChar == '/'
        ? start + " where names are in " + encoding() + TAKES_ANY
        : start + ": " + e.getReason();
  }

  private static String unmatched(String command, UnmatchedArgumentException e) {
    List<String> like = e.getSuggestions();
    for (String argument : e.getUnmatched()) {
      if (argument.startsWith("-") && !like.contains(argument)) { // an option that there is stands behind a "--"
        return "unknown option " + argument + (like.isEmpty() ? "" : ": did you mean " + like.getFirst() + "?")
            + help(command, "lists the options");
      }
    }
    return "\"" + e.getUnmatched().getFirst() + "\" is an argument too many" + help(command, "explains");
  }

  private static String missing(String command, List<ArgSpec> missing) {
    for (ArgSpec argument : missing) {
      if (argument.isPositional()) {
        return command + " needs the file " + argument.paramLabel() + help(command, "explains");
      }
    }
    return missing.size() > 1
        ? command + " needs --label, the column to predict, or --targets for several numbers"
        : name(missing.getFirst()) + " needs a value";
  }

  private static String help(String command, String does) {
    return " (" + command + " --help " + does + ")";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  /**
   * Refuses a value of an option that has none: {@code --balanced=false} would be taken, and {@code --balanced=maybe} refused in words of
   * programs.
   *
   * @throws UsageException if there is one
   */
  static void requireNoValues(CommandSpec command, List<String> arguments) {
    for (String argument : arguments) {
      if (argument.equals("--")) {
        return;
      }
      int equals = argument.indexOf('=');
      OptionSpec option = equals < 0 ? null : command.findOption(argument.substring(0, equals));
      if (option != null && option.arity().max() == 0) {
        throw new UsageException(option.longestName() + " takes no value");
      }
    }
  }

  /**
   * Refuses what options cannot mean: empty names of files, which to Java are the folder at hand, and values of which the JVM could not
   * decode some bytes. Those would pass for another text, that of another column, say.
   *
   * @throws UsageException if there is one
   */
  static void requireMeant(ParseResult parsed) {
    for (ArgSpec argument : parsed.matchedArgs()) {
      boolean isFile = argument.type() == Path.class || name(argument).equals("--validation");
      for (String value : argument.stringValues()) {
        if (isFile && value.isEmpty()) {
          throw new UsageException(name(argument) + " must be the name of a file, but is empty");
        }
        if (!isFile && isCut(value)) { // of a file it is said where it is opened
          throw new UsageException(
              name(argument) + ": not all of " + Quoted.of(value) + " can be read where arguments are in " + encoding() + TAKES_ANY);
        }
      }
    }
  }

  /** In UTF-8 the character may be meant. */
  private static boolean isCut(String value) {
    return value.contains("\uFFFD") && !encoding().equalsIgnoreCase("UTF-8");
  }

  /** Of arguments and names of files. */
  private static String encoding() {
    return System.getProperty("sun.jnu.encoding", "");
  }
}
