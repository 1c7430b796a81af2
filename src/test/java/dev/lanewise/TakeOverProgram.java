package dev.lanewise;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.nn.Activation;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Predicts, row after row, until the vector kernels of two activations, that of a hidden layer and that of the outputs, have taken over, and
 * on. Prints how many bytes it allocated from then on.
 */
final class TakeOverProgram {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long LIMIT_NANOS = 60_000_000_000L;

  private TakeOverProgram() {}

  /** The activations, as files name them: of the hidden layer, and of the outputs. */
  public static void main(String[] args) {
    List<Extra> extras = Arrays.stream(args).map(name -> Extra.valueOf(name.toUpperCase(Locale.ROOT))).toList();
    Network network =
        Network.of(1, new int[] {8, 32, 10}, Activation.named(args[0]).orElseThrow(), Activation.named(args[1]).orElseThrow());
    Predictor predictor = network.predictor();
    float[] row = new float[8];
    float[] out = new float[10];
    long end = System.nanoTime() + LIMIT_NANOS;
    long before;
    do { // often enough for C2 to compile all of it with scalar kernels
      before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 500; i++) {
        predictor.predict(row, out);
      }
      LockSupport.parkNanos(1_000_000);
    } while (!extras.stream().allMatch(TakeOverProgram::isVector) && System.nanoTime() < end);
    for (int i = 0; i < 100_000; i++) {
      predictor.predict(row, out);
    }
    System.out.println(extras.stream().allMatch(TakeOverProgram::isVector) ? "vector" : "scalar");
    System.out.println(THREADS.getCurrentThreadAllocatedBytes() - before);
  }

  private static boolean isVector(Extra extra) {
    return KernelProvider.kernels(extra).name().equals("vector");
  }
}
