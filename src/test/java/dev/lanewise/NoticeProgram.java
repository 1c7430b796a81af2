package dev.lanewise;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Matrix;
import java.io.OutputStream;
import java.io.PrintStream;

/** Predicts where standard error is none, or one that throws: arguments {@code none} and {@code broken}. */
public final class NoticeProgram {

  private NoticeProgram() {}

  /** Prints the shape of the answer. */
  public static void main(String[] args) {
    System.setErr(args[0].equals("none") ? null : new PrintStream(OutputStream.nullOutputStream()) {
      @Override
      public void println(String line) {
        throw new IllegalStateException("the logger has gone");
      }
    });
    Network network = Network.of(1, new int[] {4, 3}, Activation.RELU);
    System.out.println(network.predict(Matrix.zeros(2, 4)).shape() + " by " + Network.kernels());
  }
}
