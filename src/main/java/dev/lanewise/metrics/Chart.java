package dev.lanewise.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A drawing of figures, as SVG: every browser shows it, and text editors and office programs take it as a picture. */
public interface Chart {

  /** The drawing as a document of its own, in UTF-8 once it is written: the same for the same figures. */
  String svg();

  /**
   * Writes the drawing to a file, in place of one that is there.
   *
   * @throws IOException if that fails
   */
  default void write(Path file) throws IOException {
    Files.writeString(file, svg());
  }
}
