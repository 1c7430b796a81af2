package dev.lanewise.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** OpenBLAS, where it is installed, on one thread: a yardstick for the products. */
@SuppressWarnings("restricted") // as all that calls C is
final class OpenBlas {

  private static final String LIBRARY = "libopenblas.so.0";
  private static final int ROW_MAJOR = 101;
  private static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  /** Null where the library is not. */
  private static final SymbolLookup SYMBOLS = load();

  private static final MethodHandle SGEMM =
      function(
          "cblas_sgemm",
          FunctionDescriptor.ofVoid(
              JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
              JAVA_FLOAT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_FLOAT, ADDRESS, JAVA_INT),
          // So that it takes arrays of the heap.
          Linker.Option.critical(true));

  private OpenBlas() {}

  private static SymbolLookup load() {
    try {
      return SymbolLookup.libraryLookup(LIBRARY, Arena.global());
    } catch (IllegalArgumentException notFound) {
      return null;
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
    return SYMBOLS == null ? null : Linker.nativeLinker().downcallHandle(SYMBOLS.findOrThrow(name), type, options);
  }

  /** Whether the library is there. */
  static boolean isInstalled() {
    return SYMBOLS != null;
  }

  /**
   * Puts it on one thread and says for which processor it has chosen its code.
   *
   * @throws IllegalStateException if it is not installed
   */
  static String begin() {
    if (!isInstalled()) {
      throw new IllegalStateException(LIBRARY + " is not installed: there are no figures for OpenBLAS");
    }
    try {
      function("openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(1);
      MethodHandle coreName = function("openblas_get_corename", FunctionDescriptor.of(ADDRESS));
      return ((MemorySegment) coreName.invokeExact()).reinterpret(64).getString(0);
    } catch (Throwable thrown) {
      throw failed(thrown);
    }
  }

  /** C = A·B, either of them given transposed, over whole row-major arrays; each ld is the length of a row as given. */
  static void multiply(
      boolean transposedA, boolean transposedB, int m, int n, int k,
      MemorySegment a, int lda, MemorySegment b, int ldb, MemorySegment c, int ldc) {
    try {
      SGEMM.invokeExact(
          ROW_MAJOR, transposedA ? TRANSPOSED : AS_IT_IS, transposedB ? TRANSPOSED : AS_IT_IS, m, n, k,
          1f, a, lda, b, ldb, 0f, c, ldc);
    } catch (Throwable thrown) {
      throw failed(thrown);
    }
  }

  /** A function of C throws nothing: this is a wrong descriptor. */
  private static AssertionError failed(Throwable thrown) {
    return new AssertionError(thrown);
  }
}
