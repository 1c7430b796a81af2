package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  private static List<FreshJvms.Kernel> kernels(List<Map<String, FreshJvm.Figure>> jvms) {
    return FreshJvms.kernels(jvms, jvms);
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
    List<FreshJvms.Kernel> kernels = kernels(List.of(
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

        None allocates, none is slower than 1.3 times the median: not so exp in JVM 3 (1.31 when measured again); relu in JVM 2.

        """,
        FreshJvms.table(kernels));
  }

  @Test
  void whereAllKeepToTheRuleItSaysSo() {
    assertTrue(FreshJvms.table(kernels(List.of(figures("relu\t100.0\t0.0")))).endsWith("median: all keep to it.\n\n"));
  }

  @Test
  void kernelsThatSomeJvmsDidNotMeasureAreNamed() {
    List<FreshJvms.Kernel> kernels =
        kernels(List.of(figures("relu\t100.0\t0.0", "exp\t100.0\t0.0"), figures("relu\t100.0\t0.0")));
    assertTrue(FreshJvms.table(kernels).endsWith("Not measured in each of them: exp.\n\n"));
  }

  /** What is slow in a JVM is asked for there alone; that it is fast later is said, and it breaks the rule all the same. */
  @Test
  void whatSeemsSlowIsMeasuredAgain() {
    List<Map<String, FreshJvm.Figure>> first = List.of(
        figures("relu\t100.0\t0.0", "exp\t2000.0\t0.0"),
        figures("relu\t129.0\t0.0", "exp\t2000.0\t0.0"),
        figures("relu\t100.0\t0.0", "exp\t2620.0\t0.0"));
    List<Map<String, FreshJvm.Figure>> all = first.stream().map(jvm -> (Map<String, FreshJvm.Figure>) new LinkedHashMap<>(jvm)).toList();
    assertEquals(List.of(List.of(), List.of(), List.of("exp")), FreshJvms.slow(first, all));
    FreshJvms.add(List.of("exp\t2610.0\t0.0"), all.get(2));
    assertEquals(List.of(List.of(), List.of(), List.of("exp")), FreshJvms.slow(first, all));
    FreshJvms.add(List.of("exp\t2100.0\t16.0"), all.get(2));
    FreshJvms.add(List.of("exp\t2700.0\t0.0"), all.get(2));
    assertEquals(List.of(List.of(), List.of(), List.of()), FreshJvms.slow(first, all));
    String table = FreshJvms.table(FreshJvms.kernels(first, all));
    assertTrue(table.contains("| exp | 2.000 | 1.31 | 16.0 |"), table);
    assertTrue(table.contains("not so exp in JVM 3 (1.05 when measured again).\n"), table);
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

    public static void main(String[] args) throws IOException {
      System.out.println("relu\t100.0\t0.0\nexp\t100.0\t0.0\n");
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (List<String> asked = Processes.message(in); !asked.isEmpty(); asked = Processes.message(in)) {
        System.out.println(String.join("\n", asked) + "\n");
      }
    }
  }
}
