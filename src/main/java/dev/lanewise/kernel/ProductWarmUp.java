package dev.lanewise.kernel;

import dev.lanewise.kernel.ProductExample.Backward;
import dev.lanewise.kernel.ProductExample.Both;
import dev.lanewise.kernel.ProductExample.Descent;
import dev.lanewise.kernel.ProductExample.Forward;
import dev.lanewise.kernel.ProductExample.Gradient;
import dev.lanewise.kernel.ProductExample.Unpacked;
import dev.lanewise.kernel.ProductExample.Update;
import dev.lanewise.kernel.Warmable.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What brings products to speed; how is {@link WarmUp}'s business. */
final class ProductWarmUp {

  /** Rounds of examples of products, in each of which tiles are called some dozen times. */
  private static final int ROUNDS = 2;

  /** The terms of a product: of loops of fewer than four turns C2 keeps in registers what others need there. */
  private static final int TERMS = 16;

  /** More terms than sums over narrow panels take in one go. */
  private static final int LONG = 9 * Panels.NARROW;

  /** Whether all panels are narrow, of two vectors or four, as with 16 registers. */
  private static final boolean ALL_NARROW = Panels.WIDE == Panels.NARROW;

  private ProductWarmUp() {}

  /** Products of fewer columns than a narrow panel has, by their own tiles. */
  static void narrow(WarmUp w) {
    products(w, 10, tilesOf(w, Tiling.COARSE));
  }

  /** Products by wide and narrow panels. */
  static void wide(WarmUp w) {
    w.warmable().tryTiles(Tiling.COARSE);
    int columns = ALL_NARROW ? Panels.WIDE : Panels.WIDE + Panels.NARROW;
    List<Runnable> examples = examples(w, columns, w.warmable().rowsOfCoarseTiles());
    examples.addAll(List.of(longForwards(w, Tiling.COARSE)));
    examples.addAll(List.of(ALL_NARROW ? gradients(w, TERMS, 3 * Panels.WIDE) : endsOfNarrowGradients(w)));
    w.showOnce(tilesOf(w, Tiling.COARSE), examples.toArray(new Runnable[0]));
    w.warmable().tryTiles(null);
  }

  /** Products by panels of medium width, once there are those by others. */
  static void medium(WarmUp w) {
    products(w, Panels.MEDIUM + Panels.NARROW, w.warmable()::callMediumTilesWithoutTerms);
  }

  private static IntConsumer tilesOf(WarmUp w, Tiling tiling) {
    return times -> w.warmable().callTilesWithoutTerms(tiling, times);
  }

  /** What gains a large network some hundredths of its speed, on some processors a third, once the rest is there: more tiles. */
  static void finer(WarmUp w) {
    tryOut(w, Tiling.FINE, () -> products(
        w, Panels.WIDE, tilesOf(w, Tiling.FINE),
        Stream.of(longForwards(w, Tiling.FINE), gradientsOfManyRows(w)).flatMap(Stream::of).toArray(Runnable[]::new)));
  }

  /** What only some networks gain from, once there are finer tiles: products of few columns or rows, and a deep A that is packed. */
  static void rarer(WarmUp w) {
    tryOut(w, Tiling.ALL, () -> w.show(
        ROUNDS,
        tilesOf(w, Tiling.ALL),
        WarmUp.COMPILED_CALLS / ROUNDS,
        Stream.of(
                narrowOfManyRows(w), oddWidths(w), gradients(w, 66, 8 * Panels.WIDE), wholePanels(w), wholeTilesOfRows(w), cutGradients(w),
                halfPanels(w), fewRows(w), backwards(w), backwardsTransposed(w))
            .flatMap(Stream::of)
            .toArray(Runnable[]::new)));
  }

  /** Only what turns out to be compiled well is for all. */
  private static void tryOut(WarmUp w, Tiling tiling, Runnable stage) {
    Warmable tiles = w.warmable();
    tiles.tryTiles(tiling);
    stage.run();
    if (w.isCompiled() && tiling.compareTo(tiles.tiling()) > 0) {
      tiles.useTiles(tiling);
    }
    tiles.tryTiles(null);
  }

