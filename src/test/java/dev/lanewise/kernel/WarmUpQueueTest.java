package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lanewise.kernel.WarmUpQueue.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stages run by urgency, one at a time, on a daemon thread that comes and goes with them. */
@Timeout(20)
class WarmUpQueueTest {

  /** Longer than a test may take: who waits for so long fails. */
  private static final long LONG_MILLIS = 100_000;

  private final List<String> done = new ArrayList<>();
  private final AtomicReference<LinkageError> failure = new AtomicReference<>();
  private final CountDownLatch start = new CountDownLatch(1);
  private final WarmUpQueue queue = new WarmUpQueue(() -> null, failure::set);

  private void add(Urgency urgency, String name) {
    queue.add(urgency, warmUp -> done.add(name));
  }

  /** A stage that holds up all others until {@link #start}. */
  private void hold() {
    queue.add(Urgency.PRODUCTS, warmUp -> await(start));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void urgentStagesComeFirstAndEqualOnesInTheirOrder() throws InterruptedException {
    hold();
    add(Urgency.LAST, "rare");
    add(Urgency.FINER, "finer");
    add(Urgency.WANTED, "wanted");
    add(Urgency.WANTED, "wanted too");
    add(Urgency.PRODUCTS, "products");
    start.countDown();
    queue.await(Urgency.LAST, LONG_MILLIS);
    assertEquals(List.of("products", "wanted", "wanted too", "finer", "rare"), done);
  }

  @Test
  void aStageMayAddOthers() throws InterruptedException {
    queue.add(Urgency.PRODUCTS, warmUp -> {
      add(Urgency.FINER, "finer");
      add(Urgency.PRODUCTS, "more products");
    });
    queue.await(Urgency.FINER, LONG_MILLIS);
    assertEquals(List.of("more products", "finer"), done);
  }

  @Test
  void whoWaitsForUrgentStagesDoesNotWaitForOthers() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    queue.add(Urgency.FINER, warmUp -> await(end));
    queue.await(Urgency.WANTED, LONG_MILLIS);
    end.countDown();
    queue.await(Urgency.FINER, LONG_MILLIS);
  }

  @Test
  void waitingEndsAfterItsTime() {
    hold();
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> queue.await(Urgency.PRODUCTS, 20));
    start.countDown();
  }

  @Test
  void aLaterStageHasAThreadOfItsOwn() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    queue.add(Urgency.WANTED, warmUp -> threads.add(Thread.currentThread()));
    queue.await(Urgency.LAST, LONG_MILLIS);
    threads.getFirst().join(LONG_MILLIS);
    queue.add(Urgency.WANTED, warmUp -> threads.add(Thread.currentThread()));
    queue.await(Urgency.LAST, LONG_MILLIS);
    assertNotEquals(threads.getFirst(), threads.getLast());
    assertEquals(List.of(true, true), threads.stream().map(Thread::isDaemon).toList());
  }

  @Test
  void nobodyWaitsForStagesAfterAnError() throws InterruptedException {
    hold();
    queue.add(Urgency.WANTED, warmUp -> {
      Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
      throw new OutOfMemoryError("of a test");
    });
    add(Urgency.FINER, "finer");
    start.countDown();
    queue.await(Urgency.LAST, LONG_MILLIS);
    assertEquals(List.of(), done);
  }

  @Test
  void nobodyWaitsForKernelsThatDoNotStart() throws InterruptedException {
    LinkageError error = new LinkageError("no such module");
    hold();
    queue.add(Urgency.WANTED, warmUp -> {
      throw error;
    });
    add(Urgency.FINER, "finer");
    start.countDown();
    queue.await(Urgency.LAST, LONG_MILLIS);
    add(Urgency.PRODUCTS, "products");
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> queue.await(Urgency.LAST, LONG_MILLIS));
    assertEquals(List.of(), done);
    assertSame(error, failure.get());
  }
}
