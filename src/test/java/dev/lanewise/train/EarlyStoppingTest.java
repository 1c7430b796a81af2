package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Early stopping and plateaus as what they are: functions of the losses so far. */
class EarlyStoppingTest {

  /** Epochs with these losses over validation rows, and others in training. */
  private static List<Epoch> validated(double... losses) {
    List<Epoch> epochs = new ArrayList<>();
    for (double loss : losses) {
      epochs.add(new Epoch(epochs.size() + 1, -loss, 1, 1, 1, loss, Double.NaN));
    }
    return epochs;
  }

  private static List<Epoch> trained(double... losses) {
    List<Epoch> epochs = new ArrayList<>();
    for (double loss : losses) {
      epochs.add(new Epoch(epochs.size() + 1, loss, 1, 1, 1, Double.NaN, Double.NaN));
    }
    return epochs;
  }

  /** After how many of these epochs a fit ends; 0 if it does not. */
  private static int end(EarlyStopping stopping, List<Epoch> epochs) {
    for (int count = 1; count <= epochs.size(); count++) {
      if (stopping.isOver(epochs.subList(0, count))) {
        return count;
      }
    }
    return 0;
  }

  @Test
  void bestIsTheFirstOfTheLowest() {
    EarlyStopping stopping = new EarlyStopping(2, 0);
    assertEquals(1, stopping.best(validated(5)));
    assertEquals(3, stopping.best(validated(5, 4, 3, 6)));
    assertEquals(2, stopping.best(validated(5, 3, 3, 3)), "equal is not lower");
    assertEquals(4, stopping.best(validated(5, 3, 4, 2)));
    assertEquals(2, stopping.best(trained(5, 3, 4)), "without validation rows, by the loss of training");
    assertEquals(1, stopping.best(validated(5, Double.POSITIVE_INFINITY)));
    assertEquals(2, stopping.best(validated(Double.POSITIVE_INFINITY, 5)));
  }

  @Test
  void patienceCountsTheEpochsSinceTheBest() {
    List<Epoch> epochs = validated(5, 4, 4.5, 4.2, 3.9, 4, 4, 4, 3);
    assertEquals(3, end(new EarlyStopping(1, 0), epochs));
    assertEquals(4, end(new EarlyStopping(2, 0), epochs));
    assertEquals(8, end(new EarlyStopping(3, 0), epochs));
    assertEquals(0, end(new EarlyStopping(4, 0), epochs));
    assertEquals(0, end(new EarlyStopping(1, 0), validated(5, 4, 3, 2, 1)));
    assertFalse(new EarlyStopping(1, 0).isOver(validated(5)));
  }

  /** 0.25 has to be exceeded, from the last loss that counted: small steps add up. */
  @Test
  void minDelta() {
    EarlyStopping stopping = new EarlyStopping(2, 0.25);
    assertEquals(1, stopping.best(validated(5, 4.75)));
    assertEquals(2, stopping.best(validated(5, 4.7)));
    assertEquals(3, stopping.best(validated(5, 4.9, 4.7, 4.6)));
    assertEquals(3, end(stopping, validated(5, 4.9, 4.8, 4)));
    assertEquals(0, end(stopping, validated(5, 4.9, 4.7, 4.6, 4.4)));
  }

  @Test
  void refusals() {
    assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(1, -1e-9));
    assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(1, Double.NaN));
  }

  @Test
  void plateauReducesAfterSoManyEpochsWithoutALowerLoss() {
    ReduceOnPlateau reduce = new ReduceOnPlateau(0.5, 2);
    assertEquals(1, reduce.after(List.of()));
    assertEquals(1, reduce.after(validated(5)));
    assertEquals(1, reduce.after(validated(5, 6)));
    assertEquals(0.5, reduce.after(validated(5, 6, 6)));
    assertEquals(0.5, reduce.after(validated(5, 6, 5)), "equal is not lower");
    assertEquals(0.5, reduce.after(validated(5, 6, 6, 6)), "it waits anew");
    assertEquals(0.25, reduce.after(validated(5, 6, 6, 6, 6)));
    assertEquals(0.25, reduce.after(validated(5, 6, 6, 6, 6, 4)), "what is reduced stays reduced");
    assertEquals(1, reduce.after(validated(5, 6, 4, 6, 3, 6)), "a lower loss ends the wait");
    assertEquals(0.5, reduce.after(trained(5, 6, 6)), "without validation rows, by the loss of training");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
  void refusesFactorsThatDoNotReduce(double factor) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new ReduceOnPlateau(factor, 1)).getMessage();
    assertEquals("the factor on a plateau must be between 0 and 1, but is " + factor, message);
    assertThrows(IllegalArgumentException.class, () -> new ReduceOnPlateau(0.5, 0));
  }

  @Test
  void monitoredIsTheValidationLossWhereThereIsOne() {
    assertEquals(3, validated(3).getFirst().monitored());
    assertEquals(3, trained(3).getFirst().monitored());
    assertTrue(validated(3).getFirst().loss() < 0);
  }
}
