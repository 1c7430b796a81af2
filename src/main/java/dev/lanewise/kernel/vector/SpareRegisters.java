package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Panels;

/**
 * Zeros that hold the vector registers which a tile's loop would leave free: loaded before it and subtracted from sums behind it. That
 * changes no bit of any sum, −0 and NaN among them, and C2 does not know that they are zeros.
 *
 * <p>A tile has more indices of rows than there are general registers. On Intel's processors HotSpot keeps the others in vector registers
 * as long as any is free ({@code UseFPUForSpilling}), and from there a {@code vmovq} brings each back in every turn, on one of the two
 * units that multiply and add. On the stack they cost nothing: loads have units of their own. A single {@code vmovq} in a turn
 * of 24 multiply-adds took 15 % of the speed, five in a turn of 32 took 21 %.
 *
 * <p>How many a tile needs was found by its code: one for each register that would be free otherwise. With more than that C2 keeps sums
 * on the stack in tiles that have hardly any free. Other processors' loops need none; {@link RowTile8x1} and
 * {@link RowTile8x2} leave them out there.
 */
final class SpareRegisters {

  /** For as many vectors as any tile has. */
  static final float[] ZEROS = new float[20 * Panels.NARROW];

  private SpareRegisters() {}
}
