/** Small values that a network is made of, each with its formula: matrices, activations, losses, initial weights. */
package dev.lanewise.nn;
