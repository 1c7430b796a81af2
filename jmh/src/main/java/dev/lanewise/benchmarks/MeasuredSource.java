package dev.lanewise.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.lanewise.train.Source;
import java.lang.management.ManagementFactory;

/**
 * Hands batches through and counts them, and what all threads allocate from the first batch of an epoch to its end:
 * there a fit does nothing but steps.
 */
final class MeasuredSource implements Source {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Source rows;
  private boolean first;
  private long allocatedBefore;
  private long steps;
  private long samples;
  private long bytes;

  MeasuredSource(Source rows) {
    this.rows = rows;
  }

  @Override
  public int inputs() {
    return rows.inputs();
  }

  @Override
  public int outputs() {
    return rows.outputs();
  }

  @Override
  public long rows() {
    return rows.rows();
  }

  @Override
  public void check() {
    rows.check();
  }

  @Override
  public void begin(long epoch, boolean shuffle, long seed) {
    rows.begin(epoch, shuffle, seed);
    first = true;
  }

  @Override
  public int fill(Batch batch) {
    if (first) {
      first = false;
      allocatedBefore = THREADS.getTotalThreadAllocatedBytes();
    }
    int filled = rows.fill(batch);
    if (filled == 0) {
      bytes += THREADS.getTotalThreadAllocatedBytes() - allocatedBefore;
    } else {
      steps++;
      samples += filled;
    }
    return filled;
  }

  /** The batches handed through. */
  long steps() {
    return steps;
  }

  /** Their rows. */
  long samples() {
    return samples;
  }

  /** What was allocated meanwhile. */
  long bytes() {
    return bytes;
  }
}
