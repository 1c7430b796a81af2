package dev.lanewise;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.KernelProvider;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Asks for every kernel that not all networks need until all are the vector ones, for half a minute at most, and prints which are not. */
public final class ExtrasProgram {

  private static final long LIMIT_NANOS = 30_000_000_000L;

  private ExtrasProgram() {}

  /** Waits and prints. */
  public static void main(String[] args) {
    long end = System.nanoTime() + LIMIT_NANOS;
    List<Extra> scalar = scalar();
    while (!scalar.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
      scalar = scalar();
    }
    scalar.forEach(System.out::println);
  }

  private static List<Extra> scalar() {
    return Stream.of(Extra.values()).filter(extra -> KernelProvider.kernels(extra).name().equals("scalar")).toList();
  }
}
