package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.FashionMnist;
import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The four files are read as NumPy reads them. With x and y from {@code numpy.frombuffer(gzip.open(file).read(), 'u1',
 * offset=16)} and 8, the sums are {@code x.sum(dtype='i8')} and {@code (x.astype('i8') * (np.arange(x.size) % 784)).sum()},
 * and the labels {@code numpy.bincount(y)} and {@code y[:10]}.
 */
@Tag("full")
class FashionMnistFilesTest {

  @Test
  void readsTheTrainingFiles() throws IOException {
    Matrix images = Idx.images(FashionMnist.images("train"));
    assertEquals("60000 x 784", images.shape());
    assertSums(3_431_114_169L, 1_410_492_084_047L, images);
    int[] labels = Idx.labels(FashionMnist.labels("train"));
    assertCounts(6000, labels);
    assertArrayEquals(new int[] {9, 0, 0, 3, 0, 2, 7, 2, 5, 5}, Arrays.copyOf(labels, 10));
  }

  @Test
  void readsTheTestFiles() throws IOException {
    Matrix images = Idx.images(FashionMnist.images("t10k"));
    assertEquals("10000 x 784", images.shape());
    assertSums(573_469_082L, 236_137_034_519L, images);
    int[] labels = Idx.labels(FashionMnist.labels("t10k"));
    assertCounts(1000, labels);
    assertArrayEquals(new int[] {9, 2, 1, 1, 6, 1, 4, 6, 5, 7}, Arrays.copyOf(labels, 10));
  }

  @Test
  void scalesPixels() throws IOException {
    float[] pixels = Idx.images(FashionMnist.images("t10k")).data();
    float[] unit = Idx.unitImages(FashionMnist.images("t10k")).data();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= 255;
    }
    assertArrayEquals(pixels, unit);
  }

  /** Of all pixels, and of each times its place in the image, which is another if bytes are shifted. */
  private static void assertSums(long sum, long sumWithPlaces, Matrix images) {
    long pixels = 0;
    long places = 0;
    for (int i = 0; i < images.rows(); i++) {
      for (int j = 0; j < images.cols(); j++) {
        long pixel = (long) images.get(i, j);
        pixels += pixel;
        places += pixel * j;
      }
    }
    assertEquals(sum, pixels);
    assertEquals(sumWithPlaces, places);
  }

  private static void assertCounts(int each, int[] labels) {
    int[] counts = new int[10];
    for (int label : labels) {
      counts[label]++;
    }
    int[] expected = new int[10];
    Arrays.fill(expected, each);
    assertArrayEquals(expected, counts);
  }
}
