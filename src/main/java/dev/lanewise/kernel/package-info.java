/**
 * The arithmetic of training, over {@code float[]} and ints: what is computed, in which order, and by which of two sets. Not exported.
 *
 * <p>{@link dev.lanewise.kernel.Kernels} is the contract, with the interfaces it extends; {@link dev.lanewise.kernel.ScalarKernels} and
 * what else begins with {@code Scalar} is the specification, written as plainly as it goes; {@code kernel.vector} has the same bits,
 * faster. {@link dev.lanewise.kernel.Panels} says how weights are laid out, {@link dev.lanewise.kernel.LineArrays} where arrays begin.
 *
 * <p>Which set runs: {@link dev.lanewise.kernel.KernelChoice} decides whether vector kernels come into question,
 * {@link dev.lanewise.kernel.KernelProvider} hands out what is ready by now, and {@link dev.lanewise.kernel.WarmUpQueue} has one thread
 * get it ready, by the examples of {@link dev.lanewise.kernel.ProductWarmUp}, {@link dev.lanewise.kernel.WarmUp} and
 * {@link dev.lanewise.kernel.ExtraWarmUp}.
 */
package dev.lanewise.kernel;
