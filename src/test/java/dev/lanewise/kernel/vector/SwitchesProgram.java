package dev.lanewise.kernel.vector;

/** Prints what the vector kernels are made for. */
public final class SwitchesProgram {

  private SwitchesProgram() {}

  /** Prints. */
  public static void main(String[] args) {
    System.out.println(
        Simd.LANES * Float.SIZE + " bits, " + (Simd.MANY_REGISTERS ? 32 : 16) + " registers, " + (Simd.MASKS ? "masks" : "no masks") + ", "
            + Processor.kind());
  }
}
