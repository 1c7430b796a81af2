package dev.lanewise.train;

import dev.lanewise.text.Require;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where and how often a run is saved.
 *
 * @param file what is written, in place of what is there
 * @param every after how many epochs
 */
public record Checkpoint(Path file, int every) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if {@code every} is not positive
   */
  public Checkpoint {
    Objects.requireNonNull(file, "file");
    Require.positive("every", every);
  }
}
