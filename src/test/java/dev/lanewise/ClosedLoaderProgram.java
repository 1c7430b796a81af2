package dev.lanewise;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Lets a copy of the library begin in a class loader of its own and closes that, as a container does with a program that goes while its
 * kernels are warmed up; then waits for the thread that does. Arguments: the class path of the copy, and milliseconds until it closes.
 */
public final class ClosedLoaderProgram {

  private ClosedLoaderProgram() {}

  /** Prints what {@link KernelsProgram} does there. */
  public static void main(String[] args) throws Exception {
    String[] files = args[0].split(File.pathSeparator, -1);
    URL[] path = new URL[files.length];
    for (int i = 0; i < files.length; i++) {
      path[i] = Path.of(files[i]).toUri().toURL();
    }
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      loader.loadClass(KernelsProgram.class.getName()).getMethod("main", String[].class).invoke(null, (Object) new String[] {});
      Thread.sleep(Long.parseLong(args[1]));
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("lanewise-warm-up")) {
        thread.join();
      }
    }
  }
}
