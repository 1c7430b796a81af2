package dev.lanewise.kernel;

import java.util.List;
import java.util.stream.Stream;

/**
 * A kernel that goes element by element, by one signature for all, with its formula in double. What a formula rounds to
 * float is what the kernel rounds.
 */
interface ElementCall {

  void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  /** The result for one element; {@code out} is what the output held. */
  double formula(float scale, double x, double y, double out);

  /** How far from the formula a result may be, beyond being rounded to float. */
  default double tolerance(double x, double out, double wanted) {
    return 0;
  }

  /** Whether the formula holds for such an x. */
  default boolean isFor(double x) {
    return true;
  }

  default boolean readsY() {
    return false;
  }

  default boolean readsOut() {
    return false;
  }

  /** All there are. */
  static Stream<ElementCall> all() {
    return Stream.of(List.of(ElementOp.values()), ActivationOp.ALL, LossOp.ALL).flatMap(List::stream);
  }
}
