package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A team runs each part of a task once and is back for the next, whatever the part did. Who waits for parts takes no interrupt, and so
 * tests have threads of their own: where a wake-up is lost, one that its timeout interrupts would hang and not fail.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class TeamTest {

  /** More than this would take seconds where the threads outnumber the processors, since then they park each round. */
  private static final int ROUNDS = 100_000;

  private static final int CROWDED_ROUNDS = 10_000;

  /** More than a thread takes of a processor before it parks, and less than one that never does gets in half a second beside others. */
  private static final long PARKED_NANOS = 50_000_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void eachPartRunsOnceOnItsOwnThread(int size) {
    try (Team team = new Team(size)) {
      assertEquals(size, team.size());
      AtomicIntegerArray runs = new AtomicIntegerArray(size);
      Thread[] threads = new Thread[size];
      for (int round = 1; round <= 100; round++) {
        team.run((index, parts) -> {
          assertEquals(size, parts);
          runs.incrementAndGet(index);
          threads[index] = Thread.currentThread();
        });
        for (int i = 0; i < size; i++) {
          assertEquals(round, runs.get(i));
        }
      }
      assertSame(Thread.currentThread(), threads[0]);
      assertEquals(size, List.of(threads).stream().distinct().count());
    }
  }

  /** Plain arrays, as in training: what was written before a round is seen in it, and what a part writes after it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void resultsAreVisibleRoundAfterRound(int size) {
    int rounds = size <= Runtime.getRuntime().availableProcessors() ? ROUNDS : CROWDED_ROUNDS;
    int[] input = new int[1];
    int[] sums = new int[size * 16];
    try (Team team = new Team(size)) {
      Team.Task task = (index, parts) -> sums[index * 16] += input[0] + index;
      int expected = 0;
      for (int round = 0; round < rounds; round++) {
        input[0] = round;
        team.run(task);
        expected += round;
        for (int i = 0; i < size; i++) {
          assertEquals(expected + (round + 1) * i, sums[i * 16]);
        }
      }
    }
  }

  /** The threads have parked by then. */
  @Test
  void wakesUpAfterAPause() throws InterruptedException {
    AtomicIntegerArray runs = new AtomicIntegerArray(2);
    try (Team team = new Team(2)) {
      for (int round = 0; round < 5; round++) {
        Thread.sleep(20);
        team.run((index, parts) -> runs.incrementAndGet(index));
      }
    }
    assertEquals(5, runs.get(1));
  }

  /** Then a yield lets others have the processor for long, and the next wait parks at once. */
  @Test
  void sharesItsProcessors() {
    AtomicIntegerArray runs = new AtomicIntegerArray(2);
    AtomicBoolean ends = new AtomicBoolean();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread busy = Thread.ofPlatform().daemon().start(() -> {
        while (!ends.get()) {
          Thread.onSpinWait();
        }
      });
      assertTrue(busy.isAlive());
    }
    try (Team team = new Team(2)) {
      for (int round = 1; round <= 100; round++) {
        team.run((index, parts) -> runs.incrementAndGet(index));
        assertEquals(round, runs.get(0));
        assertEquals(round, runs.get(1));
      }
    } finally {
      ends.set(true);
    }
  }

  /** The calling thread has parked by then. */
  @Test
  void waitsForASlowPart() {
    AtomicIntegerArray runs = new AtomicIntegerArray(2);
    try (Team team = new Team(2)) {
      for (int round = 1; round <= 5; round++) {
        team.run((index, parts) -> {
          if (index == 1) {
            sleep(Duration.ofMillis(20));
          }
          runs.incrementAndGet(index);
        });
        assertEquals(round, runs.get(1));
      }
    }
  }

  /** And is not busy meanwhile: a thread that is interrupted does not park. */
  @Test
  void aCallerThatIsInterruptedWaitsToo() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Team team = new Team(2)) {
      long before = threads.getCurrentThreadCpuTime();
      Thread.currentThread().interrupt();
      team.run((index, parts) -> {
        if (index == 1) {
          sleep(Duration.ofMillis(500));
        }
      });
      assertTrue(Thread.interrupted(), "the interrupt is still there");
      long nanos = threads.getCurrentThreadCpuTime() - before;
      assertTrue(nanos < PARKED_NANOS, nanos + " ns of a processor");
    }
  }

  /** What a part calls may interrupt the worker that runs it, which is to sleep all the same when there is nothing to do. */
  @Test
  void aWorkerThatIsInterruptedSleeps() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Team team = new Team(2)) {
      long[] worker = new long[1];
      team.run((index, parts) -> {
        if (index == 1) {
          worker[0] = Thread.currentThread().threadId();
          Thread.currentThread().interrupt();
        }
      });
      long before = threads.getThreadCpuTime(worker[0]);
      sleep(Duration.ofMillis(500));
      long nanos = threads.getThreadCpuTime(worker[0]) - before;
      assertTrue(nanos < PARKED_NANOS, nanos + " ns of a processor");
      assertWorks(team);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aClosedTeamRunsNothing(int size) {
    Team team = new Team(size);
    team.close();
    assertThrows(IllegalStateException.class, () -> team.run((index, parts) -> fail("part " + index)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void failureOfAnyPartReachesTheCaller(int size) {
    try (Team team = new Team(size)) {
      for (int part = 0; part < size; part++) {
        int failing = part;
        AtomicIntegerArray runs = new AtomicIntegerArray(size);
        ArithmeticException thrown = assertThrows(ArithmeticException.class, () -> team.run((index, parts) -> {
          runs.incrementAndGet(index);
          if (index == failing) {
            throw new ArithmeticException("part " + index);
          }
        }));
        assertEquals("part " + failing, thrown.getMessage());
        for (int i = 0; i < size; i++) {
          assertEquals(1, runs.get(i), "the other parts run to their end");
        }
        assertWorks(team);
      }
    }
  }

  /** One failure is reported, and none is left over for the next task. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void allPartsMayFail(int size) {
    try (Team team = new Team(size)) {
      assertThrows(RuntimeException.class, () -> team.run((index, parts) -> {
        throw new ArithmeticException("part " + index);
      }));
      assertWorks(team);
    }
  }

  /** What the caller's own part throws comes first, but what another throws may be why. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void failuresOfOtherPartsAreNotLost(int size) {
    try (Team team = new Team(size)) {
      ArithmeticException thrown = assertThrows(ArithmeticException.class, () -> team.run((index, parts) -> {
        if (index < 2) {
          throw new ArithmeticException("part " + index);
        }
      }));
      assertEquals("part 0", thrown.getMessage());
      assertEquals(List.of("part 1"), Stream.of(thrown.getSuppressed()).map(Throwable::getMessage).toList());
      ArithmeticException one = new ArithmeticException("the same");
      assertSame(one, assertThrows(ArithmeticException.class, () -> team.run((index, parts) -> {
        throw one;
      })));
      assertEquals(0, one.getSuppressed().length);
      assertWorks(team);
    }
  }

  /** That there is no memory is not what a program that handles exceptions has to see as one. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void errorsStayErrors(int failing) {
    try (Team team = new Team(2)) {
      StackOverflowError deep = new StackOverflowError("too deep");
      assertSame(deep, assertThrows(StackOverflowError.class, () -> team.run((index, parts) -> {
        if (index == failing) {
          throw deep;
        }
      })));
      assertWorks(team);
    }
  }

  private static void assertWorks(Team team) {
    AtomicIntegerArray runs = new AtomicIntegerArray(team.size());
    team.run((index, parts) -> runs.incrementAndGet(index));
    for (int i = 0; i < team.size(); i++) {
      assertEquals(1, runs.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void closeEndsTheThreads(int size) throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (boolean used : new boolean[] {false, true}) {
      Thread[] threads = new Thread[size];
      Team team = new Team(size);
      team.run((index, parts) -> threads[index] = Thread.currentThread());
      if (used) {
        Thread.sleep(20); // they have parked
      }
      team.close();
      workers.addAll(List.of(threads).subList(1, size));
    }
    for (Thread worker : workers) {
      assertTrue(worker.isDaemon(), "a team that nobody closes does not keep the process alive");
      assertTrue(worker.join(Duration.ofSeconds(10)), () -> worker + " still runs");
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
