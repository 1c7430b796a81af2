package dev.lanewise.engine;

import dev.lanewise.nn.Activation;

/**
 * What a dense layer is, apart from its parameters: a = f(x·W + b).
 *
 * @param inputs the columns of x and rows of W
 * @param outputs the columns of W and of a
 * @param activation f
 */
public record Dense(int inputs, int outputs, Activation activation) {}
