package dev.lanewise.kernel;

import dev.lanewise.kernel.KernelChoice.Kind;
import dev.lanewise.kernel.WarmUpQueue.Urgency;
import dev.lanewise.kernel.Warmable.Tiling;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which kernels run now. What they are to be is {@linkplain KernelChoice chosen} once for each class loader that loads this, and said in
 * one line on standard error when it is not the fast ones. {@code -Dlanewise.kernels=scalar} or {@code =vector} overrides the choice,
 * without a line where it can.
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
  public static final String PROPERTY = KernelChoice.PROPERTY;

  private static final String NOT_COMPILED = "C2 does not compile the vector kernels well here";

  /** How long a process works on scalar kernels before vector kernels are compiled, unless it wants wide products. */
  private static final long PATIENCE_MILLIS = 500;

  /** How often more to try what C2 had no time for, and nobody would miss much. */
  private static final int ONCE_MORE = 1;

  /** How often more to try what most of the time goes into. */
  private static final int WORTH_TRYING = 4;

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

  /** Whether the stages of finer tiles were added; of the thread that warms up. */
  private static boolean moreTilesAdded;

  /** Whether the tiles of medium panels are compiled; of the thread that warms up. */
  private static boolean mediumIsCompiled;

  /** Why scalar kernels stay, as is known since; null where they do not, or where they were asked for. */
  private static volatile String scalarReason;

  /** Whether it has been said that there is no memory to compile for; of the warming thread. */
  private static boolean hadNoMemory;

  private static final CountDownLatch WIDE_WANTED = new CountDownLatch(1);

  // Open once such products are compiled, will not be, or have been waited for in vain once.
  private static final CountDownLatch WIDE_READY = new CountDownLatch(1);
  private static final CountDownLatch MEDIUM_READY = new CountDownLatch(1);

  /** How long products are worth waiting for. */
  public static final long LONGEST_WAIT_NANOS = 1_000_000_000L;

  private static final WarmUpQueue WARM_UPS = new WarmUpQueue(KernelProvider::warmUp, KernelProvider::failed);

  private static final KernelChoice CHOICE = KernelChoice.make();

  static {
    scalarReason = CHOICE.reason();
    switch (CHOICE.kind()) {
      case SCALAR -> {}
      case VECTOR_AT_ONCE -> {
        Kernels vector = KernelChoice.vectorKernels();
        narrowProducts = vector;
        wideProducts = vector;
        mediumProducts = vector;
        others = vector;
      }
      case VECTOR_ONCE_COMPILED -> {
        wideIsCold = true;
        mediumIsCold = true;
        WARM_UPS.add(Urgency.PRODUCTS, KernelProvider::firstProducts);
        WARM_UPS.add(Urgency.WANTED, KernelProvider::common);
      }
    }
  }

  private KernelProvider() {}

  /** The kernels to call now for anything but products and what an {@link Extra} names. */
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
    WARM_UPS.startIfNone(); // the system may have had no thread to give before
  }

  /**
   * Waits until products with so many columns are compiled, for callers that have much to do: scalar kernels would get little of it
   * done meanwhile, and would themselves want compiling. What has been waited for in vain once is not waited for again, and narrow
   * products never. An interrupted thread does not wait.
   *
   * @param deadline when to give up, by {@link System#nanoTime}; {@link #LONGEST_WAIT_NANOS} from now, for all layers together
   */
  public static void awaitProducts(int columns, long deadline) {
    if (CHOICE.kind() == Kind.VECTOR_ONCE_COMPILED && columns >= Panels.NARROW) {
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
    if (extra.cold && (CHOICE.kind() == Kind.VECTOR_AT_ONCE || ++extra.asked > extra.patience)) {
      warm(extra);
    }
    return extra.kernels;
  }

  private static synchronized void warm(Extra extra) {
    if (!extra.cold) {
      return;
    }
    extra.cold = false;
    if (CHOICE.kind() == Kind.VECTOR_AT_ONCE) {
      extra.kernels = others;
    } else if (CHOICE.kind() == Kind.VECTOR_ONCE_COMPILED) {
      // Its rows have few columns: where they follow a wide layer, finer tiles mostly gain more.
      boolean isSmall = extra == Extra.CROSS_ENTROPY && !wideIsCold;
      String words = extra.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      Stage stage = new Stage(false, words, ONCE_MORE, examples -> ExtraWarmUp.run(extra, examples), kernels -> extra.kernels = kernels);
      WARM_UPS.add(isSmall ? Urgency.SMALL : Urgency.WANTED, stage);
    }
  }

  /** What runs now, for people: vector kernels and their width, or scalar ones and why. */
  public static String describe() {
    Optional<Kernels> vector = vectorProducts();
    if (vector.isPresent()) {
      return "vector kernels at " + vector.get().vectorBits() + " bits";
    }
    if (scalarReason != null) {
      return "scalar kernels: " + scalarReason;
    }
    return isVector() ? "scalar kernels, until the vector kernels are compiled" : "scalar kernels, as -D" + PROPERTY + " says";
  }

  /** Whether the vector kernels were chosen, even while scalar ones still run in their place. */
  public static boolean isVector() {
    return CHOICE.kind() != Kind.SCALAR;
  }

  /** Those of the products, which most of the time goes into, that are vector kernels. */
  private static Optional<Kernels> vectorProducts() {
    return Stream.of(wideProducts, narrowProducts, mediumProducts).filter(Warmable.class::isInstance).findFirst();
  }

  /** What the thread that warms up begins with: the first waits until wide products are wanted, or for so long. */
  private static WarmUp warmUp() {
    try {
      var _ = WIDE_WANTED.await(begun ? 0 : PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // the thread is nobody's but ours
    }
    Kernels vector = KernelChoice.vectorKernels();
    return new WarmUp(vector, (Warmable) vector, WARM_UPS::isHurried);
  }

  private static void firstProducts(WarmUp warmUp) {
    warmUp.warmable().useTiles(Tiling.COARSE);
    (begin() ? wideProducts() : narrowProducts()).accept(warmUp);
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
      WARM_UPS.add(Urgency.PRODUCTS, wideProducts());
    }
  }

  private static synchronized void warmMediumProducts() {
    if (mediumIsCold) {
      mediumIsCold = false;
      WARM_UPS.add(Urgency.PRODUCTS, mediumProducts()); // behind wide ones, wanted before
    }
  }

  // -------------------------------------------------------------------------------------------------------- the stages

  /**
   * Examples that bring kernels to speed, and what uses these then. C2 may have been busy: they run again, so many times at most, when
   * nothing else waits. Or it has left a call between vectors, which are objects then for as long as the process lives: scalar kernels are
   * the better ones.
   *
   * @param isNeeded whether most networks need it: it is not left for others then. All else, once it is the turn of what gains little,
   *     begins again behind what somebody asks for
   * @param scalar what stays scalar for good if it is not compiled; null where vector kernels do without
   * @param again how often it is tried once more
   * @param examples what to call
   * @param use what takes the kernels once they are compiled
   * @param giveUp what is to be done where they stay scalar
   */
  private record Stage(boolean isNeeded, String scalar, int again, Consumer<WarmUp> examples, Consumer<Kernels> use, Runnable giveUp)
      implements Consumer<WarmUp> {

    Stage(boolean isNeeded, String scalar, int again, Consumer<WarmUp> examples, Consumer<Kernels> use) {
      this(isNeeded, scalar, again, examples, use, () -> {});
    }

    @Override
    public void accept(WarmUp warmUp) {
      boolean compiled = isNeeded ? warmUp.run(examples) : warmUp.runOrLeave(examples);
      if (compiled) {
        use.accept(warmUp.kernels());
      } else if (warmUp.wasLeft()) {
        WARM_UPS.add(Urgency.LAST, this);
      } else if (again > 0) {
        WARM_UPS.add(Urgency.LAST, new Stage(isNeeded, scalar, again - 1, examples, use, giveUp));
      } else if (scalar != null) {
        KernelChoice.report("scalar kernels for " + scalar + ": " + NOT_COMPILED);
        if (vectorProducts().isEmpty()) {
          scalarReason = NOT_COMPILED;
        }
        giveUp.run();
      }
    }
  }

  private static void common(WarmUp warmUp) {
    new Stage(true, "activations and sums", WORTH_TRYING, WarmUp::common, kernels -> others = kernels).accept(warmUp);
  }

  private static Stage narrowProducts() {
    return new Stage(true, "products of few columns", WORTH_TRYING, ProductWarmUp::narrow, kernels -> {
      narrowProducts = kernels;
      addMoreTiles(kernels);
    });
  }

  private static Stage wideProducts() {
    return new Stage(true, "products", WORTH_TRYING, ProductWarmUp::wide, kernels -> {
      wideProducts = kernels;
      narrowProducts = kernels;
      WIDE_READY.countDown();
      useMedium(kernels);
      addMoreTiles(kernels);
    }, KernelProvider::giveUpProducts);
  }

  private static Stage mediumProducts() {
    return new Stage(true, "products with a panel of 32 columns", WORTH_TRYING, ProductWarmUp::medium, kernels -> {
      mediumIsCompiled = true;
      useMedium(kernels);
    }, MEDIUM_READY::countDown);
  }

  /** Most layers with a medium panel have wide ones, too. */
  private static void useMedium(Kernels kernels) {
    if (mediumIsCompiled && wideProducts != ScalarKernels.INSTANCE) {
      mediumProducts = kernels;
      MEDIUM_READY.countDown();
    }
  }

  /** Nobody is to wait for them any more. */
  private static void giveUpProducts() {
    WIDE_READY.countDown();
    MEDIUM_READY.countDown();
  }

  /** Lets the tiles be compiled that products begin without: for wide products and narrow ones at once, whichever came first. */
  private static void addMoreTiles(Kernels kernels) {
    if (moreTilesAdded) {
      return;
    }
    moreTilesAdded = true;
    Stage rarer = new Stage(false, null, ONCE_MORE, ProductWarmUp::rarer, all -> {});
    Stage finer = new Stage(false, null, WORTH_TRYING, ProductWarmUp::finer, all -> WARM_UPS.add(Urgency.LAST, rarer));
    WARM_UPS.add(((Warmable) kernels).gainsMuchFromFineTiles() ? Urgency.FINER : Urgency.LAST, finer);
  }

  /** Told why nothing more can be brought to speed, or not now. */
  private static void failed(Throwable e) {
    try {
      if (e instanceof OutOfMemoryError) {
        if (!hadNoMemory) {
          KernelChoice.report("no more vector kernels are compiled until there is memory: " + e);
          hadNoMemory = true;
        }
      } else if (!(e instanceof LinkageError && isGone())) {
        if (vectorProducts().isEmpty()) {
          scalarReason = KernelChoice.DO_NOT_START + withCause(e);
          KernelChoice.report("scalar kernels: " + scalarReason);
        } else {
          KernelChoice.report("no more vector kernels are compiled: " + withCause(e));
        }
      }
    } finally {
      giveUpProducts(); // whoever waits finds out why
    }
  }

  /** What is at the root of it, too, which for what cannot be linked is all that says why. */
  private static String withCause(Throwable e) {
    Throwable root = e.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root == null ? e.toString() : e + " (" + root + ")";
  }

  /** Whether the class loader is closed, and with it the program that it was for: what is not loaded yet nobody needs. */
  private static boolean isGone() {
    try {
      return KernelProvider.class.getResource(KernelProvider.class.getSimpleName() + ".class") == null;
    } catch (RuntimeException e) { // as loaders of application servers say it
      return true;
    }
  }
}