  /**
   * Computed transposed, forwards by 128 terms at a time, on Intel's processors, Zen 4 and 5 only the examples of at most eight columns;
   * and a gradient of few rows of narrow and wide panels.
   */
  private static Runnable[] narrowOfManyRows(WarmUp w) {
    Kernels kernels = w.kernels();
    int depth = 32;
    int tall = Panels.WIDE + Panels.NARROW;
    int rowsOfTiles = 2 * Panels.NARROW - 8; // one of each tile of gradients of one vector
    float[] input = new float[depth * tall];
    float[] delta = new float[depth * Panels.NARROW];
    float[] wideDelta = new float[depth * tall];
    float[] wideWeights = new float[kernels.packedLength(2 * Panels.NARROW, tall)];
    float[] c = new float[tall * Panels.NARROW];
    float[] weights = new float[kernels.packedLength(tall, Panels.NARROW)];
    int rows = Panels.WIDE;
    int terms = Kernels.MAX_TURNED_DEPTH + 9; // the rows of A end in the middle of a block, and the last with its array
    float[] a = new float[rows * terms];
    float[] packed = new float[kernels.packedLength(terms, Panels.NARROW)];
    float[] scratch = new float[kernels.scratchLength(tall, tall, terms)];
    return new Runnable[] {
      new Descent(kernels, tall, 10, depth, input, tall, delta, Panels.NARROW, weights, scratch),
      new Descent(kernels, tall, 2, depth, input, tall, delta, Panels.NARROW, weights, scratch),
      new Gradient( // of more columns than a tile for few of them has
          kernels, tall, 11, depth, tall, input, tall, delta, Panels.NARROW, weights, scratch),
      new Descent(kernels, rowsOfTiles, 10, TERMS, input, tall, delta, Panels.NARROW, weights, scratch),
      new Gradient(kernels, rowsOfTiles, 10, TERMS, rowsOfTiles, input, tall, delta, Panels.NARROW, weights, scratch),
      new Descent( // whose error is wider than each panel, and may be read in place
          kernels, 2 * Panels.NARROW - 3, tall, depth, input, tall, wideDelta, tall, wideWeights, scratch),
      new Forward(kernels, tall, 10, depth, input, depth, weights, w.x, 0, c, Panels.NARROW, scratch),
      new Forward(kernels, tall, 6, depth, input, depth, weights, w.x, 0, c, Panels.NARROW, scratch),
      new Forward(kernels, rows, 6, terms, a, terms, packed, null, 0, c, Panels.NARROW, scratch),
      new Forward(kernels, rows, 8, terms, a, terms, packed, w.y, Panels.NARROW, c, Panels.NARROW, scratch)
    };
  }

  /**
   * Of one and three columns more than one vector has, or three, where those have ways of their own; and back. Of as many rows as those ways
   * take, as tiles of medium panels need not be there.
   */
  private static Runnable[] oddWidths(WarmUp w) {
    if (ALL_NARROW || !w.warmable().hasWaysOfOddWidths()) {
      return new Runnable[0];
    }
    Kernels kernels = w.kernels();
    int rows = Panels.MEDIUM;
    int few = Panels.NARROW + 1;
    int many = Panels.MEDIUM + Panels.NARROW + 3;
    int lda = Panels.columns(Panels.WIDE);
    float[] a = new float[rows * lda];
    float[] ofFew = new float[kernels.packedLength(Panels.WIDE, few)];
    float[] ofMany = new float[kernels.packedLength(Panels.WIDE, many)];
    float[] ofOneMore = new float[kernels.packedLength(Panels.WIDE + 1, Panels.NARROW)];
    float[] delta = new float[rows * Panels.WIDE];
    float[] bias = new float[Panels.WIDE];
    float[] c = new float[rows * 2 * Panels.WIDE];
    float[] scratch = new float[kernels.scratchLength(Panels.WIDE + 1, Panels.WIDE, Panels.WIDE)];
    return new Runnable[] {
      new Forward(kernels, rows, few, TERMS, a, lda, ofFew, bias, 0, c, Panels.MEDIUM, scratch),
      new Forward(kernels, rows, few, TERMS, a, lda, ofFew, null, 0, c, Panels.MEDIUM, scratch),
      new Forward(kernels, rows, many, TERMS, a, lda, ofMany, bias, 0, c, Panels.WIDE, scratch),
      new Forward(kernels, rows, many, TERMS, a, lda, ofMany, null, 0, c, Panels.WIDE, scratch),
      new Descent(kernels, rows + 2, few, TERMS, a, lda, delta, Panels.MEDIUM, ofFew, scratch),
      new Gradient(kernels, rows + 2, few, TERMS, rows + 2, a, lda, delta, Panels.MEDIUM, ofFew, scratch),
      new Descent(kernels, Panels.WIDE, many, TERMS, a, lda, delta, Panels.WIDE, ofMany, scratch),
      new Gradient(kernels, Panels.WIDE, many, TERMS, Panels.WIDE, a, lda, delta, Panels.WIDE, ofMany, scratch),
      new Backward(kernels, 8, Panels.WIDE + 1, Panels.NARROW, delta, Panels.NARROW, ofOneMore, c, Panels.WIDE + Panels.NARROW, scratch)
    };
  }

