package dev.lanewise.kernel;

import java.io.PrintStream;
import java.lang.module.ModuleFinder;
import java.util.List;

/**
 * Which kernels a process is to have, by the property, the module, the processor and the JVM. Whoever asks is told in one line on standard
 * error why they are not the fast ones.
 *
 * @param kind what is to run
 * @param reason why scalar kernels stay; null where they do not, or where they were asked for
 */
record KernelChoice(Kind kind, String reason) {

  enum Kind {
    /** Scalar kernels, for good. */
    SCALAR,
    /** Scalar kernels until the vector ones are compiled. */
    VECTOR_ONCE_COMPILED,
    /** Vector kernels from the first call on, compiled or not. */
    VECTOR_AT_ONCE
  }

  /** The system property that overrides what the machine says. */
  static final String PROPERTY = "lanewise.kernels";

  static final String DO_NOT_START = "the vector kernels do not start: ";

  private static final String NO_FMA = "no fused multiply-add in hardware; results differ in their last bits from other machines";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private static final String VECTOR_KERNELS = "dev.lanewise.kernel.vector.VectorKernels";

  private static final int LEAST_VECTOR_BYTES = 16;

  /** Chooses, and reports what is not as it could be. */
  static KernelChoice make() {
    String wish = System.getProperty(PROPERTY, "");
    if (!List.of("", "scalar", "vector").contains(wish)) {
      report("-D" + PROPERTY + "=" + wish + " is neither scalar nor vector: ignored");
    }
    if (wish.equals("scalar")) {
      if (!Hotspot.HAS_FMA) {
        report(NO_FMA);
      }
      return new KernelChoice(Kind.SCALAR, null);
    }
    String reason = obstacle(wish.equals("vector"));
    if (reason != null) {
      report("scalar kernels: " + reason);
      return new KernelChoice(Kind.SCALAR, reason);
    }
    return new KernelChoice(wish.equals("vector") ? Kind.VECTOR_AT_ONCE : Kind.VECTOR_ONCE_COMPILED, null);
  }

  /** Why vector kernels cannot run, or null. */
  private static String obstacle(boolean atOnce) {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      boolean canBeAdded = ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent(); // not to an image that was linked without it
      String add = (canBeAdded ? "add --add-modules " : "the JVM lacks a module: jlink it with --add-modules ") + VECTOR_MODULE;
      return Hotspot.HAS_FMA ? add : NO_FMA; // with the module they would be scalar still
    }
    if (lacksVectorKernels()) {
      return "the jar lacks " + VECTOR_KERNELS + ", as a minimizer of jars may leave it out";
    }
    if (!Hotspot.HAS_FMA) { // the Vector API would compute it exactly, lane by lane: slow, and not as the scalar kernels do
      return NO_FMA;
    }
    try {
      int bytes = Hotspot.vectorBytes();
      if ((bytes < 0 ? vectorKernels().vectorBits() / Byte.SIZE : bytes) < LEAST_VECTOR_BYTES) {
        return "this JVM has vectors of less than 128 bits, or none";
      }
      if (atOnce) {
        vectorKernels(); // whether they start
        return null;
      }
    } catch (LinkageError e) {
      return DO_NOT_START + e;
    }
    return Hotspot.hasC2() ? null : "this JVM compiles without C2, which the vector kernels need";
  }

  /** What looks for classes that are used does not see one that is used by its name. */
  private static boolean lacksVectorKernels() {
    try {
      Class.forName(VECTOR_KERNELS, false, KernelChoice.class.getClassLoader());
      return false;
    } catch (ClassNotFoundException e) {
      return true;
    } catch (LinkageError e) { // it is there, and what is wrong with it is told when it starts
      return false;
    }
  }

  /** By name, so that nothing links against the module before it is known to be there. */
  static Kernels vectorKernels() {
    try {
      Class<?> found = Class.forName(VECTOR_KERNELS);
      return found.asSubclass(Kernels.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.toString(), e);
    }
  }

  /** Writes a line to standard error; where that cannot be written, everything works all the same. */
  static void report(String line) {
    PrintStream err = System.err;
    if (err == null) {
      return;
    }
    try {
      err.println("lanewise: " + line);
    } catch (RuntimeException e) { // of a stream that a program has put there
    }
  }
}
