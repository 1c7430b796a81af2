package dev.lanewise.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Decides, once a process, which kernels run, and says so in one line on standard error when they are not the fast ones.
 *
 * <p>{@code -Dlanewise.kernels=scalar} or {@code =vector} overrides the decision, without a line where it can.
 *
 * <p>Vector code is slow until C2 has compiled it. Unless the property says {@code vector}, the scalar kernels therefore
 * do the work until {@link WarmUp} has brought the vector kernels to speed, on daemon threads that end with that. Both
 * return the same bits and share every layout, so a caller that asks again for every call may get either.
 */
public final class KernelProvider {

  /** The system property that overrides the decision. */
  public static final String PROPERTY = "lanewise.kernels";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /**
   * Between narrow products and everything else, unless somebody asks for wide ones: the scalar loops of the latter cost
   * short runs of small networks less than compiling their vector kernels beside them would.
   */
  private static final long PAUSE_MILLIS = 300;

  private static volatile Kernels narrowProducts = ScalarKernels.INSTANCE;
  private static volatile Kernels wideProducts = ScalarKernels.INSTANCE;
  private static volatile Kernels others = ScalarKernels.INSTANCE;

  /** Set until somebody asks for a wide product. */
  private static volatile boolean wideIsCold;

  private static final CountDownLatch NARROW_READY = new CountDownLatch(1);
  private static final CountDownLatch WIDE_WANTED = new CountDownLatch(1);

  private static final boolean VECTOR = choose();

  private KernelProvider() {}

  /** The kernels to call now for anything but products. */
  public static Kernels kernels() {
    return others;
  }

  /** The kernels to call now for a product with so many columns. */
  public static Kernels products(int columns) {
    if (columns < Panels.NARROW) {
      return narrowProducts;
    }
    if (wideIsCold) {
      warmWideProducts();
    }
    return wideProducts;
  }

  /** Whether the vector kernels were chosen, be it that scalar ones still run in their place. */
  public static boolean isVector() {
    return VECTOR;
  }

  /**
   * Waits until the vector kernels run narrow products, if they were chosen, but not longer than so many milliseconds.
   * For demonstrations and measurements: work goes on without.
   */
  public static void awaitVector(long millis) throws InterruptedException {
    if (VECTOR) {
      NARROW_READY.await(millis, TimeUnit.MILLISECONDS);
    }
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
      narrowProducts = vectorKernels();
      wideProducts = narrowProducts;
      others = narrowProducts;
      NARROW_READY.countDown();
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
    wideIsCold = true;
    inBackground(kernels -> {
      WarmUp warmUp = new WarmUp(kernels);
      warmUp.narrowProducts();
      narrowProducts = kernels;
      NARROW_READY.countDown();
      WIDE_WANTED.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      warmUp.settle();
      warmUp.everythingElse();
      others = kernels;
      warmUp.settle();
    });
    return true;
  }

  private static synchronized void warmWideProducts() {
    if (!wideIsCold) {
      return;
    }
    wideIsCold = false;
    WIDE_WANTED.countDown();
    inBackground(kernels -> {
      new WarmUp(kernels).wideProducts();
      wideProducts = kernels;
    });
  }

  private interface Work {
    void with(Kernels kernels) throws InterruptedException;
  }

  private static void inBackground(Work work) {
    Thread.ofPlatform().daemon().name("lanewise-warm-up").start(() -> {
      try {
        work.with(vectorKernels());
      } catch (LinkageError e) {
        report("scalar kernels: the vector kernels do not start: " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // somebody wants the thread to end: what is warm by now stays so
      }
    });
  }

  private static boolean scalarBecause(String reason) {
    report("scalar kernels: " + reason);
    return false;
  }

  private static void report(String line) {
    System.err.println("lanewise: " + line);
  }

  /** By name, so that nothing links against the module before it is known to be there. */
  private static Kernels vectorKernels() {
    try {
      Class<?> found = Class.forName("dev.lanewise.kernel.vector.VectorKernels");
      return found.asSubclass(Kernels.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.toString(), e);
    }
  }
}
