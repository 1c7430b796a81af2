package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Csv;
import dev.lanewise.data.Preprocessing;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Table;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import dev.lanewise.train.ProgressLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's "every day", line by line. */
class ReadmeTest {

  @Test
  void fromACsvFileToAModel(@TempDir Path folder) throws IOException {
    Path iris = folder.resolve("iris.csv");
    try (InputStream in = ReadmeTest.class.getResourceAsStream("/iris.csv")) {
      Files.copy(in, iris);
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(lines, true, StandardCharsets.UTF_8);

    Table rows = Csv.of(iris).read();
    Preprocessor raw = Preprocessing.standard().fit(rows, "species");
    Network network =
        Network.input(4).dense(64, Activation.RELU, l -> l.dropout(0.1)).dense(3, Activation.SOFTMAX).build();
    network.fit(raw.dataset(rows), Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adam()).epochs(50)
        .validationSplit(0.2).earlyStopping(5).onEpoch(ProgressLine.to(err, 50)));
    Model.of(raw, network).save(folder.resolve("iris.lanewise"));

    Model served = Model.load(folder.resolve("iris.lanewise"));
    assertEquals("setosa", served.classify("5.1", "3.5", "1.4", "0.2"));
    assertEquals("virginica", served.classify("6.4", "2.8", "5.6", "2.1"));
    assertTrue(lines.toString(StandardCharsets.UTF_8).startsWith("epoch  1/50  loss "));
  }
}
