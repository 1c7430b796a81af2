package dev.lanewise.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.train.EarlyStopping;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.ReduceOnPlateau;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Early stopping and plateaus as what they are: functions of the losses so far. */
class LossWatchTest {

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
    LossWatch watch = new LossWatch(stopping, null, List.of());
    for (Epoch epoch : epochs) {
      watch.add(epoch);
      if (watch.isOver()) {
        return epoch.number();
      }
    }
    return 0;
  }

  private static int best(EarlyStopping stopping, List<Epoch> epochs) {
    return new LossWatch(stopping, null, epochs).best();
  }

  private static double factor(ReduceOnPlateau reduce, List<Epoch> epochs) {
    return new LossWatch(null, reduce, epochs).factor();
  }

  @Test
  void bestIsTheFirstOfTheLowest() {
    EarlyStopping stopping = new EarlyStopping(2, 0);
    assertEquals(1, best(stopping, validated(5)));
    assertEquals(3, best(stopping, validated(5, 4, 3, 6)));
    assertEquals(2, best(stopping, validated(5, 3, 3, 3)), "equal is not lower");
    assertEquals(4, best(stopping, validated(5, 3, 4, 2)));
    assertEquals(2, best(stopping, trained(5, 3, 4)), "without validation rows, by the loss of training");
    assertEquals(1, best(stopping, validated(5, Double.POSITIVE_INFINITY)));
    assertEquals(2, best(stopping, validated(Double.POSITIVE_INFINITY, 5)));
  }

  @Test
  void patienceCountsTheEpochsSinceTheBest() {
    List<Epoch> epochs = validated(5, 4, 4.5, 4.2, 3.9, 4, 4, 4, 3);
    assertEquals(3, end(new EarlyStopping(1, 0), epochs));
    assertEquals(4, end(new EarlyStopping(2, 0), epochs));
    assertEquals(8, end(new EarlyStopping(3, 0), epochs));
    assertEquals(0, end(new EarlyStopping(4, 0), epochs));
    assertEquals(0, end(new EarlyStopping(1, 0), validated(5, 4, 3, 2, 1)));
    assertEquals(0, end(new EarlyStopping(1, 0), validated(5)));
  }

  /** 0.25 has to be exceeded, from the last loss that counted: small steps add up. */
  @Test
  void minDelta() {
    EarlyStopping stopping = new EarlyStopping(2, 0.25);
    assertEquals(1, best(stopping, validated(5, 4.75)));
    assertEquals(2, best(stopping, validated(5, 4.7)));
    assertEquals(3, best(stopping, validated(5, 4.9, 4.7, 4.6)));
    assertEquals(3, end(stopping, validated(5, 4.9, 4.8, 4)));
    assertEquals(0, end(stopping, validated(5, 4.9, 4.7, 4.6, 4.4)));
  }

  @Test
  void plateauReducesAfterSoManyEpochsWithoutALowerLoss() {
    ReduceOnPlateau reduce = new ReduceOnPlateau(0.5, 2);
    assertEquals(1, factor(reduce, List.of()));
    assertEquals(1, factor(reduce, validated(5)));
    assertEquals(1, factor(reduce, validated(5, 6)));
    assertEquals(0.5, factor(reduce, validated(5, 6, 6)));
    assertEquals(0.5, factor(reduce, validated(5, 6, 5)), "equal is not lower");
    assertEquals(0.5, factor(reduce, validated(5, 6, 6, 6)), "it waits anew");
    assertEquals(0.25, factor(reduce, validated(5, 6, 6, 6, 6)));
    assertEquals(0.25, factor(reduce, validated(5, 6, 6, 6, 6, 4)), "what is reduced stays reduced");
    assertEquals(1, factor(reduce, validated(5, 6, 4, 6, 3, 6)), "a lower loss ends the wait");
    assertEquals(0.5, factor(reduce, trained(5, 6, 6)), "without validation rows, by the loss of training");
  }

  @Test
  void withoutEitherNothingChanges() {
    LossWatch watch = new LossWatch(null, null, validated(5, 6, 7, 8));
    assertEquals(0, watch.best());
    assertFalse(watch.isOver());
    assertEquals(1, watch.factor());
  }

  /** A resumed fit is told the epochs at once, a fit one by one. */
  @Test
  void oneByOneOrAtOnce() {
    List<Epoch> epochs = validated(5, 4, 4.5, 4.2, 4.6, 3.9, 4);
    EarlyStopping stopping = new EarlyStopping(3, 0.05);
    ReduceOnPlateau reduce = new ReduceOnPlateau(0.5, 1);
    LossWatch watch = new LossWatch(stopping, reduce, List.of());
    for (int count = 1; count <= epochs.size(); count++) {
      watch.add(epochs.get(count - 1));
      LossWatch resumed = new LossWatch(stopping, reduce, epochs.subList(0, count));
      assertEquals(resumed.best(), watch.best());
      assertEquals(resumed.isOver(), watch.isOver());
      assertEquals(resumed.factor(), watch.factor());
    }
    assertEquals(0.0625, watch.factor());
  }
}
