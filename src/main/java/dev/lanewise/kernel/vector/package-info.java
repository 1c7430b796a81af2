/**
 * The kernels on {@code jdk.incubator.vector}, which nothing else imports. Not exported.
 *
 * <p>{@link dev.lanewise.kernel.vector.VectorKernels} says which class has which kernel. Products begin in
 * {@link dev.lanewise.kernel.vector.Gemm}, forwards and back, and {@link dev.lanewise.kernel.vector.Descent}, gradients: what ends in
 * {@code Blocking} says which way one goes and how it is cut, {@link dev.lanewise.kernel.vector.Tiles} and what ends so which tile each
 * strip of rows gets, and tiles, named by rows × vectors, are where the time goes. What goes by rows begins in
 * {@link dev.lanewise.kernel.vector.Softmax} and {@link dev.lanewise.kernel.vector.Normalization}, element by element in
 * {@link dev.lanewise.kernel.vector.Elementwise}, {@link dev.lanewise.kernel.vector.Activations} and
 * {@link dev.lanewise.kernel.vector.Updates}.
 *
 * <p>The page on kernels (src/site/markdown/kernels.md) has layouts and a table of the ways. A loop over vectors is in a class that extends
 * {@link dev.lanewise.kernel.vector.NotInlined}, which says why, or is a tile.
 */
package dev.lanewise.kernel.vector;
