package dev.lanewise.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Calls a kernel on short arrays for a while, as the library does when it starts: a vector method whose first calls are
 * long may be compiled in the middle of a loop and stay slow. A long call now and then shows C2 the branches that only
 * those take. The kernel is compiled when nothing else was meanwhile, and calls allocate nothing.
 */
final class Rehearsal {

  private static final long ROUND_NANOS = 300_000_000;
  private static final int MOST_ROUNDS = 10;
  private static final int SHORT_CALLS = 512;

  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Rehearsal() {}

  /** Calls both until they are compiled, ten rounds at most. */
  static void of(Runnable shortCall, Runnable longCall) {
    int round = 0;
    while (round < MOST_ROUNDS && !isCompiled(shortCall, longCall)) {
      round++;
    }
  }

  private static boolean isCompiled(Runnable shortCall, Runnable longCall) {
    long compiled = COMPILER.getTotalCompilationTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long end = System.nanoTime() + ROUND_NANOS;
    long calls = 0;
    while (System.nanoTime() < end) {
      shortCall.run();
      if (++calls % SHORT_CALLS == 0) {
        longCall.run();
      }
    }
    return COMPILER.getTotalCompilationTime() == compiled
        && THREADS.getCurrentThreadAllocatedBytes() - allocated < calls;
  }
}
