package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A packed B is one array, however its rows got there, all at once or in pieces. Its padding is never written.
 */
class PackingTest {

  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 80, 128, 130};

  private Random random;

  static Iterable<Kernels> kernelSets() {
    return KernelSets.present();
  }

  /** The same numbers for every set. */
  @BeforeEach
  void seed() {
    random = new Random(4);
  }

  @ParameterizedTest
  @MethodSource("kernelSets")
  void piecesMakeTheSameAsOneGo(Kernels kernels) {
    for (int k : SIZES) {
      for (int n : SIZES) {
        Block b = Block.of(random, k, n);
        float[] whole = pack(kernels, b);

        float[] pieces = new float[whole.length];
        for (int from = 0, to; from < k; from = to) {
          to = Math.min(k, from + random.nextInt(40));
          kernels.pack(k, n, from, to, b.data, b.at, b.ld, pieces);
        }
        assertArrayEquals(whole, pieces, () -> "pack in pieces of " + k + " × " + n);

        float[] unpacked = new float[k * n];
        for (int from = 0, to; from < k; from = to) {
          to = Math.min(k, from + random.nextInt(40));
          kernels.unpack(k, n, from, to, whole, unpacked, 0, n);
        }
        assertArrayEquals(b.values(), unpacked, () -> "unpack in pieces of " + k + " × " + n);
      }
    }
  }

  @Test
  void aPanelOfMediumWidthIsKnownBeforeThePanelsAre() {
    for (int n = 1; n < 3 * Panels.WIDE; n++) {
      boolean medium = false;
      for (int j = 0, width; j < n; j += width) {
        width = Panels.width(n - j);
        medium |= width == Panels.MEDIUM;
      }
      assertEquals(medium, Panels.hasMedium(n), n + " columns");
    }
  }

  @Test
  void columnsInWidePanelsAreKnownBeforeThePanelsAre() {
    for (int n = 0; n < 300; n++) {
      int inWide = 0;
      for (int j = 0; j < n && Panels.width(n - j) == Panels.WIDE; j += Panels.WIDE) {
        inWide = Math.min(n, j + Panels.WIDE);
      }
      assertEquals(inWide, Panels.inWide(n), n + " columns");
    }
  }

  /** The scalar kernels start a run that the vector kernels go on with, so both have to read the same layout. */
  @Test
  void bothSetsPackAlike() {
    Kernels vector = KernelSets.vector();
    for (int k : new int[] {1, 5, 16}) {
      for (int n : SIZES) {
        Block b = Block.of(random, k, n);
        assertArrayEquals(pack(KernelSets.SCALAR, b), pack(vector, b), () -> "packed " + k + " × " + n);
      }
    }
  }

  /** A piece writes its own elements, so that threads can pack beside each other. */
  @ParameterizedTest
  @MethodSource("kernelSets")
  void piecesDoNotTouchEachOther(Kernels kernels) {
    for (int n : SIZES) {
      int k = 40;
      Block b = Block.of(random, k, n).poison();
      float[] packed = new float[kernels.packedLength(k, n)];
      kernels.pack(k, n, 7, 30, b.data, b.at, b.ld, packed);
      assertEquals(23 * n, countNaN(packed), () -> "pack rows 7..30 of " + k + " × " + n);
    }
  }

  @ParameterizedTest
  @MethodSource("kernelSets")
  void paddingStaysZero(Kernels kernels) {
    for (int k : SIZES) {
      for (int n : SIZES) {
        assertPadding(k, n, pack(kernels, Block.of(random, k, n).poison()));
      }
    }
  }

  private static void assertPadding(int k, int n, float[] packed) {
    int zeros = 0;
    for (float x : packed) {
      zeros += x == 0 ? 1 : 0;
    }
    assertEquals(k * n, countNaN(packed), () -> "elements of " + k + " × " + n);
    assertEquals(packed.length - k * n, zeros, () -> "padding of " + k + " × " + n);
  }

  private static int countNaN(float[] values) {
    int count = 0;
    for (float x : values) {
      count += Float.isNaN(x) ? 1 : 0;
    }
    return count;
  }

  private static float[] pack(Kernels kernels, Block b) {
    float[] packed = new float[kernels.packedLength(b.rows, b.cols)];
    kernels.pack(b.rows, b.cols, 0, b.rows, b.data, b.at, b.ld, packed);
    return packed;
  }
}