  /** With a packed A where that pays or is tried, of as many rows as a tile of it has and one more. */
  private static Runnable[] gradients(WarmUp w, int depth, int columns) {
    Kernels kernels = w.kernels();
    int rows = 7;
    int lda = Panels.SET_STRIDE;
    float[] a = new float[depth * lda];
    float[] b = new float[depth * columns];
    float[] packed = new float[kernels.packedLength(rows, columns)];
    float[] scratch = new float[kernels.scratchLength(rows, columns, depth)];
    return new Runnable[] {
      new Descent(kernels, rows, columns, depth, a, lda, b, columns, packed, scratch),
      new Gradient(kernels, rows, columns, depth, rows, a, lda, b, columns, packed, scratch)
    };
  }

  /**
   * The gradients of one panel, of more terms than other examples have whose A is in place: which tiles they are by may depend on that. And
   * forwards from a matrix, of as many rows.
   */
  private static Runnable[] wholePanels(WarmUp w) {
    Kernels kernels = w.kernels();
    int columns = Panels.WIDE;
    int rows = 2 * WarmUp.MAX_ROWS;
    int lda = Panels.columns(rows);
    float[] a = new float[3 * TERMS * lda];
    float[] b = new float[3 * TERMS * columns];
    float[] c = new float[rows * columns];
    float[] packed = new float[kernels.packedLength(rows, columns)];
    float[] weights = new float[kernels.packedLength(TERMS, columns)];
    float[] scratch = new float[kernels.scratchLength(rows, columns, 3 * TERMS)];
    return new Runnable[] {
      new Descent(kernels, rows, columns, 3 * TERMS, a, lda, b, columns, packed, scratch),
      new Gradient(kernels, rows, columns, 3 * TERMS, rows, a, lda, b, columns, packed, scratch),
      new Forward(kernels, rows, columns, TERMS, a, lda, weights, c, columns, c, columns, scratch)
    };
  }

  /** Forwards by as many rows as tiles have, from a bias and from nothing: through a wide panel, by six rows and by four, and a narrow. */
  private static Runnable[] wholeTilesOfRows(WarmUp w) {
    Kernels kernels = w.kernels();
    int most = 2 * WarmUp.MAX_ROWS;
    float[] a = new float[most * TERMS];
    float[] wide = new float[kernels.packedLength(TERMS, Panels.WIDE)];
    float[] narrow = new float[kernels.packedLength(TERMS, Panels.NARROW)];
    float[] bias = new float[Panels.WIDE];
    float[] c = new float[most * Panels.WIDE];
    float[] scratch = new float[kernels.scratchLength(most, Panels.WIDE, TERMS)];
    return Stream.of(bias, null)
        .flatMap(start -> Stream.of(
            new Forward(kernels, most, Panels.WIDE, TERMS, a, TERMS, wide, start, 0, c, Panels.WIDE, scratch),
            new Forward(kernels, 8, Panels.WIDE, TERMS, a, TERMS, wide, start, 0, c, Panels.WIDE, scratch),
            new Forward(kernels, most, Panels.NARROW, TERMS, a, TERMS, narrow, start, 0, c, Panels.NARROW, scratch)))
        .toArray(Runnable[]::new);
  }

