package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FreshJvmsBenchmarkTest {

  private byte[] allocated;

  private static Map<String, FreshJvm.Figure> figures(String... lines) {
    Map<String, FreshJvm.Figure> figures = new LinkedHashMap<>();
    FreshJvms.add(List.of(lines), figures);
    return figures;
  }

  @Test
  void everyKernelRuns() {
    Set<String> names = new HashSet<>();
    for (Supplier<FreshJvm.Call> prepared : FreshJvm.calls(FreshJvm.LENGTH + FreshJvm.OFFSETS)) {
      FreshJvm.Call call = prepared.get();
      call.call().run();
      assertTrue(names.add(call.name()), call::name);
    }
    for (String each : List.of("hadamard", "exp", "update", "softmax of 128×10", "relu′")) {
      assertTrue(names.contains(each), each);
    }
    for (String part : List.of("128×784×256", "unpacked", "dropout", "adam", "gelu", "normalized", "hinge")) {
      assertTrue(names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(part)), () -> part + " in " + names);
    }
  }

  @Test
  void allocationOfACallIsSeen() {
    FreshJvm.Figure figure = FreshJvm.measure(() -> allocated = new byte[10_000], 3_000_000);
    assertEquals(10_000, allocated.length);
    assertEquals(10_016, figure.bytes(), 200);
    assertTrue(figure.nanos() > 0);
  }

  @Test
  void timeIsThatOfACall() {
    FreshJvm.Figure figure = FreshJvm.measure(() -> {
      long end = System.nanoTime() + 5_000;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }, 3_000_000);
    assertEquals(5_500, figure.nanos(), 700);
  }

  @Test
  void ofSeveralTimesTheLeastCountsAndOfBytesTheMost() {
    assertEquals(new FreshJvm.Figure(2, 16), new FreshJvm.Figure(3, 0).and(new FreshJvm.Figure(2, 16)));
    assertEquals(new FreshJvm.Figure(2, 16), new FreshJvm.Figure(2, 16).and(new FreshJvm.Figure(3, 0)));
  }

  @Test
  void kernelsThatBreakTheRuleAreNamed() {
    List<FreshJvms.Kernel> kernels = FreshJvms.kernels(List.of(
        figures("relu\t100.0\t0.0", "exp\t2000.0\t0.0", "tanh\t3000\t0.2", "a word"),
        figures("relu\t100.0\t16.0", "exp\t2000.0\t0.0", "tanh\t3000\t0.2"),
        figures("relu\t100.0\t0.0", "exp\t2620.0\t0.0", "tanh\t3870\t0.2")));

    assertEquals(
        """
        | kernel, in 3 fresh JVMs | median µs | slowest / median | worst B/call |
        | -- | --: | --: | --: |
        | exp | 2.000 | 1.31 | 0.0 |
        | relu | 0.100 | 1.00 | 16.0 |
        | tanh | 3.000 | 1.29 | 0.2 |

        None allocates, none is slower than 1.3 times the median: not so exp in JVM 3; relu in JVM 2.

        """,
        FreshJvms.table(kernels));
  }

  @Test
  void whereAllKeepToTheRuleItSaysSo() {
    assertTrue(FreshJvms.table(FreshJvms.kernels(List.of(figures("relu\t100.0\t0.0")))).endsWith("median: all keep to it.\n\n"));
  }

  @Test
  void kernelsThatSomeJvmsDidNotMeasureAreNamed() {
    List<FreshJvms.Kernel> kernels =
        FreshJvms.kernels(List.of(figures("relu\t100.0\t0.0", "exp\t100.0\t0.0"), figures("relu\t100.0\t0.0")));
    assertTrue(FreshJvms.table(kernels).endsWith("Not measured in each of them: exp.\n\n"));
  }

  /** What is slow in a JVM is asked for there alone, and then the least of its times counts, and the most that it allocated. */
  @Test
  void whatSeemsSlowIsMeasuredAgain() {
    List<Map<String, FreshJvm.Figure>> jvms = List.of(
        figures("relu\t100.0\t0.0", "exp\t2000.0\t0.0"),
        figures("relu\t129.0\t0.0", "exp\t2000.0\t0.0"),
        figures("relu\t100.0\t0.0", "exp\t2620.0\t0.0"));
    assertEquals(List.of(), FreshJvms.slow(jvms, 0));
    assertEquals(List.of(), FreshJvms.slow(jvms, 1));
    assertEquals(List.of("exp"), FreshJvms.slow(jvms, 2));
    FreshJvms.add(List.of("exp\t2100.0\t16.0"), jvms.get(2));
    assertEquals(List.of(), FreshJvms.slow(jvms, 2));
    assertEquals(new FreshJvm.Figure(2100, 16), jvms.get(2).get("exp"));
  }

  /** A JVM answers once by itself and whenever it is asked. */
  @Test
  void aJvmAnswers() {
    List<String> command = Processes.java(List.of(), Answering.class);
    try (Processes.Asked jvm = new Processes.Asked(command)) {
      assertEquals(List.of("relu\t100.0\t0.0", "exp\t100.0\t0.0"), jvm.answer());
      jvm.ask(List.of("exp", "relu"));
      assertEquals(List.of("exp", "relu"), jvm.answer());
      jvm.ask(List.of());
      String message = assertThrows(IllegalStateException.class, jvm::answer).getMessage();
      assertTrue(message.startsWith("no whole answer from ") && message.endsWith(Answering.class.getName()), message);
    }
  }

  /** Answers by two lines, then by what it is asked, and ends where it is asked for nothing. */
  static final class Answering {

    public static void main(String[] args) {
      System.out.println("relu\t100.0\t0.0\nexp\t100.0\t0.0\n");
      Scanner in = new Scanner(System.in, StandardCharsets.UTF_8);
      boolean goesOn = true;
      while (goesOn) {
        String line = in.nextLine();
        goesOn = !line.isEmpty();
        for (; !line.isEmpty(); line = in.nextLine()) {
          System.out.println(line);
        }
        if (goesOn) {
          System.out.println();
        }
      }
    }
  }
}
