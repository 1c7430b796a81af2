package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.Team;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;

/**
 * The second half of a step: the gradients of all parameters and the optimizer's step along them. Each thread has rows of each
 * layer's weights, or columns of those that {@link Share#isByColumns} divides so, and columns of its bias for itself.
 *
 * <p>Plain descent never stores the gradient of the weights: tiles of the product end in the step. Everything else stores it,
 * in the order of the weights, and the threads meet between gradient and step only where a norm is clipped.
 */
final class Update {

  private final Workspace work;
  private final Batches batches;
  private final Step step;
  private final Fit fit;
  private final Rule rule;
  private final OptimizerState state;
  private final boolean fused;

  /** Null where the norm does not matter. */
  private final GradientNorm norm;

  /** Of each layer, what each thread has of its weights. */
  private final Share.Weights[][] shares;

  /** Gradients and step in one; null where the threads have to meet between them. */
  private final Team.Task both;

  /** The two of them; null where they are one. */
  private final Team.Task gradients;
  private final Team.Task steps;

  private double rate;
  private float scale = 1f;

  Update(Workspace work, Batches batches, Step step, Fit fit, OptimizerState state) {
    this.work = work;
    this.batches = batches;
    this.step = step;
    this.fit = fit;
    this.rule = Rule.of(fit);
    this.state = state;
    this.fused = isFused(fit);
    boolean clipsNorm = fit.clipNorm() < Double.POSITIVE_INFINITY;
    norm = clipsNorm ? new GradientNorm(work) : null;
    int threads = work.threads();
    shares = new Share.Weights[work.layers.length][threads];
    for (int l = 0; l < shares.length; l++) {
      for (int t = 0; t < threads; t++) {
        shares[l][t] = Share.Weights.of(work.layers[l].layer, batches.capacity(), t, threads);
      }
    }
    both = clipsNorm ? null : fused ? this::fusedPart : this::storedPart;
    gradients = clipsNorm ? this::gradientsPart : null;
    steps = clipsNorm ? this::stepsPart : null;
  }

  /** Whether gradients need not be stored. */
  static boolean isFused(Fit fit) {
    return fit.optimizer().isPlainDescent() && fit.l1() == 0 && fit.l2() == 0
        && fit.clipValue() == Double.POSITIVE_INFINITY && fit.clipNorm() == Double.POSITIVE_INFINITY;
  }

  /** Takes a step at a learning rate. */
  void run(Team team, double learningRate) {
    rate = learningRate;
    state.steps++;
    if (both != null) {
      team.run(both);
      return;
    }
    team.run(gradients);
    double length = norm.get(fit.clipNorm());
    scale = length > fit.clipNorm() ? (float) (fit.clipNorm() / length) : 1f;
    team.run(steps);
  }

  private void storedPart(int index, int parts) {
    gradientsPart(index, parts);
    stepsPart(index, parts);
  }

  // ------------------------------------------------------------------------------------------------------ plain descent

  private void fusedPart(int index, int parts) {
    float biasRate = rule.biasStep(rate, batches.rows());
    for (int l = 0; l < work.layers.length; l++) {
      LayerWork w = work.layers[l];
      LayerParameters p = work.parameters[l];
      Share.Weights share = shares[l][index];
      if (!share.isEmpty()) {
        Backward.descend(
            w, share, (float) rate, batches.rows(), step.input(l, index), step.inputAt(l), step.inputStride(l), p.packed,
            work.scratch[index]);
      }
      int fromColumn = Share.bound(p.bias.length, index, parts);
      int columns = Share.bound(p.bias.length, index + 1, parts) - fromColumn;
      if (columns > 0) {
        vectorGradients(w, fromColumn, fromColumn + columns);
        kernels().scaledUpdate(columns, biasRate, w.biasGradient, fromColumn, p.bias, fromColumn);
        if (p.scale != null) {
          kernels().scaledUpdate(columns, biasRate, w.scaleGradient, fromColumn, p.scale, fromColumn);
        }
      }
    }
  }

  /** Of bias and scale; batch normalisation has computed them on its way back. */
  private void vectorGradients(LayerWork w, int from, int to) {
    if (w.meanDelta != null) {
      return;
    }
    if (w.layer.isNormalized()) {
      Normalize.gradients(w, batches.rows(), from, to);
    } else {
      Backward.biasGradient(w, from, to, batches.rows());
    }
  }

  // --------------------------------------------------------------------------------------------------- stored gradients

  private void gradientsPart(int index, int parts) {
    for (int l = 0; l < work.layers.length; l++) {
      LayerWork w = work.layers[l];
      if (!shares[l][index].isEmpty()) {
        weightGradient(l, index);
      }
      int fromColumn = Share.bound(w.biasGradient.length, index, parts);
      int toColumn = Share.bound(w.biasGradient.length, index + 1, parts);
      if (fromColumn < toColumn) {
        vectorGradients(w, fromColumn, toColumn);
        clip(toColumn - fromColumn, w.biasGradient, fromColumn);
        if (w.scaleGradient != null) {
          clip(toColumn - fromColumn, w.scaleGradient, fromColumn);
        }
      }
    }
  }

  private void weightGradient(int l, int thread) {
    Share.Weights share = shares[l][thread];
    float[] scratch = work.scratch[thread];
    LayerWork w = work.layers[l];
    float[] gradient = w.weightGradient;
    int k = w.layer.inputs();
    int from = share.fromRow();
    int to = share.toRow();
    Backward.weightGradient(w, share, batches.rows(), step.input(l, thread), step.inputAt(l), step.inputStride(l), scratch);
    for (int j = share.fromColumn(), width; j < share.toColumn(); j += width) {
      width = Panels.width(share.toColumn() - j);
      int at = Panels.at(k, j) + from * width;
      int n = (to - from) * width;
      if (fit.l1() > 0 || fit.l2() > 0) {
        kernels(Extra.PENALTIES).penalize(n, (float) fit.l1(), (float) fit.l2(), work.parameters[l].packed, gradient, at);
      }
      clip(n, gradient, at);
    }
    if (norm != null) {
      norm.square(l, share, scratch);
    }
  }

  private void clip(int n, float[] gradient, int at) {
    if (fit.clipValue() < Double.POSITIVE_INFINITY) {
      kernels(Extra.CLIPPING).clip(n, (float) fit.clipValue(), gradient, at);
    }
  }

  private void stepsPart(int index, int parts) {
    Optimizer optimizer = fit.optimizer();
    for (int l = 0; l < work.layers.length; l++) {
      LayerWork w = work.layers[l];
      LayerParameters p = work.parameters[l];
      OptimizerState.Memory memory = state.layers[l];
      int k = w.layer.inputs();
      Share.Weights share = shares[l][index];
      int shareRows = share.toRow() - share.fromRow();
      for (int j = share.fromColumn(), width; shareRows > 0 && j < share.toColumn(); j += width) {
        width = Panels.width(share.toColumn() - j);
        optimizer.apply(
            rate, scale, state.steps, true, shareRows * width, w.weightGradient, p.packed, memory.weight,
            Panels.at(k, j) + share.fromRow() * width);
      }
      int at = Share.bound(p.bias.length, index, parts);
      int columns = Share.bound(p.bias.length, index + 1, parts) - at;
      if (columns > 0) {
        optimizer.apply(rate, scale, state.steps, false, columns, w.biasGradient, p.bias, memory.bias, at);
        if (p.scale != null) {
          optimizer.apply(rate, scale, state.steps, false, columns, w.scaleGradient, p.scale, memory.scale, at);
        }
      }
    }
  }
}
