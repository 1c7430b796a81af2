package dev.lanewise;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Idx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Fashion-MNIST: 60,000 images of 28 × 28 pixels of ten kinds of clothing to train on, and 10,000 to test with. It does
 * not come with the library. Its four files, as gzip, are in the folder that {@code -Dlanewise.fashion} or the variable
 * {@code FASHION_MNIST} names, or where Debian's package {@code dataset-fashion-mnist} puts them.
 */
public final class FashionMnist {

  private static final List<String> CLASS_NAMES = List.of(
      "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

  private FashionMnist() {}

  /** The images to train on, pixels from 0 to 1. */
  public static Dataset training() throws IOException {
    return read("train");
  }

  /** The images to test with, pixels from 0 to 1. */
  public static Dataset test() throws IOException {
    return read("t10k");
  }

  private static Dataset read(String part) throws IOException {
    return Dataset.of(Idx.unitImages(images(part)), Idx.labels(labels(part)), CLASS_NAMES);
  }

  /** The file of the images of a part, {@code "train"} or {@code "t10k"}. */
  public static Path images(String part) {
    return folder().resolve(part + "-images-idx3-ubyte.gz");
  }

  /** The file of the labels of a part. */
  public static Path labels(String part) {
    return folder().resolve(part + "-labels-idx1-ubyte.gz");
  }

  private static Path folder() {
    String variable = System.getenv().getOrDefault("FASHION_MNIST", "/usr/share/datasets/fashion-mnist");
    return Path.of(System.getProperty("lanewise.fashion", variable));
  }
}
