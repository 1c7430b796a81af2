package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.Gather;
import dev.lanewise.kernel.LineArrays;
import dev.lanewise.kernel.Panels;
import dev.lanewise.text.Message;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source.Batch;
import dev.lanewise.train.Source;
import java.util.Arrays;

/**
 * The batches of a fit, one after the other: rows of its source with targets as the fit wants them, and how much each row
 * counts.
 */
final class Batches {

  /** So many threads may copy a whole batch each: with more, each still copies all of it, and together they need more memory. */
  private static final int MOST_COPYING = 2;

  private final Source source;
  private final GivenRows given;
  private final Fit fit;

  /** The source, where its rows can be copied by the threads that work on them. */
  private final Gather gather;

  /** What the source fills where they cannot; its values are checked as they are copied. */
  private final Batch batch;

  private final int capacity;
  private final LineArrays arrays;

  /**
   * Inputs and targets, from {@code xAt} and {@code yAt} on and rows {@code ldx} and {@code ldy} apart: with the room that products want.
   * Of each thread; the same arrays for all where each copies some of the rows, and its own where it {@linkplain #copyForEach copies all}.
   */
  private final float[][] x;
  private final float[][] y;
  final int xAt;
  final int yAt;
  final int ldx;
  final int ldy;

  /** Whether these are not what the source fills, since its rows have no room to be padded or may not change. */
  private final boolean ownX;
  private final boolean ownY;

  final RowWeights weights;

  /** Of each thread, whether its rows of the batch are finite; a thread may have none. */
  private final boolean[] finite;

  private final TargetCoding targets;

  /** Whether the buffers hold the last batch that was copied still. */
  private boolean isThere;

  /**
   * A copy of its first row, where the source fills the buffers themselves: if the buffer differs at the end of the epoch, the source has
   * begun to overwrite it.
   */
  private final float[] firstX;

  private final float[] firstY;

  /**
   * The batches of a source, of which each thread copies some rows.
   *
   * @param capacity what {@link #capacity(Source, Fit)} says
   * @param arrays makes those that are not the source's own
   */
  Batches(Source source, Fit fit, int capacity, int threads, LineArrays arrays) {
    this.source = source;
    this.fit = fit;
    this.gather = source instanceof Gather rowsInMemory ? rowsInMemory : null;
    this.given = new GivenRows(source, fit, capacity);
    this.capacity = capacity;
    this.arrays = arrays;
    this.batch = gather == null ? buffers(source, capacity) : null;
    this.weights = new RowWeights(source, fit, capacity);
    // What the source fills stays where it is: rows further apart would gain less than copying takes.
    boolean hasRoom = batch != null && Panels.columns(source.inputs()) == source.inputs();
    this.ldx = hasRoom ? source.inputs() : Panels.stride(source.inputs());
    this.ldy = Panels.columns(source.outputs());
    ownX = batch == null || ldx != source.inputs();
    ownY = batch == null || ldy != source.outputs() || fit.labelSmoothing() > 0;
    x = new float[threads][];
    y = new float[threads][];
    xAt = ownX ? Panels.LEAD : 0;
    yAt = ownY ? Panels.LEAD : 0;
    Arrays.fill(x, ownX ? newX() : batch.x());
    Arrays.fill(y, ownY ? newY() : batch.y());
    targets = new TargetCoding(fit, source.outputs(), gather == null || gather.labels() != null);
    firstX = new float[ownX ? 0 : source.inputs()];
    firstY = new float[ownY ? 0 : source.outputs()];
    finite = new boolean[threads];
    Arrays.fill(finite, true);
  }

  /** What a source fills by itself; a batch that fits in no array is refused. */
  private static Batch buffers(Source source, int capacity) {
    Workspace.length(capacity, 0, Math.max(source.inputs(), source.outputs()));
    return new Batch(capacity, source.inputs(), source.outputs());
  }

  private float[] newX() {
    return arrays.zeros(Workspace.length(capacity, xAt, ldx));
  }

  private float[] newY() {
    return arrays.zeros(Workspace.length(capacity, yAt, ldy));
  }

  static int capacity(Source source, Fit fit) {
    return source.rows() < 0 ? fit.batchSize() : (int) Math.min(fit.batchSize(), source.rows());
  }

  int capacity() {
    return capacity;
  }

  /** How many rows the source gives, held to what it said. */
  GivenRows given() {
    return given;
  }

  int rows() {
    return given.rows();
  }

  /**
   * Asks that each thread copies all rows, for itself: what divides columns needs all of them, and would wait for those that another thread
   * has just written longer than for memory.
   *
   * @return whether that may be: rows have to be in memory, where they are known to be finite, and threads few
   */
  boolean copyForEach() {
    if (gather == null || x.length > MOST_COPYING) {
      return false;
    }
    for (int t = 1; t < x.length; t++) {
      x[t] = newX();
      y[t] = newY();
    }
    return true;
  }

