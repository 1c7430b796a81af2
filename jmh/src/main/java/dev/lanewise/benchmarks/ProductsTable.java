package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.ABSENT;
import static dev.lanewise.benchmarks.Markdown.fixed;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/** The products of {@link ProductsBenchmark}: each beside the better of OpenBLAS and BLIS, and means over them. */
final class ProductsTable {

  /** From so many rows a batch counts as large. */
  static final int LARGE_BATCH = 32;

  private final Results results;
  private final Markdown out;
  private final OptionalDouble peak;

  ProductsTable(Results results, Markdown out) {
    this.results = results;
    this.out = out;
    this.peak = results.peak();
  }

  /**
   * One product, with GFLOP/s.
   *
   * @param form forward, gradient or delta
   */
  record Product(
      String form, Layer layer, Shape shape,
      OptionalDouble ours, OptionalDouble openBlas, OptionalDouble blis, OptionalDouble vectorBlas,
      OptionalDouble ejml) {

    /** Ours over the better of the two native ones; empty unless there are both sides. */
    OptionalDouble ratio() {
      OptionalDouble better = DoubleStream.of(openBlas.orElse(0), blis.orElse(0)).filter(speed -> speed > 0).max();
      return ours.isEmpty() || better.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(ours.getAsDouble() / better.getAsDouble());
    }
  }

  /** As training calls them. */
  static List<Product> packed(Results results) {
    return products(results, "vector", "");
  }

  /** Of plain arrays. */
  static List<Product> unpacked(Results results) {
    return products(results, "unpacked", "Plain");
  }

  /** Our method, and what the names of the others end with where it is a gradient. */
  private static List<Product> products(Results results, String ours, String suffix) {
    List<Product> products = new ArrayList<>();
    for (Row row : Row.by("layer", results)) {
      Layer layer = Layer.parse(row.size());
      Shape shape = switch (row.kernel()) {
        case "forward" -> layer.forward();
        case "gradient" -> layer.gradient();
        case "delta" -> layer.delta();
        default -> throw new IllegalArgumentException("a layer has no product " + row.kernel());
      };
      String ending = row.kernel().equals("gradient") ? suffix : "";
      // The others in Java were measured with the step of descent: beside the bare gradient they have no figure.
      boolean same = ending.isEmpty();
      products.add(new Product(
          row.kernel(), layer, shape, speed(row, ours, shape), speed(row, "openBlas" + ending, shape),
          speed(row, "blis" + ending, shape),
          same ? speed(row, "vectorBlas", shape) : OptionalDouble.empty(),
          same ? speed(row, "ejml", shape) : OptionalDouble.empty()));
    }
    return products;
  }

  private static OptionalDouble speed(Row row, String method, Shape shape) {
    OptionalDouble nanos = row.nanos(method);
    return nanos.isEmpty() ? nanos : OptionalDouble.of(shape.flop() / nanos.getAsDouble());
  }

  void write() {
    write(
        "Products as training calls them, GFLOP/s. Ours has its weights packed before, rows of the batch of 2 KiB and more a "
            + "cache line further apart where they would be a multiple of 1 KiB apart, and the gradient ends in a step of descent "
            + "on them. OpenBLAS and BLIS have no packed form in their interface: they pack in the call, and "
            + "take the step in place (alpha = −step, beta = 1).",
        packed(results));
    write(
        "The same products of plain row-major arrays, GFLOP/s: nothing is packed before on either side, and the gradient "
            + "is stored.",
        unpacked(results));
  }

  private void write(String title, List<Product> all) {
    List<Product> products = all.stream().filter(product -> product.ours().isPresent()).toList();
    if (products.isEmpty()) {
      return;
    }
    List<Product> inCache = products.stream().filter(product -> !product.shape().isMemoryBound()).toList();
    List<Product> memoryBound = products.stream().filter(product -> product.shape().isMemoryBound()).toList();
    out.line(title);
    out.line("");
    table(inCache);
    means(inCache);
    if (!memoryBound.isEmpty()) {
      out.line("Of these, memory decides (more than 1 MiB of operands and result, less than 16 FLOP for each byte): "
          + "they are in no mean.");
      out.line("");
      table(memoryBound);
    }
  }

  private void table(List<Product> products) {
    if (products.isEmpty()) {
      return;
    }
    out.head("product", "batch×in×out", "m×n×k", "ours", "% of peak", "OpenBLAS", "BLIS", "ours / better", "VectorBLAS",
        "EJML");
    for (Product product : products) {
      Shape shape = product.shape();
      out.cells(
          product.form(), product.layer().toString().replace('x', '×'),
          shape.m() + "×" + shape.n() + "×" + shape.k(), fixed(product.ours(), 1),
          Markdown.share(product.ours().orElseThrow(), peak), fixed(product.openBlas(), 1), fixed(product.blis(), 1),
          fixed(product.ratio(), 2), fixed(product.vectorBlas(), 1), fixed(product.ejml(), 1));
    }
    out.line("");
  }

  private void means(List<Product> products) {
    List<Product> compared = products.stream().filter(product -> product.ratio().isPresent()).toList();
    if (compared.isEmpty()) {
      return;
    }
    Product least = compared.getFirst();
    for (Product product : compared) {
      least = product.ratio().orElseThrow() < least.ratio().orElseThrow() ? product : least;
    }
    out.line("Ours over the better of OpenBLAS and BLIS: geometric mean " + mean(compared, product -> true)
        + ", of batches of " + LARGE_BATCH + " and more "
        + mean(compared, product -> product.layer().batch() >= LARGE_BATCH)
        + "; the least is " + fixed(least.ratio(), 2) + " (" + least.form() + " of "
        + least.layer().toString().replace('x', '×') + ").");
    out.line("");
  }

  /** The geometric mean of the ratios, and of how many. */
  private static String mean(List<Product> products, Predicate<Product> test) {
    double[] logs =
        products.stream().filter(test).mapToDouble(product -> Math.log(product.ratio().orElseThrow())).toArray();
    return logs.length == 0
        ? ABSENT
        : fixed(Math.exp(DoubleStream.of(logs).average().orElseThrow()), 3) + " over " + logs.length + " products";
  }
}
