/** Files of models, and named matrices in and out: the safetensors layout, written whole or not at all. */
package dev.lanewise.io;
