package dev.lanewise;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.nn.Activation;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/** Predicts, row after row, until the vector softmax has taken over, and on. Prints how many bytes it allocated from then on. */
final class TakeOverProgram {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long LIMIT_NANOS = 60_000_000_000L;

  private TakeOverProgram() {}

  /** Takes nothing. */
  public static void main(String[] args) {
    Predictor predictor = Network.of(1, new int[] {8, 32, 10}, Activation.RELU, Activation.SOFTMAX).predictor();
    float[] row = new float[8];
    float[] out = new float[10];
    long end = System.nanoTime() + LIMIT_NANOS;
    long before;
    do { // often enough for C2 to compile all of it with the scalar kernel
      before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 500; i++) {
        predictor.predict(row, out);
      }
      LockSupport.parkNanos(1_000_000);
    } while (!isVector() && System.nanoTime() < end);
    for (int i = 0; i < 100_000; i++) {
      predictor.predict(row, out);
    }
    System.out.println(isVector() ? "vector" : "scalar");
    System.out.println(THREADS.getCurrentThreadAllocatedBytes() - before);
  }

  private static boolean isVector() {
    return KernelProvider.kernels(Extra.SOFTMAX).name().equals("vector");
  }
}
