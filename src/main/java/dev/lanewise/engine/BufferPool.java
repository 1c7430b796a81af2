package dev.lanewise.engine;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Matrix;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Buffers for predictions that go on in several threads at once. There come to be as many as threads have ever been in here
 * together, up to a number; none waits for another, and a call that finds one allocates nothing.
 */
final class BufferPool {

  private static final int SLOTS = 128;

  private final List<Dense> layers;
  private final AtomicReferenceArray<Buffers> slots = new AtomicReferenceArray<>(SLOTS);

  BufferPool(List<Dense> layers) {
    this.layers = layers;
  }

  /** What one block of rows needs on its way through the layers. */
  static final class Buffers {
    final int rows;

    /**
     * Of each layer, rows {@link Panels#columns} of its outputs apart. Where sums are not kept they are one array under two names, but of
     * the last layer, as losses see both, and where an activation of one's own has only its Javadoc to say that it may overwrite z.
     */
    final float[][] z;
    final float[][] a;

    /** Targets, as far apart as the outputs. */
    final float[] y;

    /** What layer normalisation divides by, of each row. */
    final float[] inverse;

    /** For products; null for fewer rows than need it. */
    final float[] scratch;

    /**
     * For so many rows.
     *
     * @param keepsSums whether z of each layer is still there when a is
     */
    Buffers(List<Dense> layers, int rows, boolean keepsSums) {
      this.rows = rows;
      z = new float[layers.size()][];
      a = new float[layers.size()][];
      for (int l = 0; l < z.length; l++) {
        z[l] = Matrix.zeros(rows, Panels.columns(layers.get(l).outputs())).data();
        Activation f = layers.get(l).activation();
        boolean over = l < z.length - 1 && !keepsSums && (!f.isOwn() || f.goesBackFromA());
        a[l] = over ? z[l] : Matrix.zeros(rows, Panels.columns(layers.get(l).outputs())).data();
      }
      y = new float[z[z.length - 1].length];
      inverse = new float[rows];
      scratch = rows < Panels.WIDE ? null : new float[Kernels.PACKED_SCRATCH];
    }
  }

  /** Buffers for at least so many rows that nobody else has until they are given back. */
  Buffers take(int rows) {
    int first = firstSlot();
    for (int i = 0; i < SLOTS; i++) {
      int slot = (first + i) % SLOTS;
      Buffers buffers = slots.get(slot) == null ? null : slots.getAndSet(slot, null);
      if (buffers != null && buffers.rows >= rows) {
        return buffers;
      }
      if (buffers != null) { // too small for this call, and so for the next
        break;
      }
    }
    return new Buffers(layers, rows, false);
  }

  /** Keeps buffers for the next call, if there is room. */
  void giveBack(Buffers buffers) {
    int first = firstSlot();
    for (int i = 0; i < SLOTS; i++) {
      if (slots.compareAndSet((first + i) % SLOTS, null, buffers)) {
        return;
      }
    }
  }

  /** Threads mostly begin to look where no other does. */
  private static int firstSlot() {
    return (int) (Thread.currentThread().threadId() % SLOTS);
  }
}
