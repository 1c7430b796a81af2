package dev.lanewise.kernel;

/**
 * The arithmetic of training, over flat row-major {@code float[]} and ints.
 *
 * <p>There are two implementations, {@link ScalarKernels} (the specification) and the vector kernels, and they return
 * the same bits for the same arguments. What makes that possible: the order of every sum is part of its contract, and written
 * at each method; where a formula rounds, and which of its products are fused with a sum, is as the scalar kernels do it.
 *
 * <p>A matrix argument is an array, the index of its first element and its leading dimension (the distance between two
 * rows, in floats): element (i, j) of A is {@code a[aAt + i * lda + j]}. Arguments are not checked beyond the array
 * bounds; whoever calls has done that. Outputs may not overlap inputs unless a method says so.
 *
 * <p>A sum along a row is sixteen partial sums, element j in number j mod 16, added up as ((s0+s8)+(s4+s12)) +
 * ((s2+s10)+(s6+s14)) for the even ones, likewise for the odd, even plus odd last.
 */
public interface Kernels
    extends ActivationKernels, LossKernels, UpdateKernels, NormalizationKernels, DropoutKernels {

  /** What tests and benchmarks call these kernels: {@code "scalar"} or {@code "vector"}. */
  String name();

  /** The width of one vector in bits; 32 for the scalar kernels. */
  int vectorBits();

  /**
   * How many rows at once are best taken through all layers where a network only predicts: the activations of few stay near, and for many
   * the weights are read less often.
   *
   * @param weights of all layers together
   */
  default int rowsAtOnce(long weights) {
    return ROWS_AT_ONCE;
  }

  /** See {@link #rowsAtOnce}: what does well with any kernels. */
  int ROWS_AT_ONCE = 128;

  /**
   * Rows of C in scratch at once where a product computes its last columns there, fewer than a narrow panel: a multiple of the rows of each
   * tile one vector wide.
   */
  int EDGE_ROWS = 40;

  /** What a product needs of scratch for its last columns, in floats: a block of C and a row of start. */
  int TILE_SCRATCH = (EDGE_ROWS + 1) * Panels.NARROW;

  /** The most of k that a product has in scratch at once. */
  int MAX_BLOCK_DEPTH = 1024;

  /** The most of k that {@link #multiplyPackedTransposed} has in scratch at once: whole panels, but nothing else. */
  int MAX_PANEL_DEPTH = 2048;

  /**
   * The most of k that {@link #multiplyPacked} has in scratch at once, transposed, of as many rows of A as a wide panel has columns:
   * whole blocks.
   */
  int MAX_TURNED_DEPTH = 128;

  /** The most that {@link #multiplyPacked} needs of scratch, in floats. */
  int PACKED_SCRATCH = TILE_SCRATCH + Panels.LEAD + (MAX_TURNED_DEPTH + Panels.NARROW) * Panels.WIDE;

  /** The most terms of {@link #multiplyPackedTransposed} of which sixteen rows of A, at 512 bits also 32, are in scratch at once. */
  int LONGEST_TURNED = 1 << 16;

  /** The most of k that it has of four panels in scratch at once, where panels are two vectors. */
  int TRANSPOSED_DEPTH = 1024;

  /** Columns of C that it has in scratch at once, transposed, where panels are two vectors. */
  int TURNED_COLUMNS = 480;

  /** Sixteen rows of those, in floats, with room for a tile that begins in them. */
  int TURNED_BLOCK = (TURNED_COLUMNS + Panels.NARROW) * 16;

  /** The most rows of a transposed A that a product has in scratch at once: a multiple of every tile's rows. */
  int MAX_BLOCK_ROWS = 2160;

  /** The most rows of {@link #dotPacked}. */
  int MOST_DOT_ROWS = 4;

  /** The most elements that a kernel passes to one loop, in floats. */
  int LONGEST_LOOP = 4096;

  // ------------------------------------------------------------------------------------------------------ products
  //
  // Every element of a product, but of dotPacked, is one chain of fused multiply-adds, k ascending, that begins with its element of
  // `start`:  c = fma(a[k-1], b[k-1], … fma(a[1], b[1], fma(a[0], b[0], start)) …).
  // `start` is a matrix like C. Leading dimension 0 over a bias adds that bias to each row, C itself accumulates, and
  // null starts from zero. C is never read unless it is also `start`.

  /**
   * C = start + A·B, for A of m × k and B of k × n.
   *
   * @param ldb at least n
   * @param scratch at least {@link #scratchLength} floats, overwritten; one per thread
   */
  void multiply(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch);

  /** C = start + Aᵀ·B, for A of k × m and B of k × n: the form of the gradient of a layer's weights. */
  void multiplyTransposedA(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch);

  /** C = start + A·Bᵀ, for A of m × k and B of n × k: the form of the error handed back to the layer before. */
  void multiplyTransposedB(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch);

  /**
   * The scratch that one product of m × n × k needs at most, in floats. It does not shrink when m, n or k grow; here n is of no account, as
   * scratch holds a panel of columns at a time.
   */
  default int scratchLength(int m, int n, int k) {
    // panel    Transpose.panel: (depth + 16) · 64 + 256; TurnedForward: (16 + its depth, rounded up) · 64; DotsInOrder, of 256 terms and
    //          more, 256 · 64
    // product  a panel beside Aᵀ by tiles, of rows rounded up to one, or by blocks of 48; beside δ by tens, 32 · k from 32 rows on; and
    //          TurnedError, (k + 71) · 32 for 32 rows, (k + 79) · 16 for 16; PlainProduct's narrow ones, (16 + 8) · k
    // gradient rows of Descent.cut while k is cut
    int rows = Math.min(m + 7, MAX_BLOCK_ROWS); // those of the last tile are all there
    int packedA = (int) Math.min((long) k * rows, MAX_BLOCK_DEPTH * MAX_BLOCK_ROWS);
    int gradient = k > MAX_BLOCK_DEPTH ? rows * Panels.WIDE : 0;
    int panel = (Math.min(k, MAX_PANEL_DEPTH) + 2 * Panels.NARROW) * Panels.WIDE;
    int turned = Panels.WIDE == Panels.NARROW ? twoVectorScratch(k) : 0;
    int product = Math.min(k, MAX_BLOCK_DEPTH) * Panels.WIDE + packedA + gradient;
    return TILE_SCRATCH + Panels.LEAD + Math.max(product, Math.max(panel, turned));
  }

  private static int twoVectorScratch(int k) {
    int terms = Math.min(k, LONGEST_TURNED) + 3; // tiles check the indices of four at once
    return Math.max(TURNED_BLOCK + terms * Panels.NARROW, Math.min(k, TRANSPOSED_DEPTH) * Panels.GROUP);
  }

  /** The length of a packed B of k × n, in floats; {@link Panels} says how it is laid out. */
  default int packedLength(int k, int n) {
    return Panels.length(k, n);
  }

  /**
   * Packs rows {@code from} (inclusive) to {@code to} (exclusive) of a B of k × n. A new array of zeros is ready to be
   * packed into; its padding is never written.
   */
  default void pack(int k, int n, int from, int to, float[] b, int bAt, int ldb, float[] packed) {
    Panels.pack(k, n, from, to, b, bAt, ldb, packed);
  }

  /** The reverse of {@link #pack}: writes rows {@code from} to {@code to} of a packed B of k × n to B. */
  default void unpack(int k, int n, int from, int to, float[] packed, float[] b, int bAt, int ldb) {
    Panels.unpack(k, n, from, to, packed, b, bAt, ldb);
  }

  /**
   * One step of gradient descent on rows {@code from} to {@code to} of a packed W of m × n: W −= step · Aᵀ·B, for A of
   * k × m and B of k × n. With the bits of {@link #multiplyTransposedA} from zero, {@link #scaledUpdate} and {@link
   * #pack}, but the gradient is not stored.
   *
   * <p>The rows of A and B have room for {@link Panels#columns} floats each. What A has beyond column m may be
   * read, and counts for nothing; what B has beyond column n must be zero, and the padding of W stays zero where A is finite.
   *
   * @param from a multiple of {@link Panels#NARROW}, as threads' shares are
   * @param packedAt where the first panel begins: {@link Panels#LEAD} or, for whole panels of a wider W or its last columns, {@link
   *     Panels#at}
   * @param scratch at least {@link #scratchLength} floats, overwritten; one per thread
   */
  void descendPacked(
      int m, int n, int k, int from, int to, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch);

  /**
   * The gradient alone, of the same rows and from the same A and B: packed = Aᵀ·B, with the bits of {@link #multiplyTransposedA}
   * from zero and {@link #pack}, and, where A is finite, zeros as padding.
   *
   * @param from a multiple of {@link Panels#NARROW}, as threads' shares are
   * @param packedAt where the first panel begins: {@link Panels#LEAD} or, for whole panels of a wider W or its last columns, {@link
   *     Panels#at}
   * @param scratch at least {@link #scratchLength} floats, overwritten; one per thread
   */
  void gradientPacked(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch);

  /**
   * C = start + A·B, for A of m × k and a packed B of k × n, over whole panels: the rows of C and of start have room for
   * {@link Panels#columns} floats each. Those of C beyond the n are written and of no use, and not the same in all kernels; from zero and
   * finite A they become zero.
   *
   * @param packedAt where the first panel begins: {@link Panels#LEAD} or, for whole panels of a wider B or its last columns, {@link
   *     Panels#at}
   * @param scratch at least {@link #scratchLength} or {@link #PACKED_SCRATCH} floats, overwritten, one per thread; null for fewer than
   *     {@link Panels#WIDE} rows
   */
  void multiplyPacked(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] packed, int packedAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch);

  /**
   * Columns {@code from} to {@code to} of C = A·Bᵀ, for A of m × k and a packed B of n × k: packed as it is for {@link
   * #multiplyPacked}, and transposed panel by panel on the way. The rows of C have room for {@link Panels#columns} floats each, those
   * beyond the n become zero where A is finite.
   *
   * @param from a multiple of {@link Panels#WIDE}
   * @param to another, or n
   * @param scratch at least {@link #scratchLength} floats, overwritten; one per thread
   */
  void multiplyPackedTransposed(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch);

  /**
   * The same product for at most {@link #MOST_DOT_ROWS} rows of A, each element a sum along a row of fused multiply-adds: sixteen
   * partial sums that begin with zero, where missing terms of the last sixteen are 0 · 0, added up as said above. For so few rows most of
   * the time of the other goes into transposing B, which this reads as it is. The rows of C have room for {@link Panels#columns} floats
   * each, those beyond the n become zero; so have those of A, where they are zero.
   *
   * @param from a multiple of {@link Panels#WIDE}
   * @param to another, or n
   * @param scratch at least {@link #scratchLength} floats, overwritten; one per thread
   */
  void dotPacked(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch);

  /**
   * Whether an error of so many rows in all, of which a thread may have fewer, and of n columns is handed back by {@link #dotPacked} rather
   * than {@link #multiplyPackedTransposed}. Part of what a fit computes, and so the same on all machines: one row and two are faster so
   * with vectors of any width, three and four where there are terms for more than one of each partial sum, and more rows only with some.
   * Fewer columns than are added up side by side have no vectors.
   */
  static boolean handsBackByDots(int batchRows, int n, int k) {
    return n >= Panels.NARROW && (batchRows <= 2 || (batchRows <= MOST_DOT_ROWS && k > Panels.NARROW));
  }

  /**
   * Copies rows of a matrix of cols columns, those that {@code order} names from {@code orderAt} on, to rows that are ld
   * apart.
   */
  void gather(int rows, int cols, float[] x, int[] order, int orderAt, float[] out, int outAt, int ld);

  // -------------------------------------------------------------------------------------------------- element by element
  //
  // Over n consecutive floats each. `out` may be one of the inputs, at the same index.

  /** out = x ∘ y, the Hadamard product. */
  void hadamard(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  /** out = (x − y) · scale. */
  void scaledDifference(int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  /** w = fma(−step, g, w): one step of gradient descent. */
  void scaledUpdate(int n, float step, float[] g, int gAt, float[] w, int wAt);

  /** The index in 0..n−1 of the first NaN or infinity, or −1. */
  int firstNonFinite(int n, float[] x, int at);

  /** out[j] = the sum of columns {@code from} to {@code to} of x, rows ascending from zero; out is indexed like a row. */
  void columnSums(int rows, int ld, int from, int to, float[] x, int xAt, float[] out, int outAt);
}
