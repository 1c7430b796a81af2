package dev.lanewise.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.ReduceOnPlateau;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run that is trained call by call remembers of its epochs. */
class RunTest {

  private static final ReduceOnPlateau REDUCTION = new ReduceOnPlateau(0.5, 2);

  private final Run run = new Run(Optimizer.sgd(), List.of(Dense.of(1, 1, Activation.IDENTITY)));

  private void epoch(double loss) {
    Epoch epoch = new Epoch(run.count() + 1, loss, 1, 1, 1, Double.NaN, Double.NaN);
    LossWatch watch = run.watch(null, REDUCTION); // which is told of the epochs before, if it is a new one
    run.add(epoch);
    watch.add(epoch);
  }

  @Test
  void doesNotGrowForEver() {
    int calls = 3 * Run.LONGEST_HISTORY + 5;
    int most = 0;
    for (int call = 1; call <= calls; call++) {
      assertEquals(call, run.count() + 1);
      epoch(1);
      run.forgetMany();
      most = Math.max(most, run.epochs().size());
    }
    assertEquals(calls, run.count());
    assertEquals(Run.LONGEST_HISTORY, most);
  }

  @Test
  void whatForgottenEpochsSaidStays() {
    for (int call = 0; call <= Run.LONGEST_HISTORY; call++) {
      epoch(Run.LONGEST_HISTORY + 1 - call); // the last is 1, and the lowest
    }
    run.forgetMany();
    assertEquals(0, run.epochs().size());
    epoch(2);
    epoch(2);
    assertEquals(0.5, run.watch(null, REDUCTION).factor());
    epoch(2);
    run.forgetLast();
    assertEquals(0.5, run.watch(null, REDUCTION).factor());
    epoch(2);
    epoch(2);
    assertEquals(0.25, run.watch(null, REDUCTION).factor());
    run.forgetLast();
    assertEquals(0.5, run.watch(null, REDUCTION).factor(), "and none of them is told twice");
  }

  @Test
  void reducedRateStaysReducedWhereEpochsAreForgotten() {
    for (int call = 0; call < Run.LONGEST_HISTORY - 1; call++) {
      epoch(Run.LONGEST_HISTORY - call);
    }
    epoch(3);
    epoch(3);
    run.forgetMany();
    assertEquals(0, run.epochs().size());
    epoch(1);
    run.forgetLast();
    assertEquals(0.5, run.watch(null, REDUCTION).factor());
  }

  /** The epochs since the lowest loss count, whether they are still known or not. */
  @Test
  void waitingGoesOnWhereEpochsAreForgotten() {
    for (int call = 0; call < Run.LONGEST_HISTORY; call++) {
      epoch(Run.LONGEST_HISTORY - call);
    }
    epoch(2);
    run.forgetMany();
    assertEquals(0, run.epochs().size());
    assertEquals(1, run.watch(null, REDUCTION).factor());
    epoch(2);
    assertEquals(0.5, run.watch(null, REDUCTION).factor());
    run.forgetLast();
    assertEquals(1, run.watch(null, REDUCTION).factor());
    epoch(2);
    assertEquals(0.5, run.watch(null, REDUCTION).factor());
  }
}