  /** Of so many terms as a tiling wants to see, from a bias and from a matrix; none where it wants none. */
  private static Runnable[] longForwards(WarmUp w, Tiling tiling) {
    int terms = w.warmable().termsOfLongExample(tiling);
    if (terms == 0) {
      return new Runnable[0];
    }
    Kernels kernels = w.kernels();
    int rows = WarmUp.MAX_ROWS;
    float[] a = new float[rows * terms];
    float[] packed = new float[kernels.packedLength(terms, Panels.WIDE)];
    float[] bias = new float[Panels.WIDE];
    float[] c = new float[rows * Panels.WIDE];
    float[] scratch = new float[kernels.scratchLength(rows, Panels.WIDE, terms)];
    Runnable ofBias = new Forward(kernels, rows, Panels.WIDE, terms, a, terms, packed, bias, 0, c, Panels.WIDE, scratch);
    if (tiling == Tiling.COARSE) { // what programs wait for, with one tile for that
      return new Runnable[] {ofBias};
    }
    return new Runnable[] {
      ofBias, new Forward(kernels, rows, Panels.WIDE, terms, a, terms, packed, c, Panels.WIDE, c, Panels.WIDE, scratch)
    };
  }

  /** Of the numbers of rows by which a narrow panel of weights may end, and which other examples may lack. */
  private static Runnable[] endsOfNarrowGradients(WarmUp w) {
    Kernels kernels = w.kernels();
    int columns = Panels.NARROW;
    int lda = Panels.NARROW;
    float[] a = new float[TERMS * lda];
    float[] b = new float[TERMS * columns];
    float[] packed = new float[kernels.packedLength(lda, columns)];
    float[] scratch = new float[kernels.scratchLength(lda, columns, TERMS)];
    Runnable[] examples = new Runnable[3];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = new Descent(kernels, 5 + i, columns, TERMS, a, lda, b, columns, packed, scratch);
    }
    return examples;
  }

  /**
   * Of enough rows for a block of A to be copied first, where panels are wide, and of enough columns for panels of it; of an even number of
   * terms and an odd one.
   */
  private static Runnable[] gradientsOfManyRows(WarmUp w) {
    if (ALL_NARROW) {
      return new Runnable[0];
    }
    Kernels kernels = w.kernels();
    int rows = 3 * Panels.NARROW;
    int few = WarmUp.MAX_ROWS;
    int columns = 2 * Panels.WIDE;
    int more = 3 * Panels.WIDE;
    int terms = TERMS + 1;
    float[] a = new float[terms * rows];
    float[] b = new float[terms * more];
    float[] packed = new float[kernels.packedLength(rows, more)];
    float[] scratch = new float[kernels.scratchLength(rows, more, terms)];
    return new Runnable[] {
      new Descent(kernels, rows, columns, TERMS, a, rows, b, columns, packed, scratch),
      new Gradient(kernels, rows, columns, terms, rows, a, rows, b, columns, packed, scratch),
      new Descent(kernels, few, more, TERMS, a, rows, b, more, packed, scratch),
      new Gradient(kernels, few, more, terms, few, a, rows, b, more, packed, scratch)
    };
  }

  /** Of more terms than are summed in one go: the tiles of a gradient that sums go on in are not those that begin it. */
  private static Runnable cutGradient(WarmUp w, int rows, int columns) {
    Kernels kernels = w.kernels();
    int depth = Kernels.MAX_BLOCK_DEPTH + 1;
    float[] a = new float[depth * rows];
    float[] b = new float[depth * columns];
    float[] packed = new float[kernels.packedLength(rows, columns)];
    float[] scratch = new float[kernels.scratchLength(rows, columns, depth)];
    return new Descent(kernels, rows, columns, depth, a, rows, b, columns, packed, scratch);
  }

  /** With a packed A, which only narrow panels have tiles of their own for. */
  private static Runnable[] cutGradients(WarmUp w) {
    return ALL_NARROW ? new Runnable[] {cutGradient(w, Panels.WIDE, 4 * Panels.WIDE)} : new Runnable[0];
  }

  /** Gradients of so few columns that a panel of two vectors is half full: with rows that whole tiles leave. */
  private static Runnable[] halfPanels(WarmUp w) {
    if (!ALL_NARROW) {
      return new Runnable[0];
    }
    Kernels kernels = w.kernels();
    int columns = Panels.WIDE / 2;
    int rows = WarmUp.MAX_ROWS;
    float[] packed = new float[kernels.packedLength(rows, columns)];
    float[] scratch = new float[kernels.scratchLength(rows, columns, TERMS)];
    float[] a = new float[TERMS * Panels.columns(rows)];
    float[] b = new float[TERMS * Panels.NARROW];
    return new Runnable[] {
      new Descent(kernels, rows, columns, TERMS, a, Panels.columns(rows), b, Panels.NARROW, packed, scratch),
      new Gradient(kernels, rows, columns, TERMS, rows, a, Panels.columns(rows), b, Panels.NARROW, packed, scratch)
    };
  }

  /**
   * One row over as many panels as one tile may take, and one more; two over the last, and what tiles of eight rows are not filled by. Of
   * more terms than others, since the tile of one or two takes four a turn, and of three that are left.
   */
  private static Runnable[] fewRows(WarmUp w) {
    Kernels kernels = w.kernels();
    int columns = 2 * Panels.GROUP + Panels.NARROW;
    int terms = 2 * TERMS;
    int odd = terms + 3;
    float[] packed = new float[kernels.packedLength(odd, columns)];
    float[] scratch = new float[kernels.scratchLength(7, columns, odd)];
    return new Runnable[] {
      new Forward(kernels, 1, columns, terms, w.y, terms, packed, w.x, 0, w.out, columns, scratch),
      new Forward(kernels, 1, columns, odd, w.y, odd, packed, null, 0, w.out, columns, scratch),
      new Forward(kernels, 2, Panels.NARROW, odd, w.y, odd, packed, w.x, Panels.NARROW, w.out, Panels.NARROW, scratch),
      new Forward(kernels, 6, Panels.NARROW, odd, w.y, odd, packed, w.x, Panels.NARROW, w.out, Panels.NARROW, scratch),
      new Forward(kernels, 7, Panels.NARROW, terms, w.y, terms, packed, w.x, 0, w.out, Panels.NARROW, scratch)
    };
  }

  /** From few rows, and from more; eight times each, so that C2 sees their loops turn beside all the calls that do not get there. */
  private static Runnable[] backwards(WarmUp w) {
    Kernels kernels = w.kernels();
    int n = Panels.WIDE; // inputs, and outputs
    float[] packed = new float[kernels.packedLength(n, n)];
    float[] scratch = new float[kernels.scratchLength(n, n, n)];
    int[] numbers = {1, 2, 3, 4, TERMS};
    return IntStream.range(0, 8 * numbers.length)
        .map(i -> numbers[i % numbers.length])
        .mapToObj(rows -> new Both(
            new Both(
                new Backward(kernels, rows, n, n, w.y, n, packed, w.out, n, scratch),
                new Backward(kernels, rows, n, rows, w.y, n, packed, w.out, n, scratch)), // as many outputs
            new Both(
                new Descent(kernels, n, n, rows, w.x, n, w.y, n, packed, scratch),
                new Gradient(kernels, n, n, rows, n, w.x, n, w.y, n, packed, scratch))))
        .toArray(Runnable[]::new);
  }

  /** Of terms in wide panels only, an odd number of them too, and of more; of sixteen rows and of thirty-two, which may have tiles each. */
  private static Runnable[] backwardsTransposed(WarmUp w) {
    Kernels kernels = w.kernels();
    int rows = Panels.MEDIUM;
    int inputs = Panels.WIDE + 4; // no panel of medium width, whose tiles there need not be
    int most = Panels.WIDE + TERMS;
    int longest = Math.max(most, LONG);
    float[] delta = new float[rows * longest];
    float[] packed = new float[kernels.packedLength(inputs, longest)];
    float[] c = new float[rows * Panels.columns(inputs)];
    float[] scratch = new float[kernels.scratchLength(rows, inputs, longest)];
    // Of narrow panels some are summed at a time: also of more, which sums go on with, and from eight rows and fewer.
    IntStream outputs = ALL_NARROW ? IntStream.of(most, LONG) : IntStream.of(Panels.WIDE, most, 2 * Panels.WIDE - Panels.NARROW + 1);
    IntStream numbers = ALL_NARROW ? IntStream.of(1, 5, 9) : IntStream.of(Panels.NARROW, rows);
    int[] lengths = outputs.toArray();
    return numbers.boxed()
        .flatMap(number -> IntStream.of(lengths).mapToObj(length ->
            new Backward(kernels, number, inputs, length, delta, length, packed, c, Panels.columns(inputs), scratch)))
        .toArray(Runnable[]::new);
  }

  /** The products of a layer with so many columns, of every number of rows by which tiles end. */
  private static void products(WarmUp w, int columns, IntConsumer shortCalls, Runnable... more) {
    List<Runnable> examples = examples(w, columns, IntStream.rangeClosed(1, WarmUp.MAX_ROWS).toArray());
    if (ALL_NARROW) {
      examples.add(cutGradient(w, 4, Panels.WIDE));
      examples.addAll(List.of(gradients(w, TERMS, 3 * Panels.WIDE)));
    }
    examples.addAll(List.of(more));
    w.show(ROUNDS, shortCalls, WarmUp.COMPILED_CALLS / ROUNDS, examples.toArray(Runnable[]::new));
  }

  /**
   * The products of a layer with so many columns, of each of these numbers of rows. As few as will do: each operation of an example is a
   * call, whose own loop over lanes C2 would soon take for hot, and compile before the kernels.
   */
  private static List<Runnable> examples(WarmUp w, int columns, int... numbersOfRows) {
    Kernels kernels = w.kernels();
    int lda = Panels.columns(WarmUp.MAX_ROWS);
    int padded = Panels.columns(columns);
    float[] a = new float[TERMS * lda]; // of more rows, and columns, than there are of C
    float[] b = new float[TERMS * padded];
    float[] scratch = new float[kernels.scratchLength(WarmUp.MAX_COLUMNS, WarmUp.MAX_COLUMNS, WarmUp.MAX_COLUMNS)];
    float[] packed = new float[kernels.packedLength(TERMS, columns)];
    int inputs = columns - 6; // the end of a panel has a block of its own to transpose
    int fewer = Math.max(1, inputs - 6); // or ends after less than half of one
    float[] narrow = new float[kernels.packedLength(inputs, TERMS)];
    List<Runnable> examples = new ArrayList<>();
    for (int rows : numbersOfRows) {
      int terms = rows % 4 == 1 || rows == 11 ? TERMS - 1 : TERMS; // tiles by two terms have an odd end, whole ones too
      float[] start = rows % 3 == 1 ? null : w.x;
      int ldStart = rows % 3 == 0 ? padded : 0; // a matrix, or a bias
      examples.add(new Both(
          new Forward(kernels, rows, columns, terms, a, lda, packed, start, ldStart, w.out, padded, scratch),
          new Descent(kernels, rows, columns, terms, a, lda, b, padded, packed, scratch)));
    }
    examples.add(new Both(
        new Backward(kernels, WarmUp.MAX_ROWS, inputs, TERMS, a, lda, narrow, w.out, padded, scratch),
        new Both(
            new Backward(kernels, WarmUp.MAX_ROWS, fewer, TERMS, a, lda, narrow, w.out, padded, scratch),
            new Gradient( // of rows of which whole tiles leave some to another
                kernels, WarmUp.MAX_ROWS, columns, TERMS, WarmUp.MAX_ROWS - 2, a, lda, b, padded, packed, scratch))));
    if (columns >= Panels.WIDE) { // what that other tile begins with is nothing there, and else may be a matrix; rows of B no panel's
      int ldb = padded + Panels.NARROW;
      float[] apart = new float[TERMS * ldb];
      examples.add(new Unpacked(kernels, 4, Panels.WIDE, TERMS, a, lda, apart, ldb, w.x, padded, w.out, padded, scratch));
    }
    examples.add(new Update(kernels, WarmUp.N, w.x, w.out)); // a gradient that goes through scratch
    return examples;
  }
}
