/**
 * The command line. {@code digits} needs nothing but the library; the other commands have their options read by picocli, an
 * optional dependency.
 */
package dev.lanewise.cli;
