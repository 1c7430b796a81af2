package dev.lanewise.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the running virtual machine says about itself; where it does not say, the answer that keeps results right. */
public final class Hotspot {

  /** Whether {@code Math.fma} is one instruction. */
  public static final boolean HAS_FMA = hasFma();

  /** Longer than the instruction takes in the interpreter, and shorter than exact arithmetic in its place. */
  private static final long LONGEST_FMA_NANOS = 400;

  private Hotspot() {}

  private static boolean hasFma() {
    String said = option("UseFMA", "");
    return said.isEmpty() ? isFmaFast() : Boolean.parseBoolean(said);
  }

  /** By the clock, where the machine does not say; the fastest of some attempts, as others use the processor too. */
  static boolean isFmaFast() {
    int calls = 32;
    long fastest = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 16; attempt++) {
      float sum = 1f;
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        sum = Math.fma(sum, 0.999f, 0.001f * i);
      }
      long nanos = System.nanoTime() - start;
      fastest = sum > 0 ? Math.min(fastest, nanos) : fastest;
    }
    return fastest < calls * LONGEST_FMA_NANOS;
  }

  /** Whether methods are compiled by C2, the only compiler that turns the Vector API into vector instructions. */
  static boolean hasC2() {
    String mode = System.getProperty("java.vm.info", "");
    return !mode.contains("interpreted") && !mode.contains("emulated-client") && !stopsBeforeC2() && !jvmci();
  }

  private static boolean stopsBeforeC2() {
    return Integer.parseInt(option("TieredStopAtLevel", "4")) < 4;
  }

  /** The bytes of the longest vectors that code is compiled for; a negative number where the machine does not say. */
  static int vectorBytes() {
    return Integer.parseInt(option("MaxVectorSize", "-1"));
  }

  private static boolean jvmci() {
    return Boolean.parseBoolean(option("UseJVMCICompiler", "false"));
  }

  /**
   * The number of vector registers: 32 with AVX-512 and on arm64, 16 on other x64 and where the machine does not say. {@code
   * -Dlanewise.registers=16} or {@code 32} shows on any x64 what is done on others.
   */
  public static int vectorRegisters() {
    return hasManyRegisters(false) ? 32 : 16;
  }

  /** Whether they are sixteen for certain. */
  static boolean hasSixteenRegisters() {
    return !hasManyRegisters(true);
  }

  private static boolean hasManyRegisters(boolean ifNobodySays) {
    if (!System.getProperty("os.arch", "").matches("amd64|x86_64")) {
      return true;
    }
    return switch (System.getProperty("lanewise.registers", "")) {
      case "32" -> true;
      case "16" -> false;
      default -> Integer.parseInt(option("UseAVX", ifNobodySays ? "3" : "0")) >= 3;
    };
  }

  /** The bytes of an array before its first float: a mark of 8, its class unless the mark has that too, and its length. */
  static int arrayHeaderBytes() {
    if (Boolean.parseBoolean(option("UseCompactObjectHeaders", "false"))) {
      return 12;
    }
    return Boolean.parseBoolean(option("UseCompressedClassPointers", "true")) ? 16 : 20;
  }

  /** The bytes of a region of the heap where G1 collects it, else 0. */
  public static long regionBytes() {
    return Boolean.parseBoolean(option("UseG1GC", "false")) ? Long.parseLong(option("G1HeapRegionSize", "0")) : 0;
  }

  /** The bytes that the calling thread has allocated so far, or a negative number where this machine does not count them. */
  static long allocatedBytes() {
    return Allocation.BEAN == null ? -1 : Allocation.BEAN.getCurrentThreadAllocatedBytes();
  }

  /** Loaded only by who asks: the bean takes some milliseconds. */
  private static final class Allocation {
    static final ThreadMXBean BEAN = bean();

    private static ThreadMXBean bean() {
      try {
        return ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
      } catch (RuntimeException | LinkageError noSuchBean) {
        return null;
      }
    }
  }

  /** The value of a -XX option, or the fallback where this machine has none of that name or no such bean. */
  private static String option(String name, String fallback) {
    try {
      return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption(name).getValue();
    } catch (RuntimeException | LinkageError noSuchOption) {
      return fallback;
    }
  }
}
