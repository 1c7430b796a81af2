package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What holds of a call of any kernel: both sets write the same bits, nothing outside the output and nothing into the
 * inputs. NaN is NaN, whatever its payload: the order of the operands of an instruction decides that.
 */
final class Contract {

  private Contract() {}

  /**
   * Runs the call on both sets and compares.
   *
   * @param out the output as it is before the call; it is copied for each set
   * @param inputs the arrays that the call reads and may not write
   * @return the output of the scalar kernels
   */
  static Block check(Supplier<String> what, Block out, List<float[]> inputs, BiConsumer<Kernels, Block> call) {
    List<float[]> saved = inputs.stream().map(float[]::clone).toList();
    Block scalar = out.copy();
    Block vector = out.copy();
    call.accept(KernelSets.SCALAR, scalar);
    call.accept(KernelSets.vector(), vector);
    int at = Arrays.mismatch(scalar.data, vector.data);
    if (at >= 0) {
      fail("%s: float %d of %d (the output begins at %d) is %s in scalar, %s in vector".formatted(
          what.get(), at, scalar.data.length, out.at, describe(scalar.data[at]), describe(vector.data[at])));
    }
    at = scalar.strayWrite(out);
    if (at >= 0) {
      fail("%s: float %d is outside the output and was written".formatted(what.get(), at));
    }
    for (int i = 0; i < saved.size(); i++) {
      if (!Arrays.equals(saved.get(i), inputs.get(i))) {
        fail("%s: input %d was written".formatted(what.get(), i));
      }
    }
    return scalar;
  }

  private static String describe(float x) {
    return x + " (" + Float.toHexString(x) + ")";
  }
}
