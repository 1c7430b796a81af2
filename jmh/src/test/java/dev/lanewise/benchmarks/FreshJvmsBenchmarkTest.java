package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    Map<String, FreshJvms.Kernel> kernels = new LinkedHashMap<>();
    FreshJvms.add(List.of("relu\t100.0\t0.0", "exp\t2000.0\t0.0", "tanh\t3000\t0.2", "a word"), kernels);
    FreshJvms.add(List.of("relu\t100.0\t16.0", "exp\t2000.0\t0.0", "tanh\t3000\t0.2"), kernels);
    FreshJvms.add(List.of("relu\t100.0\t0.0", "exp\t2620.0\t0.0", "tanh\t3870\t0.2"), kernels);

    assertEquals(
        """
        | kernel, in 3 fresh JVMs | median µs | slowest / median | worst B/call |
        | -- | --: | --: | --: |
        | exp | 2.000 | 1.31 | 0.0 |
        | relu | 0.100 | 1.00 | 16.0 |
        | tanh | 3.000 | 1.29 | 0.2 |

        None allocates, none is slower than 1.3 times the median: not so exp; relu.

        """,
        FreshJvms.table(List.copyOf(kernels.values())));
  }

  @Test
  void whereAllKeepToTheRuleItSaysSo() {
    Map<String, FreshJvms.Kernel> kernels = new LinkedHashMap<>();
    FreshJvms.add(List.of("relu\t100.0\t0.0"), kernels);
    assertTrue(FreshJvms.table(List.copyOf(kernels.values())).endsWith("median: all keep to it.\n\n"));
  }

  @Test
  void kernelsThatSomeJvmsDidNotMeasureAreNamed() {
    Map<String, FreshJvms.Kernel> kernels = new LinkedHashMap<>();
    FreshJvms.add(List.of("relu\t100.0\t0.0", "exp\t100.0\t0.0"), kernels);
    FreshJvms.add(List.of("relu\t100.0\t0.0"), kernels);
    assertTrue(FreshJvms.table(List.copyOf(kernels.values())).endsWith("Not measured in each of them: exp.\n\n"));
  }
}
