/** How good predictions are: the classification report. */
package dev.lanewise.metrics;
