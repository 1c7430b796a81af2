/** Dense neural networks on the JDK Vector API, trained inside the JVM with nothing native. */
module dev.lanewise {
  // Optional at run time: without it the scalar kernels run, with the same results.
  requires static jdk.incubator.vector;
  // Optional at run time: tells whether the just-in-time compiler that the vector kernels need is there.
  requires static jdk.management;
  // Optional at run time: reads CSV with fields in quotes.
  requires static de.siegmar.fastcsv;
  // Optional at run time: reads the options of every command but digits.
  requires static info.picocli;

  exports dev.lanewise;
  exports dev.lanewise.data;
  exports dev.lanewise.io;
  exports dev.lanewise.metrics;
  exports dev.lanewise.nn;
  exports dev.lanewise.optim;
  exports dev.lanewise.train;

  opens dev.lanewise.cli to info.picocli;
}
