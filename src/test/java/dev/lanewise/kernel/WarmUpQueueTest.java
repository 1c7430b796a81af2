package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lanewise.kernel.WarmUpQueue.Urgency;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stages run by urgency, one at a time, on a daemon thread that comes and goes with them. */
@Timeout(20)
class WarmUpQueueTest {

  private final List<String> done = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicReference<Thread> worker = new AtomicReference<>();
  private final CountDownLatch start = new CountDownLatch(1);
  private final WarmUpQueue queue = new WarmUpQueue(() -> null, failure::set, 1_000_000);

  private void add(Urgency urgency, String name) {
    queue.add(urgency, warmUp -> done.add(name));
  }

  /** A stage that holds up all others until {@link #start}. */
  private void hold() {
    queue.add(Urgency.PRODUCTS, warmUp -> {
      worker.set(Thread.currentThread());
      try {
        start.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /** Lets the stages run and the thread end. */
  private void finish() throws InterruptedException {
    while (worker.get() == null) {
      Thread.onSpinWait();
    }
    start.countDown();
    worker.get().join();
  }

  /** As it is by fits within their first epoch. */
  @Test
  void askingForAThreadAllocatesNothing() {
    queue.startIfNone();
    long before = Hotspot.allocatedBytes();
    queue.startIfNone();
    assertEquals(before, Hotspot.allocatedBytes());
  }

  /** That of whoever interrupts a group of threads which it happens to be in. */
  @Test
  void anInterruptOfTheThreadIsNotKept() throws InterruptedException {
    hold();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    queue.add(Urgency.WANTED, warmUp -> Thread.currentThread().interrupt());
    queue.add(Urgency.LAST, warmUp -> interrupted.set(Thread.currentThread().isInterrupted()));
    finish();
    assertEquals(false, interrupted.get());
  }

  @Test
  void urgentStagesComeFirstAndEqualOnesInTheirOrder() throws InterruptedException {
    hold();
    add(Urgency.LAST, "last");
    add(Urgency.SMALL, "small");
    add(Urgency.FINER, "finer");
    add(Urgency.WANTED, "wanted");
    add(Urgency.WANTED, "wanted too");
    add(Urgency.PRODUCTS, "products");
    finish();
    assertEquals(List.of("products", "wanted", "wanted too", "finer", "small", "last"), done);
  }

  /** Else a program that is gone could not be unloaded while the kernels of another are warmed up. */
  @Test
  void itsThreadHasNothingOfWhoeverWasFirst() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    AtomicReference<String> inherited = new AtomicReference<>();
    AtomicReference<ClassLoader> context = new AtomicReference<>();
    CountDownLatch ran = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    ClassLoader before = caller.getContextClassLoader();
    try (URLClassLoader somebodys = new URLClassLoader(new URL[0])) {
      local.set("somebody's");
      caller.setContextClassLoader(somebodys);
      queue.add(Urgency.WANTED, warmUp -> {
        inherited.set(local.get());
        context.set(Thread.currentThread().getContextClassLoader());
        ran.countDown();
      });
      ran.await();
    } finally {
      caller.setContextClassLoader(before);
      local.remove();
    }
    assertNull(inherited.get());
    assertSame(WarmUpQueue.class.getClassLoader(), context.get());
  }

  @Test
  void onlyTheLastWaitForAPause() throws InterruptedException {
    long anHour = 3_600_000_000_000L;
    WarmUpQueue slow = new WarmUpQueue(() -> null, failure::set, anHour);
    CountDownLatch products = new CountDownLatch(1);
    slow.add(Urgency.PRODUCTS, warmUp -> {
      slow.add(Urgency.LAST, last -> done.add("last"));
      products.countDown();
    });
    products.await();
    CountDownLatch finer = new CountDownLatch(1);
    slow.add(Urgency.WANTED, warmUp -> {
      done.add("wanted");
      slow.add(Urgency.FINER, other -> finer.countDown());
    });
    finer.await();
    assertEquals(List.of("wanted"), done);
  }

  /** A stage that gains little makes room for what somebody waits for; no other does. */
  @Test
  void onlyTheLastAreHurried() throws InterruptedException {
    List<Boolean> hurried = new ArrayList<>();
    hold();
    queue.add(Urgency.WANTED, warmUp -> {
      add(Urgency.PRODUCTS, "products");
      hurried.add(queue.isHurried());
    });
    queue.add(Urgency.LAST, warmUp -> {
      add(Urgency.LAST, "last");
      hurried.add(queue.isHurried());
      add(Urgency.SMALL, "small");
      hurried.add(queue.isHurried());
    });
    finish();
    assertEquals(List.of(false, false, true), hurried);
    assertEquals(List.of("products", "small", "last"), done);
  }

  @Test
  void aStageMayAddOthers() throws InterruptedException {
    hold();
    queue.add(Urgency.PRODUCTS, warmUp -> {
      add(Urgency.FINER, "finer");
      add(Urgency.PRODUCTS, "more products");
    });
    finish();
    assertEquals(List.of("more products", "finer"), done);
  }

  @Test
  void aLaterStageHasAThreadOfItsOwn() throws InterruptedException {
    hold();
    finish();
    Thread first = worker.getAndSet(null);
    queue.add(Urgency.WANTED, warmUp -> worker.set(Thread.currentThread()));
    finish();
    assertNotEquals(first, worker.get());
    assertEquals(List.of(true, true), List.of(first.isDaemon(), worker.get().isDaemon()));
  }

  @Test
  void nothingRunsAfterAnError() throws InterruptedException {
    hold();
    AssertionError error = new AssertionError("of a test");
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    queue.add(Urgency.WANTED, warmUp -> {
      Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.set(thrown));
      throw error;
    });
    add(Urgency.LAST, "last");
    finish();
    add(Urgency.PRODUCTS, "products");
    assertEquals(List.of(), done);
    assertSame(error, failure.get());
    assertSame(error, uncaught.get());
  }

  /** The heap may be full for a while, and is for others than this thread. */
  @Test
  void aStageWithoutMemoryIsTriedAgain() throws InterruptedException {
    hold();
    AtomicInteger tries = new AtomicInteger();
    queue.add(Urgency.WANTED, warmUp -> {
      if (tries.incrementAndGet() < 3) {
        throw new OutOfMemoryError("of a test");
      }
      done.add("wanted");
    });
    add(Urgency.LAST, "last");
    finish();
    assertEquals(List.of("wanted", "last"), done);
    assertNull(failure.get());
  }

  /** Together they fail more often than one stage is tried. */
  @Test
  void eachStageIsTriedAnew() throws InterruptedException {
    hold();
    for (String name : List.of("wanted", "wanted too")) {
      AtomicInteger tries = new AtomicInteger();
      queue.add(Urgency.WANTED, warmUp -> {
        if (tries.incrementAndGet() <= 15) {
          throw new OutOfMemoryError("of a test");
        }
        done.add(name);
      });
    }
    finish();
    assertEquals(List.of("wanted", "wanted too"), done);
    assertNull(failure.get());
  }

  /** It is said, and the thread ends; a heap that is full for long is seldom full for good. */
  @Test
  void aStageWithoutMemoryForLongIsReportedAndWaits() throws InterruptedException {
    OutOfMemoryError error = new OutOfMemoryError("of a test");
    AtomicReference<OutOfMemoryError> full = new AtomicReference<>(error);
    CountDownLatch last = new CountDownLatch(1);
    hold();
    queue.add(Urgency.WANTED, warmUp -> {
      if (full.get() != null) {
        throw full.get();
      }
      done.add("wanted");
    });
    add(Urgency.WANTED, "wanted too");
    queue.add(Urgency.LAST, warmUp -> last.countDown());
    finish();
    assertEquals(List.of(), done);
    assertSame(error, failure.get());
    full.set(null);
    queue.startIfNone();
    last.await();
    assertEquals(List.of("wanted", "wanted too"), done);
  }

  /** The same before the first stage, and where what says so finds no memory either. */
  @Test
  void aThreadWithoutMemoryForLongIsFollowedByAnother() throws InterruptedException {
    OutOfMemoryError error = new OutOfMemoryError("of a test");
    CountDownLatch told = new CountDownLatch(1);
    AtomicReference<OutOfMemoryError> full = new AtomicReference<>(error);
    Consumer<Throwable> teller = e -> {
      told.countDown();
      throw error;
    };
    WarmUpQueue other = new WarmUpQueue(
        () -> {
          if (full.get() != null) {
            throw full.get();
          }
          return null;
        },
        teller,
        1_000_000);
    CountDownLatch wanted = new CountDownLatch(1);
    other.add(Urgency.WANTED, warmUp -> wanted.countDown());
    told.await();
    full.set(null);
    other.startIfNone();
    wanted.await();
  }

  /** At once: a link that failed the JVM does not try again, be there memory by then or not. */
  @Test
  void whatCannotBeLinkedForWantOfMemoryIsReported() throws InterruptedException {
    LinkageError error = new BootstrapMethodError(new OutOfMemoryError("of a test"));
    AtomicInteger tries = new AtomicInteger();
    hold();
    queue.add(Urgency.WANTED, warmUp -> {
      tries.incrementAndGet();
      throw error;
    });
    add(Urgency.LAST, "last");
    finish();
    queue.startIfNone();
    assertEquals(List.of(), done);
    assertSame(error, failure.get());
    assertEquals(1, tries.get());
  }

  @Test
  void kernelsThatDoNotStartAreReported() throws InterruptedException {
    LinkageError error = new LinkageError("no such module");
    hold();
    queue.add(Urgency.WANTED, warmUp -> {
      throw error;
    });
    add(Urgency.LAST, "last");
    finish();
    assertEquals(List.of(), done);
    assertSame(error, failure.get());
  }
}
