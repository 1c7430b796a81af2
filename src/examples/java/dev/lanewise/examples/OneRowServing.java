package dev.lanewise.examples;

import dev.lanewise.Model;
import java.nio.file.Path;

/** Answers one raw row at a time. Arguments: a model, and the values of a row. */
public final class OneRowServing {

  private OneRowServing() {}

  /** Prints the class of the row. */
  public static void main(String[] args) {
    Model model = Model.load(Path.of(args[0]));
    String[] row = new String[args.length - 1];
    System.arraycopy(args, 1, row, 0, row.length);
    System.out.println(model.classify(row));
  }
}
