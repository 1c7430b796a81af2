package dev.lanewise.train;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Adagrad;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.RmsProp;
import dev.lanewise.optim.Schedule;
import dev.lanewise.optim.Sgd;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The defaults of a fit, that it never changes, and the numbers it refuses. */
class FitTest {

  @Test
  void publishedIsThePostsNumbers() {
    Fit fit = Fit.published();
    assertTrue(fit.isPublished());
    assertEquals(Loss.MSE, fit.loss());
    assertEquals(1e-3, fit.learningRate());
    assertEquals(100, fit.epochs());
    assertEquals(15, fit.batchSize());
    assertTrue(fit.shuffle());
    assertEquals(0, fit.seed());
    assertEquals(1, fit.threads());
    assertEquals(List.of(), fit.callbacks());
  }

  @Test
  void saysWhatIsNotUsual() {
    assertEquals(
        "Fit[published, epochs=100, batchSize=15, learningRate=0.001, optimizer=Sgd[momentum=0.0, nesterov=false, decay=0.0], seed=0]",
        Fit.published().toString());
    String text = Fit.with(Loss.MAE).schedule(Schedule.cosine()).l2(0.5).clipNorm(1).threads(2).balancedClassWeights().toString();
    assertTrue(text.startsWith("Fit[loss=mae, epochs=10, batchSize=32, learningRate=0.01, "), text);
    assertTrue(text.endsWith("seed=0, schedule=cosine, l2=0.5, clipNorm=1.0, classWeights=balanced, threads=2]"), text);
    Fit rest = Fit.published().shuffle(false).onEpoch(epoch -> {}).validation(Matrix.zeros(2, 1), Matrix.zeros(2, 1))
        .timeLimit(Duration.ofSeconds(3)).checkpoint(Path.of("run"), 2);
    String end = "seed=0, shuffle=false, validation=2 rows, timeLimit=PT3S, checkpoint=Checkpoint[file=run, every=2], callbacks=1]";
    assertTrue(rest.toString().endsWith(end), rest.toString());
  }

  @Test
  void withALossIsPlainDescent() {
    Fit fit = Fit.with(Loss.CROSS_ENTROPY);
    assertFalse(fit.isPublished());
    assertEquals(Loss.CROSS_ENTROPY, fit.loss());
    assertEquals(0.01, fit.learningRate());
    assertEquals(10, fit.epochs());
    assertEquals(32, fit.batchSize());
    assertTrue(fit.shuffle());
    assertEquals(0, fit.seed());
    assertEquals(1, fit.threads());
    assertEquals(List.of(), fit.callbacks());
  }

  @Test
  void anyFallOfTheLossCountsUnlessMoreIsAskedFor() {
    assertEquals(new EarlyStopping(3, 0), Fit.with(Loss.MSE).earlyStopping(3).earlyStopping().orElseThrow());
    assertEquals(new EarlyStopping(3, 0.5), Fit.with(Loss.MSE).earlyStopping(3, 0.5).earlyStopping().orElseThrow());
  }

  @Test
  void witherChangesOneThingInACopy() {
    Callback first = epoch -> {};
    Callback second = epoch -> {};
    Fit plain = Fit.with(Loss.MSE);
    Fit fit = plain.epochs(3).batchSize(4).learningRate(0.5).shuffle(false).seed(6).threads(7).onEpoch(first);
    Fit both = fit.onEpoch(second);
    assertEquals(3, both.epochs());
    assertEquals(4, both.batchSize());
    assertEquals(0.5, both.learningRate());
    assertFalse(both.shuffle());
    assertEquals(6, both.seed());
    assertEquals(7, both.threads());
    assertEquals(List.of(first, second), both.callbacks());
    assertEquals(List.of(first), fit.callbacks());
    assertThrows(UnsupportedOperationException.class, () -> fit.callbacks().add(second));

    assertEquals(10, plain.epochs());
    assertEquals(32, plain.batchSize());
    assertEquals(0.01, plain.learningRate());
    assertTrue(plain.shuffle());
    assertEquals(0, plain.seed());
    assertEquals(1, plain.threads());
    assertEquals(List.of(), plain.callbacks());
    assertTrue(Fit.published().epochs(5).isPublished());
  }

