package dev.lanewise.metrics;

import dev.lanewise.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A drawing of figures, as SVG: every browser shows it, and text editors and office programs take it as a picture. */
public interface Chart {

  /** The drawing as a document of its own, in UTF-8 once it is written: the same for the same figures. */
  String svg();

  /**
   * Writes the drawing to a file, in place of one that is there: whole or not at all.
   *
   * @throws IOException if that fails; the message names the file, and one that is there then stays as it was
   */
  default void write(Path file) throws IOException {
    AtomicFile.save(file, out -> out.write(svg().getBytes(StandardCharsets.UTF_8)));
  }
}
