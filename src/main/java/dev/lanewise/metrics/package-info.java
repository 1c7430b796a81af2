/**
 * How good predictions are: figures for classes and for numbers, the curves and tables behind them, charts of
 * them, and the folds of a cross-validation.
 */
package dev.lanewise.metrics;