  @Test
  void isNotChangedThroughTheArraysItWasGiven() {
    double[] weights = {1, 2};
    int[] labels = {0, 1};
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).classWeights(weights).validation(Matrix.zeros(2, 1), labels);
    weights[0] = 9;
    labels[1] = 0;
    assertEquals("[1.0, 2.0]", fit.classWeights().orElseThrow().toString());
    assertEquals(0.5, fit.validation().orElseThrow().accuracy(new int[] {0, 0}));
  }

  @Test
  void ofRowsAndAShareToValidateOnTheLastHolds() {
    Matrix rows = Matrix.zeros(2, 1);
    Fit share = Fit.with(Loss.MSE).validation(rows, rows).validationSplit(0.2);
    assertTrue(share.validation().isEmpty());
    assertEquals(0.2, share.validationSplit());
    Fit given = share.validation(rows, rows);
    assertTrue(given.validation().isPresent());
    assertEquals(Fit.with(Loss.MSE).validationSplit(), given.validationSplit());
  }

  /** All that a fit can be asked for, so that an option that is added is not forgotten; rows to validate on come either way. */
  @Test
  void keepsEachOptionWhenAnotherIsSet() throws ReflectiveOperationException {
    Fit most = Fit.with(Loss.CROSS_ENTROPY).epochs(3).batchSize(4).learningRate(0.5).shuffle(false).seed(6).threads(7)
        .onEpoch(epoch -> {}).optimizer(Optimizer.adam()).schedule(Schedule.cosine()).reduceOnPlateau(0.5, 3).l1(0.1).l2(0.2)
        .clipValue(0.3).clipNorm(0.4).labelSmoothing(0.1).classWeights(1, 2).earlyStopping(8).timeLimit(Duration.ofHours(1))
        .stopWhen(epoch -> epoch.loss() < 0.1).checkpoint(Path.of("run"), 2);
    Fit given = most.validation(Matrix.zeros(1, 2), new int[1]);
    Fit split = most.validationSplit(0.2);
    assertEquals(answers(given), answers(given.seed(6)));
    assertEquals(answers(split), answers(split.seed(6)));
    Map<String, Object> both = answers(given);
    both.put("validationSplit", split.validationSplit());
    answers(Fit.published()).forEach((question, usual) -> assertNotEquals(usual, both.get(question), question));
  }

  private static Map<String, Object> answers(Fit fit) throws ReflectiveOperationException {
    Map<String, Object> answers = new TreeMap<>();
    for (Method method : Fit.class.getMethods()) {
      Class<?> type = method.getReturnType();
      boolean isOwn = method.getDeclaringClass() == Fit.class;
      if (isOwn && method.getParameterCount() == 0 && type != Fit.class && type != void.class) {
        answers.put(method.getName(), method.invoke(fit));
      }
    }
    return answers;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesCountsThatAreNotPositive(int count) {
    Fit fit = Fit.published();
    assertRefused("epochs must be positive, but is " + count, () -> fit.epochs(count));
    assertRefused("batchSize must be positive, but is " + count, () -> fit.batchSize(count));
    assertRefused("threads must be positive, but is " + count, () -> fit.threads(count));
  }

  /** 1e-46 is zero and 1e39 infinite as the float that training multiplies by. */
  @ParameterizedTest
  @ValueSource(doubles = {0, -0.01, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-46, 1e39})
  void refusesLearningRatesThatAreNotFiniteAndPositive(double rate) {
    String message = "learningRate must be finite and positive as a float, but is " + rate;
    assertRefused(message, () -> Fit.published().learningRate(rate));
    assertRefused(message, () -> Fit.with(Loss.MSE).learningRate(rate));
  }

  static final List<Arguments> MORE_THAN_THE_POST = List.of(
      arguments("optimizer", Fit.published().optimizer(Optimizer.adam())),
      arguments("optimizer", Fit.published().optimizer(Optimizer.sgd().decay(0.1))),
      arguments("schedule", Fit.published().schedule(Schedule.constant())),
      arguments("reduceOnPlateau", Fit.published().reduceOnPlateau(0.5, 3)),
      arguments("l1", Fit.published().l1(1e-3)),
      arguments("l2", Fit.published().l2(1e-3)),
      arguments("clipValue", Fit.published().clipValue(1)),
      arguments("clipNorm", Fit.published().clipNorm(1)),
      arguments("classWeights", Fit.published().classWeights(1, 2)),
      arguments("classWeights", Fit.published().balancedClassWeights()),
      arguments("validation", Fit.published().validation(Matrix.zeros(1, 2), new int[1])),
      arguments("validation", Fit.published().validation(Matrix.zeros(1, 2), Matrix.zeros(1, 1))),
      arguments("validationSplit", Fit.published().validationSplit(0.2)),
      arguments("earlyStopping", Fit.published().earlyStopping(3)),
      arguments("timeLimit", Fit.published().timeLimit(Duration.ofHours(1))),
      arguments("stopWhen", Fit.published().stopWhen(epoch -> false)),
      arguments("checkpoint", Fit.published().checkpoint(Path.of("run"), 1)),
      arguments("l2 or optimizer", Fit.published().l2(1e-3).optimizer(Optimizer.adam()).threads(2)));

  @ParameterizedTest
  @FieldSource("MORE_THAN_THE_POST")
  void postsRuleHasNoOtherOption(String options, Fit fit) {
    assertRefused(
        "the post's rule has epochs, batch size, learning rate, shuffling, seed, threads and callbacks alone, and no " + options
            + ": use Fit.with(loss) for all other options",
        fit::check);
  }

  @Test
  void postsRuleHasItsOwnOptions() {
    Fit fit = Fit.published().epochs(3).batchSize(4).learningRate(0.5).shuffle(false).seed(6).threads(7);
    fit.onEpoch(epoch -> {}).optimizer(Optimizer.sgd()).l2(0).check();
  }

  @Test
  void defaultRateIsTheOptimizers() {
    Fit fit = Fit.with(Loss.MSE);
    assertEquals(0.01, fit.optimizer(Optimizer.sgd()).learningRate());
    assertEquals(0.01, fit.optimizer(Optimizer.momentum(0.9)).learningRate());
    assertEquals(0.01, fit.optimizer(Optimizer.nesterov(0.9)).learningRate());
    assertEquals(0.001, fit.optimizer(Optimizer.rmsProp()).learningRate());
    assertEquals(0.01, fit.optimizer(Optimizer.adagrad()).learningRate());
    assertEquals(0.001, fit.optimizer(Optimizer.adam()).learningRate());
    assertEquals(0.001, fit.optimizer(Optimizer.adamW()).learningRate());
    assertEquals(0.3, fit.learningRate(0.3).optimizer(Optimizer.adam()).learningRate(), "unless it is given");
    assertEquals(0.3, fit.optimizer(Optimizer.adam()).learningRate(0.3).learningRate());
  }

  @Test
  void optimizersBeginAsTheirJavadocSays() {
    assertEquals(new Sgd(0, false, 0), Optimizer.sgd());
    assertEquals(new Sgd(0.9, false, 0), Optimizer.momentum(0.9));
    assertEquals(new Sgd(0.9, true, 0), Optimizer.nesterov(0.9));
    assertEquals(new RmsProp(0.9, 1e-7, 0), Optimizer.rmsProp());
    assertEquals(new Adagrad(1e-7, 0), Optimizer.adagrad());
    assertEquals(new Adam(0.9, 0.999, 1e-8, 0), Optimizer.adam());
    assertEquals(new Adam(0.9, 0.999, 1e-8, 0.01), Optimizer.adamW());
  }

  @Test
  void witherOfAnOptimizerKeepsItsOtherNumbers() {
    Sgd sgd = new Sgd(0.9, true, 0.1);
    assertEquals(new Sgd(0.9, true, 0.2), sgd.decay(0.2));
    RmsProp rmsProp = new RmsProp(0.8, 1e-5, 0.1);
    assertEquals(new RmsProp(0.5, 1e-5, 0.1), rmsProp.rho(0.5));
    assertEquals(new RmsProp(0.8, 1e-3, 0.1), rmsProp.epsilon(1e-3));
    assertEquals(new RmsProp(0.8, 1e-5, 0.2), rmsProp.decay(0.2));
    Adagrad adagrad = new Adagrad(1e-5, 0.1);
    assertEquals(new Adagrad(1e-3, 0.1), adagrad.epsilon(1e-3));
    assertEquals(new Adagrad(1e-5, 0.2), adagrad.decay(0.2));
    Adam adam = new Adam(0.8, 0.6, 1e-5, 0.1);
    assertEquals(new Adam(0.5, 0.6, 1e-5, 0.1), adam.beta1(0.5));
    assertEquals(new Adam(0.8, 0.5, 1e-5, 0.1), adam.beta2(0.5));
    assertEquals(new Adam(0.8, 0.6, 1e-3, 0.1), adam.epsilon(1e-3));
    assertEquals(new Adam(0.8, 0.6, 1e-5, 0.2), adam.decay(0.2));
  }

  /** Where no gradient has been, it would divide 0 by 0. */
  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-8, Double.NaN})
  void refusesEpsilonsThatAreNotPositive(double epsilon) {
    for (Executable with :
        List.<Executable>of(
            () -> Optimizer.rmsProp().epsilon(epsilon),
            () -> Optimizer.adagrad().epsilon(epsilon),
            () -> Optimizer.adam().epsilon(epsilon))) {
      String message = assertThrows(IllegalArgumentException.class, with).getMessage();
      assertTrue(message.startsWith("epsilon must be finite and positive"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesPenaltiesThatAreNone(double penalty) {
    assertRefused("l1 must be finite and not negative, but is " + penalty, () -> Fit.with(Loss.MSE).l1(penalty));
    assertRefused("l2 must be finite and not negative, but is " + penalty, () -> Fit.with(Loss.MSE).l2(penalty));
  }

  /** Kernels take floats: 1 − ρ would be 0, and a penalty infinite. */
  @Test
  void refusesWhatAFloatCannotHold() {
    double almost = 0.99999999;
    String one = " must be in 0..1, 1 excluded, but is 0.99999999, which is 1.0 as a float";
    assertRefused("momentum" + one, () -> Optimizer.momentum(almost));
    assertRefused("rho" + one, () -> Optimizer.rmsProp().rho(almost));
    assertRefused("beta1" + one, () -> Optimizer.adam().beta1(almost));
    assertRefused("beta2" + one, () -> Optimizer.adam().beta2(almost));
    assertRefused("labelSmoothing" + one, () -> Fit.with(Loss.CROSS_ENTROPY).labelSmoothing(almost));
    assertRefused("dropout" + one, () -> Dense.of(2, 3, Activation.RELU).dropout(almost));
    String infinite = " must be finite and not negative, but is 1.0E39, which is Infinity as a float";
    assertRefused("l1" + infinite, () -> Fit.with(Loss.MSE).l1(1e39));
    assertRefused("l2" + infinite, () -> Fit.with(Loss.MSE).l2(1e39));
    assertRefused("decay" + infinite, () -> Optimizer.adam().decay(1e39));
    assertEquals(0.9999999, Optimizer.adam().beta2(0.9999999).beta2(), "which is below 1 as a float, too");
    assertEquals(3e38, Fit.with(Loss.MSE).l2(3e38).l2());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.NEGATIVE_INFINITY, 1e39, 1e-46})
  void refusesLimitsThatAreNone(double limit) {
    String message = " must be finite and positive as a float, but is " + limit;
    assertRefused("clipValue" + message, () -> Fit.with(Loss.MSE).clipValue(limit));
    assertRefused("clipNorm" + message, () -> Fit.with(Loss.MSE).clipNorm(limit));
  }

  /** As the getters give it where there is none. */
  @Test
  void takesInfinityForNoLimit() {
    Fit limited = Fit.published().clipValue(1).clipNorm(2);
    Fit fit = limited.clipValue(Fit.published().clipValue()).clipNorm(Fit.published().clipNorm());
    assertEquals(Double.POSITIVE_INFINITY, fit.clipValue());
    assertEquals(Double.POSITIVE_INFINITY, fit.clipNorm());
    assertEquals(Fit.published().toString(), fit.toString());
    fit.check();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY, 1e39})
  void refusesDifferencesThatAreNone(double minDelta) {
    String message = assertThrows(IllegalArgumentException.class, () -> Fit.with(Loss.MSE).earlyStopping(3, minDelta)).getMessage();
    assertTrue(message.startsWith("minDelta must be finite and not negative, but is " + minDelta), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesPatienceAndIntervalsThatAreNotPositive(int count) {
    assertRefused("patience must be positive, but is " + count, () -> Fit.with(Loss.MSE).earlyStopping(count));
    assertRefused("patience must be positive, but is " + count, () -> Fit.with(Loss.MSE).reduceOnPlateau(0.5, count));
    assertRefused("every must be positive, but is " + count, () -> Fit.with(Loss.MSE).checkpoint(Path.of("run"), count));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
  void refusesSharesThatOptimizersDoNotHave(double share) {
    String message = " must be in 0..1, 1 excluded, but is " + share;
    assertRefused("momentum" + message, () -> Optimizer.momentum(share));
    assertRefused("momentum" + message, () -> Optimizer.nesterov(share));
    assertRefused("rho" + message, () -> Optimizer.rmsProp().rho(share));
    assertRefused("beta1" + message, () -> Optimizer.adam().beta1(share));
    assertRefused("beta2" + message, () -> Optimizer.adam().beta2(share));
  }

  @Test
  void historyKeepsItsEpochs() {
    Epoch first = new Epoch(1, 0.5, 0.1, 100, 0.01, Double.NaN, Double.NaN);
    Epoch second = new Epoch(2, 0.25, 0.1, 100, 0.01, Double.NaN, Double.NaN);
    List<Epoch> epochs = new ArrayList<>(List.of(first, second));
    History history = new History(epochs, 1, History.Stop.COMPLETED, 2);
    epochs.clear();
    assertEquals(List.of(first, second), history.epochs());
    assertEquals(second, history.last());
    assertThrows(UnsupportedOperationException.class, () -> history.epochs().add(first));
  }
}