  /**
   * Copies all rows for one of the threads that {@linkplain #copyForEach copy all}. Each begins with its own share of them: so no two wait
   * for the same row to come from memory, and what is another's share comes out of its cache by then.
   */
  void copyAll(int thread, int threads) {
    int own = Share.bound(rows(), thread, threads);
    copyAny(own, rows(), thread);
    copyAny(0, own, thread);
  }

  /** Rows in memory, whose values are known to be finite. */
  private void copyAny(int from, int to, int thread) {
    if (from < to) {
      boolean _ = copy(from, to, thread);
    }
  }

  /** The inputs as this thread finds them. */
  float[] x(int thread) {
    return x[thread];
  }

  /** The targets as this thread finds them. */
  float[] y(int thread) {
    return y[thread];
  }

  /** Whether the buffers hold a batch that was trained on. */
  boolean isThere() {
    return isThere;
  }

  void beginEpoch(long epoch) {
    given.beginEpoch();
    source.begin(epoch, fit.shuffle(), fit.seed());
  }

  /**
   * Reads the next batch, or where it will be copied from; false at the end of the epoch.
   *
   * @param number that of the batch in its epoch, for messages
   */
  boolean next(int epoch, long number) {
    int count = gather == null ? fill() : gather.advance(capacity);
    given.add(count);
    if (count == 0) {
      isThere = gather != null || isAsItWas();
      return false;
    }
    if (given.leavesOut(count)) {
      isThere = gather != null;
      given.requireEnd(count, gather != null || fill() == 0);
      return false;
    }
    given.take(count);
    System.arraycopy(x[0], 0, firstX, 0, firstX.length);
    System.arraycopy(y[0], 0, firstY, 0, firstY.length);
    weights.next(count, batch, epoch, number);
    return true;
  }

  private boolean isAsItWas() {
    return Arrays.equals(x[0], 0, firstX.length, firstX, 0, firstX.length)
        && Arrays.equals(y[0], 0, firstY.length, firstY, 0, firstY.length);
  }

  private int fill() {
    batch.clearWeights();
    int count = source.fill(batch);
    if (count > 0 && count <= capacity) {
      targets.mark(0, count, batch.y(), 0, source.outputs());
    }
    return count;
  }

  /** Copies rows {@code from} to {@code to} for a thread to work on; false if a value is not finite. */
  boolean copy(int from, int to, int thread) {
    if (gather != null) { // its values are checked already
      gather.copyRows(from, to, x[thread], xAt, ldx, y[thread], yAt, ldy);
      targets.mark(from, to, y[thread], yAt, ldy);
    } else {
      finite[thread] =
          copyFinite(from, to, source.inputs(), batch.x(), ownX ? x[thread] : null, xAt, ldx)
              && copyFinite(from, to, source.outputs(), batch.y(), ownY ? y[thread] : null, yAt, ldy);
      if (!finite[thread]) {
        return false;
      }
    }
    targets.smooth(from, to, y[thread], yAt, ldy);
    return true;
  }

  /** Copies rows to where they are ld apart from index at on, unless they are there already; whether all of their values are finite. */
  private static boolean copyFinite(int from, int to, int cols, float[] values, float[] into, int at, int ld) {
    if (into != null) {
      for (int i = from; i < to; i++) {
        System.arraycopy(values, i * cols, into, at + i * ld, cols);
      }
    }
    return kernels(Extra.ELEMENTWISE).firstNonFinite((to - from) * cols, values, from * cols) < 0;
  }

  /**
   * To be asked when all rows are copied.
   *
   * @throws IllegalArgumentException if a value was not finite, or a target outside the loss's domain
   */
  void requireFinite(int epoch, long number) {
    for (boolean each : finite) {
      if (!each) {
        requireFinite("x", batch.x(), source.inputs(), epoch, number);
        requireFinite("y", batch.y(), source.outputs(), epoch, number);
      }
    }
    if (gather == null) {
      targets.requireDomain(rows(), batch.y(), epoch, number);
    }
  }

  private void requireFinite(String name, float[] values, int cols, int epoch, long number) {
    int at = kernels(Extra.ELEMENTWISE).firstNonFinite(rows() * cols, values, 0);
    if (at >= 0) {
      throw new IllegalArgumentException(
          Message.of(
              "%s has %s in epoch %d, batch %d, row %d of the batch, column %d; values must be finite",
              name, values[at], epoch, number, at / cols, at % cols));
    }
  }
}
