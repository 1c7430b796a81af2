package dev.lanewise;

import java.util.concurrent.locks.LockSupport;

/** Prints which kernels run at first, and which do in the end: as soon as they are vector kernels, or after half a minute. */
public final class KernelsProgram {

  private static final long LIMIT_NANOS = 30_000_000_000L;

  private KernelsProgram() {}

  /** Waits and prints. */
  public static void main(String[] args) {
    System.out.println(Network.kernels());
    long end = System.nanoTime() + LIMIT_NANOS;
    while (Network.kernels().endsWith("compiled") && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    System.out.println(Network.kernels());
  }
}
