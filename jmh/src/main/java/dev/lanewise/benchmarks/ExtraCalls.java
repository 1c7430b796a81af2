package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.FreshJvm.COLUMNS;
import static dev.lanewise.benchmarks.FreshJvm.LD;
import static dev.lanewise.benchmarks.FreshJvm.LENGTH;
import static dev.lanewise.benchmarks.FreshJvm.ROWS;

import dev.lanewise.benchmarks.FreshJvm.Call;
import dev.lanewise.kernel.Kernels;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Calls of the kernels that few networks need: of rarer activations and losses, of optimizers, normalisation and dropout.
 *
 * <p>An error that a kernel multiplies in place is all zeros, and steps are so short that no number grows beyond usual ones, however often
 * a kernel is called.
 */
final class ExtraCalls {

  private static final float STEP = 1e-9f;

  private final Kernels kernels;
  private final int length;
  private final float[] x;
  private final float[] y;
  private final float[] delta;
  private final float[] out;
  private final float[] more;

  /** On arrays of so many floats, {@link FreshJvm#LENGTH} and {@link FreshJvm#OFFSETS} or more. */
  ExtraCalls(Kernels kernels, int length) {
    this.kernels = kernels;
    this.length = length;
    x = Floats.random(1, length, 1);
    y = Floats.random(2, length, 1);
    delta = new float[length];
    out = new float[length];
    more = new float[length];
  }

  /** All of them. */
  List<Supplier<Call>> all() {
    return Stream.of(activations(), losses(), updates(), rows()).flatMap(List::stream).toList();
  }

  private static Supplier<Call> elements(String name, IntConsumer kernel) {
    return () -> FreshJvm.atEachOffset(name, kernel);
  }

  private List<Supplier<Call>> activations() {
    return List.of(
        elements("leaky relu", at -> kernels.leakyRelu(LENGTH, 0.1f, x, at, out, at)),
        elements("leaky relu backward", at -> kernels.leakyReluBackward(LENGTH, 0.1f, x, at, delta, at)),
        elements("elu", at -> kernels.elu(LENGTH, 1f, x, at, out, at)),
        elements("elu′", at -> kernels.eluPrime(LENGTH, 1f, x, at, out, at)),
        elements("elu backward", at -> kernels.eluBackward(LENGTH, 1f, x, at, delta, at)),
        elements("softplus", at -> kernels.softplus(LENGTH, x, at, out, at)),
        elements("softplus backward", at -> kernels.softplusBackward(LENGTH, x, at, delta, at)),
        elements("silu", at -> kernels.silu(LENGTH, x, at, out, at)),
        elements("silu backward", at -> kernels.siluBackward(LENGTH, x, at, delta, at)),
        elements("gelu", at -> kernels.gelu(LENGTH, x, at, out, at)),
        elements("gelu backward", at -> kernels.geluBackward(LENGTH, x, at, delta, at)),
        elements("gelu by tanh", at -> kernels.geluTanh(LENGTH, x, at, out, at)),
        elements("gelu by tanh backward", at -> kernels.geluTanhBackward(LENGTH, x, at, delta, at)),
        elements("tanh′", at -> kernels.tanhPrime(LENGTH, x, at, out, at)));
  }

  private List<Supplier<Call>> losses() {
    return List.of(
        elements("absolute error", at -> kernels.absoluteError(LENGTH, x, at, y, at, out, at)),
        elements("absolute error gradient", at -> kernels.absoluteErrorGradient(LENGTH, 0.5f, x, at, y, at, out, at)),
        elements("huber", at -> kernels.huber(LENGTH, 0.5f, x, at, y, at, out, at)),
        elements("huber gradient", at -> kernels.huberGradient(LENGTH, 0.5f, 0.5f, x, at, y, at, out, at)),
        elements("hinge", at -> kernels.hinge(LENGTH, x, at, y, at, out, at)),
        elements("hinge gradient", at -> kernels.hingeGradient(LENGTH, 0.5f, x, at, y, at, out, at)),
        elements("squared hinge gradient", at -> kernels.squaredHingeGradient(LENGTH, 0.5f, x, at, y, at, out, at)),
        elements("binary cross-entropy", at -> kernels.binaryCrossEntropy(LENGTH, x, at, y, at, out, at)),
        () -> new Call("row totals", () -> kernels.rowTotals(ROWS, COLUMNS, LD, x, 0, out, 0)),
        () -> new Call(
            "wide softmax and cross-entropy",
            () -> kernels.softmaxCrossEntropy(LENGTH / 256, 256, 256, 0.5f, x, 0, y, 0, more, 0, out, 0)));
  }

