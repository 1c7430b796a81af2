package dev.lanewise.train;

/**
 * Told of each epoch, on the thread that called {@code fit}. The network may be asked for predictions from here: its
 * parameters are those at the end of that epoch. What it throws ends the fit; the network stays as it is then. To end it with
 * a history, see {@link Fit#stopWhen}.
 *
 * <p>Mostly it is a lambda. Where it is named beside {@code import module dev.lanewise;}, in a compact source file or beside
 * {@code import module java.base;}, that name could also be {@link javax.security.auth.callback.Callback}: import it singly there,
 * {@code import dev.lanewise.train.Callback;}.
 */
@FunctionalInterface
public interface Callback {
  /** Called once an epoch has ended. */
  void onEpoch(Epoch epoch);
}
