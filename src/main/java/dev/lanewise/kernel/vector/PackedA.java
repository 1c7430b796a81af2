package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.ROWS;
import static dev.lanewise.kernel.vector.Simd.BITS_512;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * An A that is given as k × m, as a gradient's is, copied before its products where it would be slower in place: to panels as high as a
 * tile, or to blocks for {@link BlockGradientTile6x4}. {@link GradientBlocking} says where, and why.
 */
final class PackedA extends NotInlined {

  private PackedA() {}

  /**
   * m columns of A, as many to a panel as a tile has rows, k after k. Eight k at a time, so that their lines of A stay in L1 from one panel
   * to the next even when they fall into one set of it.
   *
   * <p>Whole vectors are copied: what one writes too much, the next of its panel writes again, but for the last k.
   */
  static void panels(int m, int k, float[] a, int aAt, int lda, float[] packed, int at) {
    int byVectors = LANES >= ROWS && lda >= LANES ? Math.max(0, k - Math.max(1, (LANES - 1) / ROWS)) : 0;
    for (int p = 0; p < byVectors; p += 8) {
      int depth = Math.min(8, byVectors - p);
      for (int i = 0; i < m; i += ROWS) {
        toPanel(depth, a, aAt + p * lda + i, lda, packed, at + i * k + p * ROWS);
      }
    }
    for (int p = byVectors; p < k; p++) {
      for (int i = 0; i < m; i++) {
        packed[at + i / ROWS * ROWS * k + p * ROWS + i % ROWS] = a[aAt + p * lda + i];
      }
    }
  }

  /** Vectors of so many k, to one panel. */
  static void toPanel(int depth, float[] a, int aAt, int lda, float[] packed, int at) {
    for (int p = 0; p < depth; p++) {
      FloatVector.fromArray(SPECIES, a, aAt + p * lda).intoArray(packed, at + p * ROWS);
    }
  }

  /**
   * m columns of A, a multiple of a {@link BlockGradientTile6x4#BLOCK}: block after block, in each k after k. Eight k at a time, so that
   * their pages are still known when the next block is copied.
   */
  static void blocks(int m, int k, float[] a, int aAt, int lda, float[] out, int at) {
    for (int p = 0; p < k; p += 8) {
      int depth = Math.min(8, k - p);
      for (int i = 0; i < m; i += BlockGradientTile6x4.BLOCK) {
        toBlock(depth, a, aAt + p * lda + i, lda, out, at + i * k + p * BlockGradientTile6x4.BLOCK);
      }
    }
  }

  /** So many k, to one block. */
  static void toBlock(int depth, float[] a, int aAt, int lda, float[] out, int at) {
    for (int p = 0; p < depth; p++) {
      int from = aAt + p * lda;
      int to = at + p * BlockGradientTile6x4.BLOCK;
      for (int j = 0; j < BlockGradientTile6x4.BLOCK; j += LANES) {
        FloatVector.fromArray(SPECIES, a, from + j).intoArray(out, to + j);
      }
    }
  }

  /**
   * Rows of C from the panels of {@link #panels} and one wide panel of B; the rest as {@link Tiles#panel} says, but what is read ahead are
   * the next rows of C.
   */
  static void multiply(
      int m, int k,
      float[] a, int aAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down, boolean ahead,
      float[] panel, int panelAt) {
    // Tiles of fewer rows begin elsewhere than in a panel of A, so that all are as high as a panel but the last.
    int done = 0;
    if (Blocking.PAIRS) {
      done = PairTiles.packed(m, k, a, aAt, start, startAt, ldStart, c, cAt, ldc, down, panel, panelAt);
    } else if (GradientBlocking.hasTileOfPackedA() && start == null && ldc == Panels.WIDE) {
      done = Tiles.packedGradient(m, k, a, aAt, panel, panelAt, c, cAt, down);
    } else if (BITS_512 && !Blocking.INTEL && (!Blocking.ZEN || TilingInUse.isAll())) { // one tile for all layouts: none to choose
      float[] from = start == null ? Tiles.ZEROS : start;
      int fromAt = start == null ? 0 : startAt;
      int ldFrom = start == null ? 0 : ldStart;
      for (; done + ROWS <= m; done += ROWS) {
        Tiles.general(
            m, done, k, a, aAt + done * k, 1, ROWS, panel, panelAt, Panels.WIDE, from, fromAt + done * ldFrom, ldFrom,
            c, cAt + done * ldc, ldc, down, ahead ? c : null, cAt + ROWS * ldc, ROWS * ldc, ROWS * ldc);
      }
    }
    for (int i = done; i < m; i += ROWS) {
      Tiles.panel(
          Panels.WIDE, Math.min(ROWS, m - i), k, a, aAt + i * k, 1, ROWS, panel, panelAt, Panels.WIDE,
          start, startAt + i * ldStart, ldStart, c, cAt + i * ldc, ldc, down,
          ahead ? c : null, cAt + (i + ROWS) * ldc, 0, ROWS * ldc);
    }
  }
}