  private List<Supplier<Call>> updates() {
    float[] w = x.clone();
    float[] gradient = y.clone();
    float[] v = new float[length];
    float[] s = new float[length];
    return List.of(
        elements("descend", at -> kernels.descend(LENGTH, STEP, 1f, 1f, gradient, w, at)),
        elements("momentum", at -> kernels.momentum(LENGTH, STEP, 1f, 1f, 0.9f, false, gradient, w, v, at)),
        elements("nesterov", at -> kernels.momentum(LENGTH, STEP, 1f, 1f, 0.9f, true, gradient, w, v, at)),
        elements("rmsprop", at -> kernels.rmsProp(LENGTH, STEP, 1f, 1f, 0.9f, 1e-7f, gradient, w, s, at)),
        elements("adagrad", at -> kernels.adagrad(LENGTH, STEP, STEP, 1f, 1e-7f, gradient, w, s, at)),
        elements("adam", at -> kernels.adam(LENGTH, STEP, 1f, 1f, 0.9f, 0.999f, 1f, 1e-7f, gradient, w, v, s, at)),
        elements("penalties", at -> kernels.penalize(LENGTH, STEP, STEP, w, gradient, at)),
        elements("clipping", at -> kernels.clip(LENGTH, 0.9f, gradient, at)),
        elements("sum of squares", at -> {
          if (!(kernels.sumOfSquares(LENGTH, x, at) > 0)) {
            throw new IllegalStateException("squares of numbers have no sum");
          }
        }));
  }

  private List<Supplier<Call>> rows() {
    int ld = 256;
    int count = LENGTH / ld;
    float[] scale = Floats.random(3, ld, 1);
    float[] shift = Floats.random(4, ld, 1);
    float[] mean = new float[ld];
    float[] spread = Floats.random(5, ld, 1);
    float[] inverse = new float[ROWS];
    return List.of(
        () -> new Call("column moments", () -> kernels.columnMoments(count, ld, 0, ld, x, 0, mean, out)),
        () -> new Call("column dots", () -> kernels.columnDots(count, ld, 0, ld, x, y, 0, out)),
        () -> new Call("columns normalized", () -> kernels.normalizeColumns(count, ld, mean, spread, scale, shift, x, more, out, 0)),
        () -> new Call(
            "columns normalized backward",
            () -> kernels.normalizeColumnsBackward(count, ld, mean, shift, scale, x, y, out, 0)),
        () -> new Call(
            "rows normalized",
            () -> kernels.normalizeRows(count, ld, ld, 1e-5f, scale, shift, x, more, out, 0, inverse, 0)),
        () -> new Call(
            "rows of ten normalized",
            () -> kernels.normalizeRows(ROWS, COLUMNS, LD, 1e-5f, scale, shift, x, more, out, 0, inverse, 0)),
        () -> new Call(
            "rows normalized backward", () -> kernels.normalizeRowsBackward(count, ld, ld, scale, x, y, out, 0, spread, 0)),
        () -> new Call(
            "rows of ten normalized backward",
            () -> kernels.normalizeRowsBackward(ROWS, COLUMNS, LD, scale, x, y, out, 0, spread, 0)),
        elements("dropout", at -> kernels.dropout(LENGTH, 7, 0, 1 << 29, 1.25f, x, out, at)),
        () -> new Call("rows scaled", () -> kernels.scaleRows(ROWS, LD, scale, 0, delta, 0)));
  }
}
