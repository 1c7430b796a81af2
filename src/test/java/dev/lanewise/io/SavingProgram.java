package dev.lanewise.io;

import dev.lanewise.nn.Matrix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Saves one model after the other under the same name, until it is killed, and prints the number of each that is saved.
 */
final class SavingProgram {

  static final int ROWS = 256;
  static final int COLS = 4096;

  private SavingProgram() {}

  public static void main(String[] args) {
    for (int number = 1; true; number++) {
      Matrix weight = Matrix.zeros(ROWS, COLS);
      Arrays.fill(weight.data(), number);
      ModelFile.builder().json("training", Map.of("number", number)).tensor("weight", weight).write(Path.of(args[0]));
      System.out.println(number);
    }
  }
}
