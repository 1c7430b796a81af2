package dev.lanewise.kernel;

import dev.lanewise.kernel.WarmUpQueue.Urgency;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Decides, once a process, which kernels run, and says so in one line on standard error when they are not the fast ones.
 *
 * <p>{@code -Dlanewise.kernels=scalar} or {@code =vector} overrides the decision, without a line where it can.
 *
 * <p>Vector code is slow until C2 has compiled it. Unless the property says {@code vector}, the scalar kernels therefore
 * do the work until {@link WarmUp} has brought the vector kernels to speed, on a daemon thread that ends with that. Both
 * return the same bits and share every layout, so a caller that asks again for every call may get either.
 *
 * <p>A large network wants its products at once, from when it is made ({@link #expectProducts}). A small one is left alone
 * first: what it has to do is often over before C2, which has one thread for all on two processors, could have done more for it
 * than compile its scalar loops.
 */
public final class KernelProvider {

  /** The system property that overrides the decision. */
  public static final String PROPERTY = "lanewise.kernels";

  private static final String NO_FMA =
      "no fused multiply-add in hardware; results differ in their last bits from other machines";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private static final int LEAST_VECTOR_BYTES = 16;

  /** How long a process works on scalar kernels before vector kernels are compiled, unless it wants wide products. */
  private static final long PATIENCE_MILLIS = 500;

  private static volatile Kernels narrowProducts = ScalarKernels.INSTANCE;
  private static volatile Kernels wideProducts = ScalarKernels.INSTANCE;
  private static volatile Kernels mediumProducts = ScalarKernels.INSTANCE;
  private static volatile Kernels others = ScalarKernels.INSTANCE;

  /** Set until somebody asks for a wide product. */
  private static volatile boolean wideIsCold;

  /** Set until somebody asks for a product that has a panel of medium width among others. */
  private static volatile boolean mediumIsCold;

  /** Whether it is decided which products come first; wide ones wanted later are one more stage. */
  private static volatile boolean begun;

  private static final CountDownLatch WIDE_WANTED = new CountDownLatch(1);

  // Open once such products are compiled, will not be, or have been waited for in vain.
  private static final CountDownLatch WIDE_READY = new CountDownLatch(1);
  private static final CountDownLatch MEDIUM_READY = new CountDownLatch(1);

  /** How long products are worth waiting for. */
  public static final long LONGEST_WAIT_NANOS = 1_000_000_000L;

  /** Whether the property asks for vector kernels at once, compiled or not. */
  private static final boolean FORCED = System.getProperty(PROPERTY, "").equals("vector");

  private static final WarmUpQueue WARM_UPS = new WarmUpQueue(KernelProvider::warmUp, e -> {
    report("scalar kernels: the vector kernels do not start: " + e);
    WIDE_READY.countDown();
    MEDIUM_READY.countDown();
  });

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
    if (!Panels.hasMedium(columns)) {
      return wideProducts;
    }
    if (mediumIsCold) {
      warmMediumProducts();
    }
    return mediumProducts;
  }

  /** Lets products with so many columns be brought to speed before somebody asks for them. */
  public static void expectProducts(int columns) {
    products(columns);
  }

  /**
   * Waits until products with so many columns are compiled, for callers that have much to do: scalar kernels would get little of it
   * done meanwhile, and would themselves want compiling. What has been waited for in vain once is not waited for again, and narrow
   * products never. An interrupted thread does not wait.
   *
   * @param deadline when to give up, by {@link System#nanoTime}; {@link #LONGEST_WAIT_NANOS} from now, for all layers together
   */
  public static void awaitProducts(int columns, long deadline) {
    if (VECTOR && !FORCED && columns >= Panels.NARROW) {
      expectProducts(columns);
      await(Panels.hasMedium(columns) ? MEDIUM_READY : WIDE_READY, deadline);
    }
  }

  private static void await(CountDownLatch ready, long deadline) {
    try {
      var _ = ready.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      ready.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The kernels to call now for what an {@link Extra} names. */
  public static Kernels kernels(Extra extra) {
    if (extra.cold && ++extra.asked > extra.patience) {
      warm(extra);
    }
    return extra.kernels;
  }

  private static synchronized void warm(Extra extra) {
    if (!extra.cold) {
      return;
    }
    extra.cold = false;
    if (VECTOR && FORCED) {
      extra.kernels = others;
    } else if (VECTOR) {
      // Its rows have few columns: where they follow a wide layer, finer tiles mostly gain more.
      boolean isSmall = extra == Extra.CROSS_ENTROPY && !wideIsCold;
      WARM_UPS.add(isSmall ? Urgency.SMALL : Urgency.WANTED, warmUp -> {
        if (!bringToSpeed(extra, warmUp)) {
          WARM_UPS.add(Urgency.LAST, again -> bringToSpeed(extra, again));
        }
      });
    }
  }

  /**
   * Whether it succeeded. C2 may have been busy, or have left a call between vectors, which are objects then for as long as
   * the process lives: scalar kernels are the better ones.
   */
  private static boolean bringToSpeed(Extra extra, WarmUp warmUp) {
    boolean compiled = warmUp.run(examples -> ExtraWarmUp.run(extra, examples));
    if (compiled) {
      extra.kernels = warmUp.kernels();
    }
    return compiled;
  }

  /** Whether the vector kernels were chosen, even while scalar ones still run in their place. */
  public static boolean isVector() {
    return VECTOR;
  }

  private static boolean choose() {
    String wish = System.getProperty(PROPERTY, "");
    boolean hasModule = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    if (wish.equals("scalar")) {
      if (hasModule && !Hotspot.HAS_FMA) {
        report(NO_FMA);
      }
      return false;
    }
    if (!hasModule) {
      return scalarBecause("add --add-modules " + VECTOR_MODULE);
    }
    if (!Hotspot.HAS_FMA) { // the Vector API would compute it exactly, lane by lane: slow, and not as the scalar kernels do
      return scalarBecause(NO_FMA);
    }
    if (Hotspot.vectorBytes() < LEAST_VECTOR_BYTES) {
      return scalarBecause("this JVM has vectors of less than 128 bits, or none");
    }
    if (wish.equals("vector")) {
      narrowProducts = vectorKernels();
      wideProducts = narrowProducts;
      mediumProducts = narrowProducts;
      others = narrowProducts;
      return true;
    }
    if (!wish.isEmpty()) {
      report("-D" + PROPERTY + "=" + wish + " is neither scalar nor vector: ignored");
    }
    if (!Hotspot.hasC2()) {
      return scalarBecause("this JVM compiles without C2, which the vector kernels need");
    }
    wideIsCold = true;
    mediumIsCold = true;
    WARM_UPS.add(Urgency.PRODUCTS, KernelProvider::products);
    WARM_UPS.add(Urgency.WANTED, warmUp -> {
      warmUp.everythingElse();
      others = warmUp.kernels();
    });
    return true;
  }

  /** What the thread that warms up begins with: the first waits until wide products are wanted, or for so long. */
  private static WarmUp warmUp() {
    try {
      var _ = WIDE_WANTED.await(begun ? 0 : PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody's but ours
    }
    return new WarmUp(vectorKernels());
  }

  private static void products(WarmUp warmUp) {
    if (begin()) {
      wideProducts(warmUp);
    } else {
      ProductWarmUp.narrow(warmUp);
      narrowProducts = warmUp.kernels();
      moreTiles(urgencyOfFiner(warmUp), true);
    }
  }

  /** Whether wide products are wanted already. */
  private static synchronized boolean begin() {
    begun = true;
    return !wideIsCold;
  }

  private static synchronized void warmWideProducts() {
    if (!wideIsCold) {
      return;
    }
    wideIsCold = false;
    WIDE_WANTED.countDown();
    if (begun) {
      WARM_UPS.add(Urgency.PRODUCTS, KernelProvider::wideProducts);
    }
  }

  private static synchronized void warmMediumProducts() {
    if (mediumIsCold) {
      mediumIsCold = false;
      WARM_UPS.add(Urgency.PRODUCTS, KernelProvider::mediumProducts); // behind wide ones, wanted before
    }
  }

  private static void mediumProducts(WarmUp warmUp) {
    ProductWarmUp.medium(warmUp);
    mediumProducts = warmUp.kernels();
    MEDIUM_READY.countDown();
  }

  private static void wideProducts(WarmUp warmUp) {
    ProductWarmUp.wide(warmUp);
    wideProducts = warmUp.kernels();
    narrowProducts = warmUp.kernels();
    WIDE_READY.countDown();
    moreTiles(urgencyOfFiner(warmUp), true);
  }

  private static Urgency urgencyOfFiner(WarmUp warmUp) {
    return warmUp.kernels().gainsMuchFromFineTiles() ? Urgency.FINER : Urgency.LAST;
  }

  /** Lets the tiles be compiled that products begin without, once more where C2 was too busy for some. */
  private static void moreTiles(Urgency urgency, boolean again) {
    WARM_UPS.add(urgency, finer -> {
      if (finer.run(ProductWarmUp::finer)) {
        WARM_UPS.add(Urgency.LAST, last -> last.run(ProductWarmUp::rarer));
      } else if (again) {
        moreTiles(Urgency.LAST, false);
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
