package dev.lanewise.train;

/**
 * What one epoch of a fit did.
 *
 * @param number the epoch within its fit, from 1
 * @param loss the mean of the batches' losses as they were seen while training, weighted by their rows, or by the weights of
 *     those; without penalties
 * @param seconds the wall-clock time of the epoch, validation and callbacks not counted
 * @param samplesPerSecond the rows trained on, over those seconds
 * @param learningRate that of the last step
 * @param validationLoss the loss over the validation rows after the epoch, infinite where it is no number; NaN where there are none
 * @param validationAccuracy the share of the validation rows whose class is predicted; NaN where they have no class labels, or
 *     an output is no number
 */
public record Epoch(
    int number, double loss, double seconds, double samplesPerSecond, double learningRate,
    double validationLoss, double validationAccuracy) {

  /** What early stopping and plateaus go by: the loss of the validation rows, or where there are none that of training. */
  public double monitored() {
    return Double.isNaN(validationLoss) ? loss : validationLoss;
  }
}
