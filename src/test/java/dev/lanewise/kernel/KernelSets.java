package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/** The kernel sets under test, whichever of them this process would choose for itself. */
final class KernelSets {

  static final Kernels SCALAR = ScalarKernels.INSTANCE;

  private KernelSets() {}

  /** Both where the module is there, else the scalar ones. */
  static List<Kernels> present() {
    return moduleIsThere() ? List.of(SCALAR, load()) : List.of(SCALAR);
  }

  /** The vector kernels; skips the test that asks where there are none, or none that could have the same bits. */
  static Kernels vector() {
    assumeTrue(moduleIsThere(), "jdk.incubator.vector is not there");
    assumeTrue(Hotspot.HAS_FMA, "without fused multiply-add in hardware the scalar kernels round twice");
    return load();
  }

  /** What brings {@link #vector} to speed. */
  static Warmable warmable() {
    return (Warmable) vector();
  }

  /** The build says where it has to be: without it nothing would be held to the scalar kernels, and all tests pass. */
  private static boolean moduleIsThere() {
    boolean isThere = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (!isThere && Boolean.getBoolean("lanewise.test.module")) {
      throw new AssertionError("these tests are to run with jdk.incubator.vector, and it is not there");
    }
    return isThere;
  }

  /** By name, so that the tests link without the module. */
  private static Kernels load() {
    try {
      Class<?> found = Class.forName("dev.lanewise.kernel.vector.VectorKernels");
      return found.asSubclass(Kernels.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the vector kernels do not start", e);
    }
  }
}
