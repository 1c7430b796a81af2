/** Data to train on: rows with their labels, and the handwritten digits that come with the library. */
package dev.lanewise.data;
