/** Dense neural networks, trained inside the JVM. {@link dev.lanewise.Network} is where to start. */
package dev.lanewise;
