package dev.lanewise.kernel;

/** Prints where in an array on a cache line the first panel begins, in bytes, by what the JVM itself says of its arrays. */
final class PanelsLead {

  private PanelsLead() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    // By its name: the field is deprecated, and has no successor for arrays of the heap.
    int header = Class.forName("sun.misc.Unsafe").getField("ARRAY_FLOAT_BASE_OFFSET").getInt(null);
    System.out.print(header + Float.BYTES * Panels.LEAD);
  }
}
