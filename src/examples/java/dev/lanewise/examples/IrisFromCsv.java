package dev.lanewise.examples;

import dev.lanewise.Model;
import dev.lanewise.Network;
import dev.lanewise.data.Csv;
import dev.lanewise.data.Preprocessing;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Split;
import dev.lanewise.data.Table;
import dev.lanewise.metrics.ClassificationReport;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import java.io.IOException;
import java.nio.file.Path;

/** From a CSV file to a saved model. Arguments: the file, with a column "species", and where to save. */
public final class IrisFromCsv {

  private IrisFromCsv() {}

  /** Trains on four fifths of the rows, reports on the others, and saves. */
  public static void main(String[] args) throws IOException {
    Split<Table> rows = Csv.of(Path.of(args[0])).read().split(0.2, 1, "species");
    Preprocessor raw = Preprocessing.standard().fit(rows.train(), "species");
    Network network =
        Network.input(4).dense(16, Activation.RELU).dense(3, Activation.SOFTMAX).seed(1).build();
    network.fit(
        raw.dataset(rows.train()),
        Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adam()).learningRate(0.01).epochs(60));
    int[] predicted = network.classify(raw.transform(rows.test()));
    System.out.print(ClassificationReport.of(raw.labels(rows.test()), predicted, raw.classNames()));
    Model.of(raw, network).save(Path.of(args[1]));
  }
}
