package dev.lanewise.nn;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import java.util.Arrays;

/** Activations that are z times a gate. They fall before they rise, so that a does not tell what z was. */
final class Gates {

  private Gates() {}

  static Activation silu() {
    return new Silu();
  }

  static Activation gelu() {
    return new Gelu();
  }

  static Activation geluTanh() {
    return new GeluTanh();
  }

  /** One whose prime is what it makes of an error of 1. */
  private abstract static class Gate extends Activation {
    Gate(String name) {
      super(name);
    }

    @Override
    public final void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      Arrays.fill(out, at, at + rows * ld, 1f);
      backward(rows, cols, ld, z, null, out, at);
    }
  }

  /** z σ(z). */
  private static final class Silu extends Gate {
    Silu() {
      super("silu");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels(Extra.SILU).silu(rows * ld, z, at, a, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels(Extra.SILU).siluBackward(rows * ld, z, at, delta, at);
    }
  }

  /** z Φ(z). */
  private static final class Gelu extends Gate {
    Gelu() {
      super("gelu");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels(Extra.GELU).gelu(rows * ld, z, at, a, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels(Extra.GELU).geluBackward(rows * ld, z, at, delta, at);
    }
  }

  /** z · ½ (1 + tanh(√(2/π) (z + 0.044715 z³))). */
  private static final class GeluTanh extends Gate {
    GeluTanh() {
      super("gelu_tanh");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      kernels(Extra.GELU_TANH).geluTanh(rows * ld, z, at, a, at);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      kernels(Extra.GELU_TANH).geluTanhBackward(rows * ld, z, at, delta, at);
    }
  }
}
