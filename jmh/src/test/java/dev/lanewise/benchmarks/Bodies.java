package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernel.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Goes once through what the forks of a kernel's benchmark do. */
final class Bodies {

  private Bodies() {}

  /** Each body gives an answer that stands the check, and wrong kernels give one that does not. */
  static void runAndCheck(Supplier<? extends KernelBenchmark> prepared) {
    run(prepared.get(), KernelBenchmark.SCALAR, KernelBenchmark::scalar);
    run(prepared.get(), KernelBenchmark.SCALAR, KernelBenchmark::scalarNoSuperWord);
    run(prepared.get(), KernelBenchmark.Vector.KERNELS, KernelBenchmark::vector);
    Kernels wrong = wrongInOneBit(KernelBenchmark.Vector.KERNELS);
    assertThrows(
        IllegalStateException.class, () -> run(prepared.get(), wrong, benchmark -> benchmark.run(wrong)));
  }

  private static void run(KernelBenchmark benchmark, Kernels kernels, Consumer<KernelBenchmark> body) {
    benchmark.rehearse(kernels);
    benchmark.rehearseLong(kernels);
    body.accept(benchmark);
    benchmark.check(kernels);
  }

  /** Kernels that change the last bit of the first element they wrote: of the last array that an index follows. */
  static Kernels wrongInOneBit(Kernels kernels) {
    return (Kernels) Proxy.newProxyInstance(
        Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
          try {
            Object result = method.invoke(kernels, arguments);
            int i = arguments.length - 2;
            while (!(arguments[i] instanceof float[] && arguments[i + 1] instanceof Integer)) {
              i--;
            }
            float[] out = (float[]) arguments[i];
            int at = (Integer) arguments[i + 1];
            out[at] = Float.intBitsToFloat(Float.floatToRawIntBits(out[at]) ^ 1);
            return result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
