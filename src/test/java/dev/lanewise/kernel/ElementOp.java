package dev.lanewise.kernel;

/** Arithmetic, the activations that nearly every network has, and exp. */
enum ElementOp implements ElementCall {
  HADAMARD(Reads.X_AND_Y) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.hadamard(n, x, xAt, y, yAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return x * y;
    }
  },
  SCALED_DIFFERENCE(Reads.X_AND_Y) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.scaledDifference(n, scale, x, xAt, y, yAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return (double) (float) (x - y) * scale;
    }
  },
  SCALED_UPDATE(Reads.X_AND_OUT) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.scaledUpdate(n, scale, x, xAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return out - scale * x;
    }

    // The formula itself rounds its sum to double.
    @Override
    public double tolerance(double x, double out, double wanted) {
      return Math.ulp((float) wanted);
    }
  },
  RELU(Reads.X) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.relu(n, x, xAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return Math.max(x, 0);
    }
  },
  RELU_PRIME(Reads.X) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.reluPrime(n, x, xAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return x > 0 ? 1 : 0;
    }
  },
  RELU_BACKWARD(Reads.X_AND_OUT) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.reluBackward(n, x, xAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return x > 0 ? out : 0;
    }
  },
  SIGMOID(Reads.X) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.sigmoid(n, x, xAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return Formulas.logistic(x);
    }

    @Override
    public double tolerance(double x, double out, double wanted) {
      return 1.48 * Math.ulp((float) wanted);
    }
  },
  SIGMOID_PRIME(Reads.X) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.sigmoidPrime(n, x, xAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return Formulas.logistic(x) * Formulas.logistic(-x);
    }

    // For positive x, what is left of 1 − σ is no more precise than σ.
    @Override
    public double tolerance(double x, double out, double wanted) {
      return 4 * Math.ulp((float) wanted) + (x > 0 ? 0x1p-23 : 0);
    }
  },
  SIGMOID_BACKWARD(Reads.X_AND_OUT) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.sigmoidBackward(n, x, xAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return out * (float) (x * (float) (1 - x));
    }
  },
  TANH(Reads.X) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.tanh(n, x, xAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return StrictMath.tanh(x);
    }

    @Override
    public double tolerance(double x, double out, double wanted) {
      return 1.08 * Math.ulp((float) wanted);
    }
  },
  TANH_PRIME(Reads.X) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.tanhPrime(n, x, xAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return 1 / (StrictMath.cosh(x) * StrictMath.cosh(x));
    }

    // Twice what tanh, at most 1, is wrong by, and the rounding of the result.
    @Override
    public double tolerance(double x, double out, double wanted) {
      return 1.08 * 0x1p-23 + Math.ulp((float) wanted) / 2;
    }
  },
  TANH_BACKWARD(Reads.X_AND_OUT) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.tanhBackward(n, x, xAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return out * (float) (1 - x * x);
    }
  },
  EXP(Reads.X) {
    @Override
    public void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
      kernels.exp(n, x, xAt, out, outAt);
    }

    @Override
    public double formula(float scale, double x, double y, double out) {
      return StrictMath.exp(x);
    }

    @Override
    public double tolerance(double x, double out, double wanted) {
      return 1.01 * Math.ulp((float) wanted);
    }
  };

  private enum Reads {
    X,
    X_AND_Y,
    X_AND_OUT
  }

  private final Reads reads;

  ElementOp(Reads reads) {
    this.reads = reads;
  }

  @Override
  public boolean readsY() {
    return reads == Reads.X_AND_Y;
  }

  @Override
  public boolean readsOut() {
    return reads == Reads.X_AND_OUT;
  }
}
