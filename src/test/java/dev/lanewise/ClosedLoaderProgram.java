package dev.lanewise;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Lets a copy of the library begin in a class loader of its own and closes that, as a container does with a program that goes while its
 * kernels are warmed up; then waits for the thread that does. Arguments: the class path of the copy, milliseconds until it closes, and
 * whether it throws where it is asked for something afterwards.
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
    try (URLClassLoader loader = Boolean.parseBoolean(args[2]) ? new Stopped(path) : new URLClassLoader(path, platform())) {
      loader.loadClass(KernelsProgram.class.getName()).getMethod("main", String[].class).invoke(null, (Object) new String[] {});
      Thread.sleep(Long.parseLong(args[1]));
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("lanewise-warm-up")) {
        thread.join();
      }
    }
  }

  private static ClassLoader platform() {
    return ClassLoader.getPlatformClassLoader();
  }

  /** As loaders of application servers are once their application is. */
  private static final class Stopped extends URLClassLoader {

    private volatile boolean stopped;

    Stopped(URL[] path) {
      super(path, platform());
    }

    @Override
    public URL findResource(String name) {
      if (stopped) {
        throw new IllegalStateException("stopped");
      }
      return super.findResource(name);
    }

    @Override
    public void close() throws IOException {
      stopped = true;
      super.close();
    }
  }
}
