package dev.lanewise.kernel;

/**
 * Decides, once a process, which kernels run, and says so in one line on standard error when they are not the fast ones.
 *
 * <p>{@code -Dlanewise.kernels=scalar} or {@code =vector} overrides the decision, without a line.
 */
public final class KernelProvider {

  /** The system property that overrides the decision. */
  public static final String PROPERTY = "lanewise.kernels";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final Kernels CHOSEN = choose();

  private KernelProvider() {}

  /** The kernels of this process. */
  public static Kernels kernels() {
    return CHOSEN;
  }

  private static Kernels choose() {
    String wish = System.getProperty(PROPERTY, "");
    if (wish.equals("scalar")) {
      return ScalarKernels.INSTANCE;
    }
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return scalarBecause("add --add-modules " + VECTOR_MODULE);
    }
    if (wish.equals("vector")) {
      return vectorKernels();
    }
    if (!wish.isEmpty()) {
      report("-D" + PROPERTY + "=" + wish + " is neither scalar nor vector: ignored");
    }
    if (!Hotspot.hasC2()) {
      return scalarBecause("this JVM compiles without C2, which the vector kernels need");
    }
    if (!Hotspot.HAS_FMA) {
      return scalarBecause("no fused multiply-add in hardware; results differ in their last bits from other machines");
    }
    return vectorKernels();
  }

  private static Kernels scalarBecause(String reason) {
    report("scalar kernels: " + reason);
    return ScalarKernels.INSTANCE;
  }

  private static void report(String line) {
    System.err.println("lanewise: " + line);
  }

  /** By name, so that nothing links against the module before it is known to be there. */
  private static Kernels vectorKernels() {
    try {
      Class<?> found = Class.forName("dev.lanewise.kernel.vector.VectorKernels");
      return found.asSubclass(Kernels.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      return scalarBecause("the vector kernels do not start: " + e);
    }
  }
}
