/**
 * The algorithm: forwards, backwards, step, epoch after epoch. Not exported: callers go through {@code Network}.
 *
 * <p>{@link dev.lanewise.engine.Trainer} is where to start reading.
 */
package dev.lanewise.engine;
