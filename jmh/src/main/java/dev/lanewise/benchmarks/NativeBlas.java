package dev.lanewise.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.lanewise.kernel.Hotspot;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * A native library for products, where it is installed, on one thread: a yardstick. As a record in a static final field
 * its method handle is a constant to C2, so that a call costs no more than a call.
 *
 * @param name what people call it
 * @param library the file that is looked for
 * @param symbols its functions, or null where it is not installed
 * @param sgemm the product, or null
 */
@SuppressWarnings("restricted") // as all that calls C is
record NativeBlas(String name, String library, SymbolLookup symbols, MethodHandle sgemm) {

  private static final int ROW_MAJOR = 101;
  private static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  /** Environment variables with which OpenBLAS is not itself: code for another processor, or blocks for another cache. */
  static final List<String> OPENBLAS_SWITCHES = List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE");

  /** The environment variable that tells BLIS for which kind of processor to choose its code. */
  static final String BLIS_CODE = "BLIS_ARCH_TYPE";

  /** Environment variables that tell BLIS which code to choose. */
  private static final List<String> CHOICES = List.of(BLIS_CODE, "BLIS_MODEL_TYPE");

  /** What BLIS says of plain C, which it has for processors that it does not know. */
  private static final String PLAIN_C = "generic";

  /** What BLIS 1.1 says of Intel's newer processors, which have AVX-512, too. */
  private static final String HASWELL = "haswell";

  private static final String SKYLAKE_X = "skx";

  private static final boolean IS_X64 = System.getProperty("os.arch", "").matches("amd64|x86_64");

  /** Loaded where it is asked for. */
  static final class Open {
    static final NativeBlas BLAS = load("OpenBLAS", "libopenblas.so.0");

    private Open() {}
  }

  /** Loaded where it is asked for. */
  static final class Blis {
    static final NativeBlas BLAS = load("BLIS", "libblis.so.4");

    private Blis() {}
  }

  static NativeBlas load(String name, String library) {
    try {
      SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
      MethodHandle sgemm =
          function(
              symbols, "cblas_sgemm",
              FunctionDescriptor.ofVoid(
                  JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                  JAVA_FLOAT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_FLOAT, ADDRESS, JAVA_INT),
              // So that it takes arrays of the heap.
              Linker.Option.critical(true));
      return new NativeBlas(name, library, symbols, sgemm);
    } catch (IllegalArgumentException notFound) {
      return new NativeBlas(name, library, null, null);
    }
  }

  private static MethodHandle function(
      SymbolLookup symbols, String name, FunctionDescriptor type, Linker.Option... options) {
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type, options);
  }

  /** Whether the library is there. */
  boolean isInstalled() {
    return symbols != null;
  }

  /** Says that it is missing, in a line. */
  String missing() {
    return library + " is not installed: there are no figures for " + name;
  }

  /**
   * Puts it on one thread and says, in a line, which version it is and for which processor it has chosen its code.
   *
   * @throws IllegalStateException if it is not installed
   */
  String begin() {
    if (!isInstalled()) {
      throw new IllegalStateException(missing());
    }
    StringBuilder line = new StringBuilder();
    try {
      if (symbols.find("bli_arch_query_id").isPresent()) {
        function(symbols, "bli_thread_set_num_threads", FunctionDescriptor.ofVoid(JAVA_LONG)).invokeExact(1L);
        line.append("BLIS ").append(text("bli_info_get_version_str")).append(" for ").append(blisCode());
        CHOICES.stream().filter(variable -> System.getenv(variable) != null)
            .forEach(variable -> line.append(", as ").append(variable).append(" says"));
        better().ifPresent(code -> line.append("; it does not know this processor, try ").append(BLIS_CODE).append('=').append(code));
      } else {
        function(symbols, "openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(1);
        line.append(text("openblas_get_config").strip()).append(" for ").append(text("openblas_get_corename"));
        OPENBLAS_SWITCHES.stream().filter(variable -> System.getenv(variable) != null)
            .forEach(variable -> line.append("; unset ").append(variable).append(": it is not itself with it"));
      }
    } catch (Throwable thrown) {
      throw failed(thrown);
    }
    return line.toString();
  }

  /**
   * Which code BLIS is to be told to choose, where it does not know this processor and chooses worse by itself: it has plain C for x64
   * with AVX-512 or without, or code for AVX2 where there is AVX-512. Nothing if it is not installed, or has been told something.
   */
  Optional<String> better() {
    if (!isInstalled() || !IS_X64 || CHOICES.stream().anyMatch(variable -> System.getenv(variable) != null)) {
      return Optional.empty();
    }
    try {
      String chosen = blisCode();
      String best = Hotspot.vectorRegisters() == 32 ? SKYLAKE_X : HASWELL;
      return Optional.of(best).filter(code -> List.of(PLAIN_C, HASWELL).contains(chosen) && !code.equals(chosen));
    } catch (Throwable thrown) {
      throw failed(thrown);
    }
  }

  /** For which kind of processor BLIS has chosen its code. */
  private String blisCode() throws Throwable {
    int code = (int) function(symbols, "bli_arch_query_id", FunctionDescriptor.of(JAVA_INT)).invokeExact();
    MethodHandle nameOf = function(symbols, "bli_arch_string", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    return string((MemorySegment) nameOf.invokeExact(code));
  }

  /** What a function without arguments returns as a string. */
  private String text(String function) throws Throwable {
    return string((MemorySegment) function(symbols, function, FunctionDescriptor.of(ADDRESS)).invokeExact());
  }

  private static String string(MemorySegment chars) {
    return chars.reinterpret(256).getString(0);
  }

  /**
   * C = alpha·A·B + beta·C, A or B given transposed, over whole row-major arrays; each ld is the length of a row as
   * given.
   */
  void multiply(
      boolean transposedA, boolean transposedB, int m, int n, int k,
      float alpha, MemorySegment a, int lda, MemorySegment b, int ldb, float beta, MemorySegment c, int ldc) {
    try {
      sgemm.invokeExact(
          ROW_MAJOR, transposedA ? TRANSPOSED : AS_IT_IS, transposedB ? TRANSPOSED : AS_IT_IS, m, n, k,
          alpha, a, lda, b, ldb, beta, c, ldc);
    } catch (Throwable thrown) {
      throw failed(thrown);
    }
  }

  /** A function of C throws nothing: this is a wrong descriptor. */
  private static AssertionError failed(Throwable thrown) {
    return new AssertionError(thrown);
  }
}
