package dev.lanewise.optim;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The factor of each schedule against its formula, written with {@link Math}. */
class ScheduleTest {

  private static final double CLOSE = 1e-12;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 3, 99.99})
  void constantIsOne(double epoch) {
    assertEquals(1, Schedule.constant().factor(epoch, 100));
  }

  /** 0.5^⌊epoch / 3⌋: it falls as epochs 3, 6 and 9 begin. */
  @ParameterizedTest
  @CsvSource({"0, 1", "0.5, 1", "2.99, 1", "3, 0.5", "3.01, 0.5", "5.99, 0.5", "6, 0.25", "9.5, 0.125", "12, 0.0625"})
  void stepFallsEverySoManyEpochs(double epoch, double expected) {
    assertEquals(expected, Schedule.step(3, 0.5).factor(epoch, 10), CLOSE);
    assertEquals(expected, Schedule.step(3, 0.5).factor(epoch, 1000), CLOSE, "whatever the length of the fit");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.99, 1", "1, 0.9", "1.5, 0.9", "2.5, 0.81", "10, 0.3486784401"})
  void exponentialFallsEveryEpoch(double epoch, double expected) {
    assertEquals(expected, Schedule.exponential(0.9).factor(epoch, 7), CLOSE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 2, 5, 7.5, 9.95, 10})
  void cosineFallsFromOneToZero(double epoch) {
    assertEquals((1 + Math.cos(Math.PI * epoch / 10)) / 2, Schedule.cosine().factor(epoch, 10), CLOSE);
  }

  /** A fit without a schedule asks for this one at every step, which is to allocate nothing, compiled or not. */
  @Test
  void constantIsOneObject() {
    assertSame(Schedule.constant(), Schedule.constant());
    assertEquals(1, Schedule.constant().factor(3.5, 10));
  }

  @Test
  void cosineBeginsAndEnds() {
    assertEquals(1, Schedule.cosine().factor(0, 10));
    assertEquals(0.5, Schedule.cosine().factor(5, 10), CLOSE);
    assertEquals(0, Schedule.cosine().factor(10, 10));
    assertEquals(0, Schedule.cosine().factor(11, 10), "and stays there");
  }

  /** Up in a straight line, then the other schedule over the epochs that are left, from its own beginning. */
  @Test
  void warmUpGoesBeforeAnother() {
    Schedule schedule = Schedule.warmUp(4, Schedule.cosine());
    assertEquals(0, schedule.factor(0, 10));
    assertEquals(0.125, schedule.factor(0.5, 10), CLOSE);
    assertEquals(0.75, schedule.factor(3, 10), CLOSE);
    assertEquals(1, schedule.factor(4, 10));
    assertEquals((1 + Math.cos(Math.PI / 6)) / 2, schedule.factor(5, 10), CLOSE);
    assertEquals(0.5, schedule.factor(7, 10), CLOSE);
    assertEquals(0, schedule.factor(10, 10), CLOSE);

    Schedule steps = Schedule.warmUp(1.5, Schedule.step(2, 0.1));
    assertEquals(1 / 3.0, steps.factor(0.5, 10), CLOSE);
    assertEquals(1, steps.factor(3.49, 10), CLOSE);
    assertEquals(0.1, steps.factor(3.5, 10), CLOSE);
  }

  /** What comes after it has exactly the rest: half a period of a cosine over 9.5 epochs of 10. */
  @Test
  void warmUpOfAPartOfAnEpoch() {
    Schedule cosine = Schedule.warmUp(0.5, Schedule.cosine());
    assertEquals(1, cosine.factor(0.5, 10));
    assertEquals((1 + Math.cos(Math.PI * 2.5 / 9.5)) / 2, cosine.factor(3, 10), CLOSE);
    assertEquals(0, cosine.factor(10, 10));
    assertEquals(4e-6, Schedule.warmUp(2.25, Schedule.oneCycle()).factor(10, 10), CLOSE);
    assertEquals(0, Schedule.warmUp(0.5, Schedule.warmUp(0.25, Schedule.cosine())).factor(3, 3));
    assertEquals(0, Schedule.warmUp(9.75, Schedule.cosine()).factor(10, 10), "a quarter of an epoch");
    Schedule steps = Schedule.warmUp(0.5, Schedule.step(2, 0.1));
    assertEquals(1, steps.factor(2.49, 10), "an epoch stays an epoch");
    assertEquals(0.1, steps.factor(2.5, 10), CLOSE);
  }

  /** It is told a whole number, and the last epoch of that is the last one of the fit. */
  @Test
  void warmUpBeforeAScheduleOfOnesOwn() {
    Schedule own = (epoch, epochs) -> 100 * epochs + epoch;
    assertEquals(1000, Schedule.warmUp(0.5, own).factor(0.5, 10));
    assertEquals(1000, Schedule.warmUp(0.75, own).factor(0.75, 10), "the next whole number, not the nearest");
    assertEquals(1005, Schedule.warmUp(0.5, own).factor(5.25, 10), CLOSE * 1000);
    assertEquals(1010, Schedule.warmUp(0.5, own).factor(10, 10), CLOSE * 1000);
    assertEquals(806.3, Schedule.warmUp(2, own).factor(8.3, 10), 0, "nothing is changed about a whole number");
    assertEquals(101, Schedule.warmUp(20, own).factor(21, 10), "a fit of partial ones may go on");
  }

  @Test
  void warmUpLongerThanTheFit() {
    Schedule schedule = Schedule.warmUp(20, Schedule.cosine());
    assertEquals(0.475, schedule.factor(9.5, 10), CLOSE);
    assertEquals(1, schedule.factor(20, 10), "a fit of partial ones may go on");
  }

  /** What comes after it has no epoch left, and is asked only if a fit of partial ones goes on: as for one epoch. */
  @Test
  void warmUpAsLongAsTheFit() {
    assertEquals(0.95, Schedule.warmUp(10, Schedule.cosine()).factor(9.5, 10), CLOSE);
    assertEquals(1, Schedule.warmUp(10, Schedule.cosine()).factor(10, 10));
    assertEquals(100.5, Schedule.warmUp(10, (epoch, epochs) -> 100 * epochs + epoch).factor(10.5, 10), CLOSE * 100);
  }

  /** From 0.04 up to 1 at three tenths, then down to 4e-6, both along half a period of a cosine. */
  @Test
  void oneCycleGoesUpAndDown() {
    Schedule schedule = Schedule.oneCycle();
    assertEquals(0.04, schedule.factor(0, 10), CLOSE);
    assertEquals(1, schedule.factor(3, 10), CLOSE);
    assertEquals(4e-6, schedule.factor(10, 10), CLOSE);
    assertEquals(0.52, schedule.factor(1.5, 10), CLOSE, "half way up");
    assertEquals((1 + 4e-6) / 2, schedule.factor(6.5, 10), CLOSE, "half way down");
    for (double epoch = 0; epoch < 3; epoch += 0.25) {
      double share = (1 - Math.cos(Math.PI * epoch / 3)) / 2;
      assertEquals(0.04 + 0.96 * share, schedule.factor(epoch, 10), CLOSE);
    }
    for (double epoch = 3; epoch <= 10; epoch += 0.25) {
      double share = (1 + Math.cos(Math.PI * (epoch - 3) / 7)) / 2;
      assertEquals(4e-6 + (1 - 4e-6) * share, schedule.factor(epoch, 10), CLOSE);
    }
  }

  /** Its length does not matter, only how far it is. */
  @Test
  void oneCycleScalesWithTheFit() {
    for (double share = 0; share <= 1; share += 0.05) {
      double few = Schedule.oneCycle().factor(share * 10, 10);
      assertEquals(few, Schedule.oneCycle().factor(share * 70, 70), CLOSE);
      assertTrue(few > 0 && few <= 1);
    }
  }

  @Test
  void refusals() {
    assertRefused("every must be positive, but is 0", () -> Schedule.step(0, 0.5));
    assertRefused("gamma must be finite and positive as a float, but is 0.0", () -> Schedule.step(2, 0));
    assertRefused("gamma must be finite and positive as a float, but is NaN", () -> Schedule.exponential(Double.NaN));
    assertRefused(
        "the epochs of a warm-up must be finite and positive as a float, but is 0.0",
        () -> Schedule.warmUp(0, Schedule.constant()));
    double infinite = Double.POSITIVE_INFINITY;
    assertRefused("gamma must be finite and positive as a float, but is Infinity", () -> Schedule.step(2, infinite));
    assertRefused(
        "the epochs of a warm-up must be finite and positive as a float, but is Infinity",
        () -> Schedule.warmUp(infinite, Schedule.constant()));
    assertThrows(NullPointerException.class, () -> Schedule.warmUp(1, null));
  }
}
