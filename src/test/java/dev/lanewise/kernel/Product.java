package dev.lanewise.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A product with its operands, ready to be run. */
final class Product {

  /** What a product starts from. */
  enum Start {
    ZERO,
    BIAS,
    ITSELF,
    OTHER;

    private static final Start[] ALL = values();

    /** One after the other. */
    static Start cycle(int round) {
      return ALL[round % ALL.length];
    }
  }

  final Form form;
  final Start kind;
  final int m;
  final int n;
  final int k;
  final Block a;
  final Block b;

  /** C before the product: NaN, unless it is also the start. */
  final Block c;

  private final Block start;

  private Product(Form form, Start kind, int m, int n, int k, Block a, Block b, Block start, Block c) {
    this.form = form;
    this.kind = kind;
    this.m = m;
    this.n = n;
    this.k = k;
    this.a = a;
    this.b = b;
    this.start = start;
    this.c = c;
  }

  static Product of(Random random, Form form, Start kind, int m, int n, int k) {
    return of(random, form, kind, m, n, k, form.newA(random, m, k));
  }

  /** With a given A. */
  static Product of(Random random, Form form, Start wanted, int m, int n, int k, Block a) {
    Start kind = form.startsFromZero() ? Start.ZERO : wanted;
    Block start =
        switch (kind) {
          case ZERO, ITSELF -> null;
          case BIAS -> Block.of(random, m, n, 0);
          case OTHER -> Block.of(random, m, n);
        };
    Block c = Block.of(random, m, n);
    return new Product(
        form, kind, m, n, k, a, form.newB(random, n, k), start, kind == Start.ITSELF ? c : c.poison());
  }

  /** The same operands for another form, which has to take them in the same layout. */
  Product as(Form other) {
    return new Product(other, kind, m, n, k, a, b, start, c);
  }

  /** With integers from −bound to bound in every operand. */
  Product integers(Random random, int bound) {
    List<float[]> operands = kind == Start.ITSELF ? List.of(a.data, b.data, c.data) : inputs();
    for (float[] operand : operands) {
      System.arraycopy(Floats.integers(random, operand.length, bound), 0, operand, 0, operand.length);
    }
    return this;
  }

  /** Every array that the product reads, except C. */
  List<float[]> inputs() {
    List<float[]> inputs = new ArrayList<>(List.of(a.data, b.data));
    if (start != null) {
      inputs.add(start.data);
    }
    return inputs;
  }

  /** The whole product, into a copy of {@link #c}. */
  void run(Kernels kernels, Block into) {
    run(kernels, into, 0, m, 0, n);
  }

  /** Some rows and columns of the product. */
  void run(Kernels kernels, Block into, int fromRow, int toRow, int fromCol, int toCol) {
    Block from = kind == Start.ITSELF ? into : start;
    form.run(
        kernels,
        toRow - fromRow,
        toCol - fromCol,
        k,
        form.partOfA(a, fromRow, toRow, k),
        form.partOfB(b, fromCol, toCol, k),
        from == null ? null : from.part(fromRow, toRow, fromCol, toCol),
        into.part(fromRow, toRow, fromCol, toCol));
  }

  /** What element (i, j) starts from. */
  float start(int i, int j) {
    return switch (kind) {
      case ZERO -> 0f;
      case BIAS, OTHER -> start.get(i, j);
      case ITSELF -> c.get(i, j);
    };
  }

  @Override
  public String toString() {
    return form + " of " + m + " × " + n + " × " + k + " from " + kind + ", leading dimensions " + a.ld + ", " + b.ld
        + ", " + c.ld;
  }
}
