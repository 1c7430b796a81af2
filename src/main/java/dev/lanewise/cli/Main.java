package dev.lanewise.cli;

import java.util.Arrays;
import java.util.List;

/** The command line: {@code digits} trains and judges a network on the handwritten digits. */
public final class Main {

  private static final String USAGE =
      """
      lanewise: dense neural networks, trained inside the JVM

      usage: digits [options]     train on 1,797 handwritten digits and report
      """;

  private Main() {}

  /** Exits with 0, or with 2 and one line on standard error when arguments are wrong or training fails. */
  public static void main(String[] args) {
    try {
      run(Arrays.asList(args));
    } catch (UsageException | IllegalArgumentException | ArithmeticException e) {
      System.err.println("lanewise: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(List<String> args) {
    if (args.isEmpty() || args.getFirst().equals("--help")) {
      System.out.print(USAGE);
      System.out.println();
      System.out.print(DigitsOptions.HELP);
      return;
    }
    if (!args.getFirst().equals("digits")) {
      throw new UsageException("unknown command " + args.getFirst() + ": the command is digits (--help explains)");
    }
    List<String> rest = args.subList(1, args.size());
    if (rest.contains("--help")) {
      System.out.print(DigitsOptions.HELP);
      return;
    }
    new DigitsCommand(DigitsOptions.parse(rest), System.out).run();
  }
}
