package dev.lanewise.optim;

/** A schedule that is told by its name and its figures. */
record NamedSchedule(String name, Schedule schedule) implements Schedule {

  @Override
  public double factor(double epoch, int epochs) {
    return schedule.factor(epoch, epochs);
  }

  @Override
  public String toString() {
    return name;
  }
}
