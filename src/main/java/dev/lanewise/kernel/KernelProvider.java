package dev.lanewise.kernel;

/**
 * Decides, once a process, which kernels run, and says so in one line on standard error when they are not the fast ones.
 *
 * <p>{@code -Dlanewise.kernels=scalar} or {@code =vector} overrides the decision, without a line.
 *
 * <p>Vector code is slow until C2 has compiled it, so the scalar kernels do the work in the meantime; see {@link WarmUp}.
 */
public final class KernelProvider {

  /** The system property that overrides the decision. */
  public static final String PROPERTY = "lanewise.kernels";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static volatile Kernels products = ScalarKernels.INSTANCE;
  private static volatile Kernels current = ScalarKernels.INSTANCE;
  private static final boolean VECTOR = choose();

  private KernelProvider() {}

  /**
   * The kernels to call now. Ask again for every call: the answer changes once, from the scalar to the vector kernels,
   * which return the same bits and share every layout.
   */
  public static Kernels kernels() {
    return current;
  }

  /** The kernels to call now for products, which change over a little earlier. */
  public static Kernels products() {
    return products;
  }

  /** Which kernels run now, for people. */
  public static String description() {
    if (!VECTOR) {
      return "scalar kernels";
    }
    if (products == ScalarKernels.INSTANCE) {
      return "scalar kernels (C2 was still compiling the vector kernels)";
    }
    return "vector kernels at " + products.vectorBits() + " bits";
  }

  private static boolean choose() {
    String wish = System.getProperty(PROPERTY, "");
    if (wish.equals("scalar")) {
      return false;
    }
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return scalarBecause("add --add-modules " + VECTOR_MODULE);
    }
    if (wish.equals("vector")) {
      products = vectorKernels();
      current = products;
      return true;
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
    WarmUp.start(KernelProvider::vectorKernels, new Switch());
    return true;
  }

  private static boolean scalarBecause(String reason) {
    report("scalar kernels: " + reason);
    return false;
  }

  private static void report(String line) {
    System.err.println("lanewise: " + line);
  }

  /** By name, so that nothing links against the module before it is known to be there. */
  private static WarmUp.Stages vectorKernels() {
    try {
      Class<?> found = Class.forName("dev.lanewise.kernel.vector.VectorKernels");
      return found.asSubclass(WarmUp.Stages.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the vector kernels do not start", e);
    }
  }

  private static final class Switch implements WarmUp.Listener {
    @Override
    public void productsReady(Kernels kernels) {
      products = kernels;
    }

    @Override
    public void allReady(Kernels kernels) {
      current = kernels;
    }
  }
}
