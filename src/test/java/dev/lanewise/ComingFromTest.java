package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Digits;
import dev.lanewise.data.Split;
import dev.lanewise.metrics.ClassificationReport;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Initializer;
import dev.lanewise.nn.Loss;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the pages "coming from", which have to compile and to learn; fewer epochs will do. */
class ComingFromTest {

  @Test
  void scikitLearn() {
    Split<Dataset> digits = Digits.load().split(0.2, 1);
    Network mlp = Network.of(1, new int[] {64, 64, 32, 10}, Activation.RELU, Activation.RELU, Activation.SOFTMAX);
    mlp.fit(digits.train(), Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adam()).epochs(20).batchSize(32).l2(1e-4 / 32)
        .validationSplit(0.1).earlyStopping(10));
    ClassificationReport report = ClassificationReport.of(
        digits.test().labels(), mlp.classify(digits.test().x()), digits.test().classNames());
    assertTrue(report.accuracy() > 0.9, report::toString);
  }

  @Test
  void keras(@TempDir Path folder) {
    Dataset digits = Digits.load();
    Network model = Network.input(64)
        .dense(256, Activation.RELU, l -> l.batchNorm().dropout(0.2).initializer(Initializer.GLOROT_UNIFORM))
        .dense(10, Activation.SOFTMAX, l -> l.initializer(Initializer.GLOROT_UNIFORM)).build();
    double accuracy = model.fit(digits.x(), digits.labels(), Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adam())
        .batchSize(128).epochs(5).validationSplit(0.1).earlyStopping(3)).last().validationAccuracy();
    model.save(folder.resolve("model.lanewise"));
    assertTrue(accuracy > 0.9, () -> "accuracy " + accuracy);
  }
}
