package dev.lanewise.optim;

/** A schedule that is told by its name and its figures, and that fits any length: also a number of epochs that is not whole. */
record NamedSchedule(String name, Formula formula) implements Schedule {

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
