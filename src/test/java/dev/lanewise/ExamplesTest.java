package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.examples.ClassWeights;
import dev.lanewise.examples.CustomActivation;
import dev.lanewise.examples.CustomLoss;
import dev.lanewise.examples.FashionRecipe;
import dev.lanewise.examples.IrisFromCsv;
import dev.lanewise.examples.OneRowServing;
import dev.lanewise.examples.PostLineByLine;
import dev.lanewise.examples.RegressionWithEarlyStopping;
import dev.lanewise.examples.ResumeARun;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example programs do what they say. */
class ExamplesTest {

  @TempDir Path folder;

  @FunctionalInterface
  private interface Program {
    void main(String[] args) throws Exception;
  }

  private static List<String> lines(Program program, Object... args) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      String[] texts = new String[args.length];
      for (int i = 0; i < args.length; i++) {
        texts[i] = args[i].toString();
      }
      program.main(texts);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static double number(String line) {
    return Double.parseDouble(line.replaceAll(".*?([0-9.E-]+)$", "$1"));
  }

  @Test
  void post() throws Exception {
    List<String> report = lines(PostLineByLine::main);
    assertTrue(report.stream().anyMatch(line -> line.matches(" +accuracy +(0.99|1.00) +1797")), report::toString);
  }

  @Test
  void irisAndServing() throws Exception {
    Path iris = folder.resolve("iris.csv");
    try (InputStream in = ExamplesTest.class.getResourceAsStream("/iris.csv")) {
      Files.copy(in, iris);
    }
    Path model = folder.resolve("iris.lanewise");
    List<String> report = lines(IrisFromCsv::main, iris, model);
    assertTrue(report.stream().anyMatch(line -> line.matches(" +accuracy +(0.9\\d|1.00) +30")), report::toString);
    assertEquals(List.of("versicolor"), lines(OneRowServing::main, model, "5.8", "2.7", "4.1", "1.0"));
  }

  @Test
  void regression() throws Exception {
    List<String> lines = lines(RegressionWithEarlyStopping::main);
    assertTrue(number(lines.get(0)) > 0.99, lines::toString);
    assertTrue(lines.get(1).matches("EARLY after \\d+ epochs, best \\d+"), lines::toString);
  }

  @Test
  void resume() throws Exception {
    assertEquals(List.of("the same bits: true"), lines(ResumeARun::main, folder.resolve("run")));
  }

  @Test
  void classWeights() throws Exception {
    List<String> lines = lines(ClassWeights::main);
    assertTrue(number(lines.get(1)) > number(lines.get(0)) + 0.1, lines::toString);
  }

  @Test
  void customActivation() throws Exception {
    List<String> lines = lines(CustomActivation::main);
    assertTrue(lines.get(0).startsWith("softsign passes"), lines::toString);
    assertEquals("exclusive or: 0110", lines.get(1));
  }

  @Test
  void customLoss() throws Exception {
    List<String> lines = lines(CustomLoss::main);
    assertTrue(lines.get(0).startsWith("log_cosh of identity passes"), lines::toString);
    assertTrue(number(lines.get(1)) < 3, lines::toString);
    assertTrue(number(lines.get(2)) > 5, lines::toString); // 6, by least squares
  }

  @Test
  @Tag("full")
  void fashionRecipe() throws Exception {
    List<String> lines = lines(FashionRecipe::main, System.getProperty("lanewise.fashion"), 2);
    System.out.println(lines);
    double accuracy = Double.parseDouble(lines.getLast().split(" ", -1)[2]);
    assertTrue(accuracy >= 0.905, lines::toString);
  }
}
