package dev.lanewise.train;

/**
 * What one epoch of a fit did.
 *
 * @param number the epoch within its fit, from 1
 * @param loss the mean of the batches' losses as they were seen while training, weighted by their rows
 * @param seconds the wall-clock time of the epoch, callbacks not counted
 * @param samplesPerSecond the rows trained on, over those seconds
 */
public record Epoch(int number, double loss, double seconds, double samplesPerSecond) {}
