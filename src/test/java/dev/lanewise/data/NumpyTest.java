package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy itself reads what is written here; {@code python3} has to have it. */
@Tag("full")
class NumpyTest {

  private static final Matrix X = Matrix.of(2, 3, 1, -2.5f, Float.NaN, 0x1p-140f, Float.MAX_VALUE, -0f);
  private static final int[] Y = {3, 0, Integer.MIN_VALUE};

  /** Shows the type, the shape and the bits of an array. */
  private static final String SHOW = """
      import sys, numpy as np
      def show(a): print(a.dtype, a.shape, a.view('i4').ravel().tolist())
      """;

  private static final String X_SHOWN =
      "float32 (2, 3) [1065353216, -1071644672, 2143289344, 512, 2139095039, -2147483648]";
  private static final String Y_SHOWN = "int32 (3,) [3, 0, -2147483648]";

  @TempDir
  private Path folder;

  @Test
  void readsNpy() throws Exception {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, X);
    Npy.write(y, Y);
    assertEquals(List.of(X_SHOWN, Y_SHOWN), python(SHOW + "for f in sys.argv[1:]: show(np.load(f))", x, y));
  }

  @Test
  void readsNpz() throws Exception {
    Path file = folder.resolve("z.npz");
    new Npz.Writer().add("x", X).add("y", Y).add("a/b é", Matrix.zeros(0, 4)).write(file);
    assertEquals(
        List.of("x", X_SHOWN, "y", Y_SHOWN, "a/b \\xe9", "float32 (0, 4) []"),
        python(SHOW + "for k, v in np.load(sys.argv[1]).items(): print(ascii(k)[1:-1]); show(v)", file));
  }

  /** The lines that a program prints. */
  private static List<String> python(String program, Path... files) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-c", program));
    for (Path file : files) {
      command.add(file.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), printed);
    assertEquals(0, process.exitValue(), printed);
    return printed.lines().toList();
  }
}
