package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.nn.Matrix;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named matrices in and out, and files that Python's safetensors made ({@code make.py} beside them). */
class TensorsTest {

  @TempDir
  private Path directory;

  private static Path resource(String name) throws Exception {
    return Path.of(TensorsTest.class.getResource("/safetensors/" + name).toURI());
  }

  @Test
  void matricesComeBack() {
    Map<String, Matrix> matrices = new LinkedHashMap<>();
    matrices.put("z", Matrix.of(2, 3, 1, Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 6));
    matrices.put("größe ☃", Matrix.of(1, 1, 0.1f));
    matrices.put("", Matrix.zeros(0, 4));
    Path file = directory.resolve("a.safetensors");
    Tensors.save(file, matrices);
    Map<String, Matrix> back = Tensors.load(file);
    assertEquals(matrices, back);
    assertEquals(List.copyOf(matrices.keySet()), List.copyOf(back.keySet()), "in the same order");
    assertEquals(matrices, Tensors.load(file, file.toFile().length()));
    assertThrows(ModelFileException.class, () -> Tensors.load(file, file.toFile().length() - 1));
  }

  @Test
  void refusesTheNameOfTheMetadata() {
    Path file = directory.resolve("a.safetensors");
    assertThrows(IllegalArgumentException.class, () -> Tensors.save(file, Map.of("__metadata__", Matrix.zeros(1, 1))));
  }

  @Test
  void readsShapesThatPythonWrote() throws Exception {
    Matrix cube = Matrix.zeros(2, 12);
    for (int i = 0; i < 24; i++) {
      cube.data()[i] = i;
    }
    Map<String, Matrix> expected = Map.of(
        "matrix", Matrix.of(2, 3, 1, -2.5f, 3e-39f, Float.POSITIVE_INFINITY, -0f, 0.1f),
        "vector", Matrix.of(1, 4, 0.5f, 1.5f, 2.5f, 3.5f),
        "number", Matrix.of(1, 1, 7.25f),
        "cube", cube,
        "empty", Matrix.zeros(0, 3));
    assertEquals(expected, Tensors.load(resource("shapes.safetensors")));
    TensorFile file = TensorFile.read(resource("shapes.safetensors"), Long.MAX_VALUE);
    assertEquals(Map.of("made by", "numpy", "größe", "☃ \ud83d\udc0d \"quoted\"\n"), file.metadata());
    assertEquals(List.of(2, 3, 4), file.tensors().get("cube").shape());
    assertEquals(List.of(), file.tensors().get("number").shape());
  }

  @Test
  void readsTypesThatPythonWrote() throws Exception {
    Map<String, Matrix> expected = Map.of(
        "f64", Matrix.of(1, 4, (float) Math.PI, Float.POSITIVE_INFINITY, -0f, 16777216),
        "f16", Matrix.of(1, 4, 3.140625f, 65504, -0x1p-24f, Float.POSITIVE_INFINITY),
        "i64", Matrix.of(1, 4, -0x1p63f, 0x1p63f, 16777216, -3),
        "i32", Matrix.of(1, 4, -0x1p31f, 0x1p31f, 16777216, -3),
        "i16", Matrix.of(1, 4, -32768, 32767, 0, -3),
        "i8", Matrix.of(1, 4, -128, 127, 0, -3),
        "u8", Matrix.of(1, 4, 0, 127, 128, 255));
    assertEquals(expected, Tensors.load(resource("types.safetensors")));
    Matrix bfloat16 = Tensors.load(resource("bfloat16.safetensors")).get("bf16");
    assertEquals(Matrix.of(1, 4, 3.140625f, -0x1.2cp126f, upperHalf(1e-40f), Float.POSITIVE_INFINITY), bfloat16);
  }

  private static float upperHalf(float value) {
    return Float.intBitsToFloat(Float.floatToIntBits(value) & 0xffff0000);
  }
}
