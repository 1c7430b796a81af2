package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Hotspot;
import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one species of all kernels and what the machine's vector unit is like. With tiles of a second one in the same JVM C2 made objects of
 * what others store, most likely since HotSpot remembers for all callers together which species a method has met.
 */
final class Simd {

  private static final boolean ARM64 = System.getProperty("os.arch", "").equals("aarch64");

  /**
   * The widest species that the machine has, at most 512 bits: sums along a row have sixteen partial sums. And two vectors are no longer
   * than a panel. On arm64 at most 256: C2 of JDK 25 has no instruction there that takes any of 16 lanes of two vectors, by which those of
   * 512 bits are transposed, and calls objects instead. {@code -Dlanewise.bits=512}, with {@code -Dlanewise.registers=32}, shows on any
   * machine what AVX-512 does, as Java without instructions of its own, which is right and slow.
   */
  static final VectorSpecies<Float> SPECIES = species();

  /** As many ints. */
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());

  /** Floats in a vector: 4, 8 or 16. */
  static final int LANES = SPECIES.length();

  /** Whether they are of 512 bits: one vector is a narrow panel then. */
  static final boolean BITS_512 = LANES == Panels.NARROW;

  /** Whether the register file has 32 vectors rather than 16. */
  static final boolean MANY_REGISTERS = LANES == 16 || Hotspot.vectorRegisters() == 32;

  /**
   * Whether loads and stores under a mask are instructions. x64 has them from AVX on; NEON has none, and there a masked
   * access would run as boxed Java. {@code -Dlanewise.masks=false} shows what arm64 does on any machine.
   */
  static final boolean MASKS =
      Boolean.parseBoolean(
          System.getProperty(
              "lanewise.masks", Boolean.toString(!ARM64)));

  private Simd() {}

  private static VectorSpecies<Float> species() {
    int most = Panels.WIDE == Panels.NARROW ? 256 : 512;
    int said = Integer.getInteger("lanewise.bits", 0);
    int preferred = Math.min(FloatVector.SPECIES_PREFERRED.vectorBitSize(), ARM64 ? 256 : most);
    int bits = said == 128 || said == 256 || said == 512 ? said : preferred;
    return VectorSpecies.of(float.class, VectorShape.forBitSize(Math.min(bits, most)));
  }
}
