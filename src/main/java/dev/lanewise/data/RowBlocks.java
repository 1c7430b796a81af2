package dev.lanewise.data;

import dev.lanewise.file.Pieces;

/**
 * Columns written side by side into the rows of a matrix, some rows at a time, so that a row is still in the cache when its next value
 * comes: column after column, each value of a long table would be in another line of memory.
 */
final class RowBlocks {

  private static final int ROWS = 128;

  /** Something that is done for rows {@code from} to {@code to}. */
  @FunctionalInterface
  interface Block {
    void run(int from, int to);
  }

  private RowBlocks() {}

  /** Runs the blocks of so many rows, in order. */
  static void forEach(int rows, Block block) {
    Pieces.forEach(rows, ROWS, (from, count) -> block.run(from, from + count));
  }
}
