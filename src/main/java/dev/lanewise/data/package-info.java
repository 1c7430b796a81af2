/**
 * Data to train on: rows with their labels, the handwritten digits that come with the library, and readers of CSV, IDX,
 * NumPy's formats and libsvm's. What is wrong with a file is a {@link dev.lanewise.data.DataException}.
 */
package dev.lanewise.data;
