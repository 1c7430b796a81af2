package dev.lanewise.engine;

import dev.lanewise.nn.Loss;
import dev.lanewise.text.Message;
import java.util.Optional;

/**
 * The loss of the last fit, which a network's parameters are published with: where the class of a single output begins depends on it.
 *
 * @param loss null where a file has the name of one that is not built in
 * @param name its name
 * @param threshold where the class of a single output begins
 */
public record LastLoss(Loss loss, String name, float threshold) {

  /** Before the first fit. */
  public static final LastLoss INITIAL = of(Loss.MSE);

  /** That of a fit. */
  public static LastLoss of(Loss loss) {
    return new LastLoss(loss, loss.name(), loss.threshold());
  }

  /** That which a file has the name of. */
  public static LastLoss named(String name, float threshold) {
    Optional<Loss> loss = Loss.named(name);
    return loss.isPresent() ? of(loss.get()) : new LastLoss(null, name, threshold);
  }

  /** The loss itself. */
  public Loss require() {
    if (loss == null) {
      throw new IllegalStateException(
          Message.of("the network was trained on a loss of one's own, of which its file has the name \"%s\" alone: give the loss", name));
    }
    return loss;
  }
}
