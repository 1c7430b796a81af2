package dev.lanewise.data;

import dev.lanewise.nn.Matrix;

/** What memory holds, whatever a file or a caller asks for. */
final class Limits {

  /** The length of the longest array that every JVM can allocate: the header of an array may take the rest. */
  static final int LONGEST_ARRAY = Matrix.MOST_ELEMENTS;

  private Limits() {}
}
