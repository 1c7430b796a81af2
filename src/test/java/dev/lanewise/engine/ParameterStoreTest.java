package dev.lanewise.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.LineArrays;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What predictions that come often change, and what they may not. */
class ParameterStoreTest {

  private static final List<Dense> LAYERS =
      List.of(Dense.of(300, 100, Activation.RELU), Dense.of(100, 4, Activation.SOFTMAX));

  private final ParameterStore store =
      new ParameterStore(LAYERS, 7, LastLoss.INITIAL, (l, kind) -> kind == ParameterKind.WEIGHT ? weights(l, 1f) : null);

  private static float[] weights(int l, float first) {
    float[] values = new float[LAYERS.get(l).inputs() * LAYERS.get(l).outputs()];
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i;
    }
    return values;
  }

  private static float[] weights(Parameters set, int l) {
    return set.get(l, ParameterKind.WEIGHT);
  }

  @Test
  void oftenReadWeightsMoveOnceAndKeepTheirValues() {
    Parameters before = store.acquire();
    assumeTrue(LineArrays.shared().lengthens(before.layers()[0].packedLength()), "this collector has no such arrays");

    store.wasRead(ParameterStore.OFTEN - 1);
    assertSame(before, store.acquire());
    store.wasRead(1);
    Parameters after = store.acquire();

    assertEquals(7, after.epochs());
    assertArrayEquals(weights(0, 1f), weights(after, 0));
    assertArrayEquals(weights(1, 1f), weights(after, 1));
    assertNotSame(before.layers()[0], after.layers()[0]);
    assertSame(before.layers()[1], after.layers()[1], "short weights stay where they are");
    assertEquals(LineArrays.shared().zeros(before.layers()[0].packedLength()).length, after.layers()[0].packed.length);

    store.wasRead(ParameterStore.OFTEN);
    assertSame(after, store.acquire());
  }

  /** No layer is long enough to gain. */
  @Test
  void shortWeightsStayAltogether() {
    ParameterStore small = new ParameterStore(List.of(LAYERS.getLast()), 0, LastLoss.INITIAL, (l, kind) -> null);
    Parameters before = small.acquire();
    small.wasRead(3 * ParameterStore.OFTEN);
    assertSame(before, small.acquire());
  }

  /** The sets share layers, so neither may be written again, however long it is read. */
  @Test
  void whoReadsTheOldOrTheMovedSetKeepsIt() {
    Parameters old = store.acquire();
    store.wasRead(ParameterStore.OFTEN);
    Parameters moved = store.acquire();
    store.release(moved); // nobody reads it, but somebody the layers that it shares
    for (int epoch = 1; epoch <= 4; epoch++) {
      Parameters trained = new Parameters(LAYERS);
      trained.set(0, ParameterKind.WEIGHT, weights(0, epoch * 100f));
      trained.set(1, ParameterKind.WEIGHT, weights(1, epoch * 100f));
      store.publish(trained.layers(), epoch, LastLoss.INITIAL);
      store.replace(0, ParameterKind.BIAS, filled(100, epoch));

      Parameters now = store.acquire();
      assertArrayEquals(weights(0, epoch * 100f), weights(now, 0));
      assertArrayEquals(weights(1, epoch * 100f), weights(now, 1));
      assertArrayEquals(filled(100, epoch), now.get(0, ParameterKind.BIAS));
      store.release(now);
    }
    for (Parameters set : List.of(old, moved)) {
      assertArrayEquals(weights(0, 1f), weights(set, 0));
      assertArrayEquals(weights(1, 1f), weights(set, 1));
      assertArrayEquals(new float[100], set.get(0, ParameterKind.BIAS));
    }
  }

  /** Where nobody reads the old set any more, it may still not be written: the moved one has layers of it. */
  @Test
  void whoReadsTheMovedSetAloneKeepsIt() {
    store.wasRead(ParameterStore.OFTEN);
    Parameters moved = store.acquire();
    for (int epoch = 1; epoch <= 4; epoch++) {
      store.publish(new Parameters(LAYERS).layers(), epoch, LastLoss.INITIAL);
    }
    assertArrayEquals(weights(0, 1f), weights(moved, 0));
    assertArrayEquals(weights(1, 1f), weights(moved, 1));
  }

  private static LastLoss lossOf(ParameterStore store) {
    Parameters set = store.acquire();
    LastLoss loss = set.loss();
    store.release(set);
    return loss;
  }

  /** With the loss goes where the class of a single output begins. */
  @Test
  void copiesForReadingHaveTheLoss() {
    LastLoss hinge = LastLoss.of(Loss.HINGE);
    ParameterStore trained = new ParameterStore(LAYERS, 7, hinge, (l, kind) -> null);
    assertEquals(hinge, lossOf(trained.forServing()));
    Parameters before = trained.acquire();
    trained.wasRead(ParameterStore.OFTEN);
    Parameters after = trained.acquire();
    assertEquals(hinge, after.loss());
    assumeTrue(LineArrays.shared().lengthens(before.layers()[0].packedLength()), "this collector has no such arrays");
    assertNotSame(before, after);
  }

  /** Sets take turns: none may bring back an epoch or a loss of its own. */
  @Test
  void replacedArraysLeaveTheEpochsAndTheLoss() {
    LastLoss loss = LastLoss.INITIAL;
    for (long epochs = 7; epochs < 10; epochs++) {
      for (int times = 0; times < 3; times++) {
        store.replace(1, times == 1 ? ParameterKind.WEIGHT : ParameterKind.BIAS, times == 1 ? weights(1, 5f) : filled(4, times));
        assertEquals(epochs, store.epochs());
        assertEquals(loss, lossOf(store));
      }
      loss = LastLoss.of(epochs == 7 ? Loss.HINGE : Loss.CROSS_ENTROPY);
      store.publish(new Parameters(LAYERS).layers(), epochs + 1, loss);
    }
  }

  /** What many readers at once made a fit allocate goes when they do. */
  @Test
  void fewSetsAreKept() throws InterruptedException {
    List<WeakReference<Parameters>> sets = new ArrayList<>();
    List<Parameters> read = new ArrayList<>();
    for (int epoch = 1; epoch <= 8; epoch++) {
      read.add(store.acquire());
      sets.add(new WeakReference<>(read.getLast()));
      store.publish(new Parameters(LAYERS).layers(), epoch, LastLoss.INITIAL);
    }
    read.forEach(store::release);
    read.clear();
    store.publish(new Parameters(LAYERS).layers(), 9, LastLoss.INITIAL);
    for (int times = 0; times < 1500 && left(sets) > 2; times++) {
      System.gc();
      Thread.sleep(20);
    }
    assertEquals(2, left(sets), "that which is current now, and one to spare");
  }

  private static long left(List<WeakReference<Parameters>> sets) {
    return sets.stream().filter(set -> set.get() != null).count();
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }
}
