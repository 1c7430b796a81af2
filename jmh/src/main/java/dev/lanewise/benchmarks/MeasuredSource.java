package dev.lanewise.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.Gather;
import dev.lanewise.train.Source;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;

/**
 * Hands batches through and counts them, and what the threads of the fit allocate from the first batch of an epoch to
 * its end: there a fit does nothing but steps. Of one fit only. Other threads do not count, since JMH's own allocate now
 * and then.
 */
class MeasuredSource implements Source {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Source rows;

  /** Told of each batch that is asked for, or null. */
  private final StepTimes.Clock clock;

  /** Those that were there before the fit, without the one that calls it. */
  private final Set<Thread> others = new HashSet<>(Thread.getAllStackTraces().keySet());

  /** The ids of those of the fit. */
  private long[] threads;

  private boolean first;
  private long allocatedBefore;
  private long steps;
  private long samples;
  private long bytes;

  private MeasuredSource(Source rows, StepTimes.Clock clock) {
    this.rows = rows;
    this.clock = clock;
    others.remove(Thread.currentThread());
  }

  /** Hands through the batches of a source, for the trainer to gather where it can do that. */
  static MeasuredSource of(Source rows) {
    return of(rows, null);
  }

  /** The same, and tells a clock when. */
  static MeasuredSource of(Source rows, StepTimes.Clock clock) {
    return rows instanceof Gather gather ? new Gathered(rows, gather, clock) : new MeasuredSource(rows, clock);
  }

  /** One whose rows the threads of a fit copy. */
  private static final class Gathered extends MeasuredSource implements Gather {

    private final Gather gather;

    Gathered(Source rows, Gather gather, StepTimes.Clock clock) {
      super(rows, clock);
      this.gather = gather;
    }

    @Override
    public int advance(int capacity) {
      super.beforeBatch();
      return super.counted(gather.advance(capacity));
    }

    @Override
    public void copyRows(int from, int to, float[] x, int xAt, int ldx, float[] y, int yAt, int ldy) {
      gather.copyRows(from, to, x, xAt, ldx, y, yAt, ldy);
    }
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
    if (clock != null) {
      clock.pause();
    }
  }

  @Override
  public int fill(Batch batch) {
    beforeBatch();
    return counted(rows.fill(batch));
  }

  private void beforeBatch() {
    if (first) {
      first = false;
      if (threads == null) {
        threads = Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !others.contains(thread)).mapToLong(Thread::threadId).toArray();
      }
      allocatedBefore = allocated();
    }
    if (clock != null) {
      clock.tick();
    }
  }

  private int counted(int filled) {
    if (filled == 0) {
      bytes += allocated() - allocatedBefore;
    } else {
      steps++;
      samples += filled;
    }
    return filled;
  }

  private long allocated() {
    long sum = 0;
    for (long thread : threads) {
      sum += THREADS.getThreadAllocatedBytes(thread);
    }
    return sum;
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
