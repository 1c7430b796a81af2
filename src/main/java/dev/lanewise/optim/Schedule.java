package dev.lanewise.optim;

import dev.lanewise.text.Message;
import dev.lanewise.text.Require;
import java.util.Objects;

/**
 * What the learning rate of a fit is multiplied by as the fit goes on. A schedule depends on nothing but how far the fit is, so
 * that a run that is resumed goes on as it would have.
 */
@FunctionalInterface
public interface Schedule {

  /**
   * The factor of one step.
   *
   * @param epoch how many epochs are done, counted to the middle of the step: step b of n in epoch e, each from 0, is at e + (b
   *     + ½) / n. Where the rows of an epoch are not known beforehand it is e + ½ throughout
   * @param epochs how many the fit is to have
   */
  double factor(double epoch, int epochs);

  /**
   * What checkpoints call it, so that a run that is resumed under another schedule is refused. One of your own is
   * {@code custom} unless it has a name here, and is then not told from others.
   */
  default String name() {
    return "custom";
  }

  /** 1 throughout. */
  static Schedule constant() {
    return NamedSchedule.CONSTANT;
  }

  /**
   * gamma^⌊epoch / every⌋: the rate falls all {@code every} epochs.
   *
   * @throws IllegalArgumentException if {@code every} is not positive, or gamma not finite and positive as a float
   */
  static Schedule step(int every, double gamma) {
    Require.positive("every", every);
    Require.positive("gamma", gamma);
    return new NamedSchedule(
        Message.of("step(%d, %s)", every, gamma), (epoch, epochs) -> StrictMath.pow(gamma, Math.floor(epoch / every)));
  }

  /**
   * gamma^⌊epoch⌋.
   *
   * @throws IllegalArgumentException if gamma is not finite and positive as a float
   */
  static Schedule exponential(double gamma) {
    return step(1, gamma);
  }

  /** ½ (1 + cos(π · epoch / epochs)): from 1 down to 0 (Loshchilov, Hutter: SGDR, 2017, without restarts). */
  static Schedule cosine() {
    return new NamedSchedule("cosine", (epoch, epochs) -> between(0, 1, 1 - epoch / epochs));
  }

  /**
   * Up to 1 in so many epochs, in a straight line from 0, then {@code then} over exactly what is left, so that it ends with the
   * fit. Where that is no whole number of epochs, the ones here are told it as it is; one of your own is told the next whole
   * number, and its epochs are stretched to end there.
   *
   * @throws IllegalArgumentException if the number is not finite and positive as a float
   */
  static Schedule warmUp(double warmUpEpochs, Schedule then) {
    Require.positive("the epochs of a warm-up", warmUpEpochs);
    Objects.requireNonNull(then, "then");
    return new NamedSchedule(
        Message.of("warm-up(%s, %s)", warmUpEpochs, then.name()),
        (epoch, epochs) ->
            epoch < warmUpEpochs ? epoch / warmUpEpochs : factor(then, epoch - warmUpEpochs, epochs - warmUpEpochs));
  }

  /** That of a schedule over so many epochs, whole or not; a fit of partial ones may go on when none are left. */
  private static double factor(Schedule schedule, double epoch, double left) {
    double epochs = left > 0 ? left : 1;
    if (schedule instanceof NamedSchedule named) {
      return named.formula().at(epoch, epochs);
    }
    double whole = Math.ceil(epochs);
    return schedule.factor(epoch * (whole / epochs), (int) whole);
  }

  /**
   * From 1/25 up to 1 in the first three tenths of the fit, then down to 1/250,000, both along a cosine; the fit's learning rate is the
   * peak (after Smith, Topin: Super-Convergence, 2018, whose cycle is linear; with the cosine and the numbers of fastai and PyTorch).
   */
  static Schedule oneCycle() {
    return new NamedSchedule(
        "one-cycle",
        (epoch, epochs) -> {
          double done = epoch / epochs;
          return done < 0.3 ? between(1 / 25.0, 1, done / 0.3) : between(1 / 250_000.0, 1, (1 - done) / 0.7);
        });
  }

  /**
   * Along half a period of a cosine, {@code low} where {@code share} is 0 and {@code high} where it is 1: (1 − cos πs) / 2 =
   * sin²(πs/2), from whichever end is nearer, since beyond π/4 StrictMath allocates.
   */
  private static double between(double low, double high, double share) {
    double s = Math.clamp(share, 0, 1);
    double sine = StrictMath.sin(Math.PI / 2 * Math.min(s, 1 - s));
    double risen = sine * sine;
    return low + (high - low) * (s <= 0.5 ? risen : 1 - risen);
  }
}
