package dev.lanewise.optim;

/** A schedule that is told by its name and its figures, and that fits any length: also a number of epochs that is not whole. */
record NamedSchedule(String name, Formula formula) implements Schedule {

  /** A fit asks for its schedule at every step: one object for all of them. */
  static final NamedSchedule CONSTANT = new NamedSchedule("constant", (epoch, epochs) -> 1);

  /** {@link Schedule#factor} without the limits of an int. */
  @FunctionalInterface
  interface Formula {
    double at(double epoch, double epochs);
  }

  @Override
  public double factor(double epoch, int epochs) {
    return formula.at(epoch, epochs);
  }

  @Override
  public String toString() {
    return name;
  }
}
