package dev.lanewise.nn;

/**
 * What one layer computed for a matrix of rows.
 *
 * @param z the weighted sums, rows × outputs: x·W + b, or what a normalisation makes of x·W
 * @param a the activations, rows × outputs: f(z)
 */
public record LayerOutput(Matrix z, Matrix a) {}
