/** JSON as plain Java values: what the headers of model files are written in, and no more of it than they need. */
package dev.lanewise.io.json;
