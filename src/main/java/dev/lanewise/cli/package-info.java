/** The command line. It needs nothing but the library. */
package dev.lanewise.cli;
