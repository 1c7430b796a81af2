package dev.lanewise.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Class data sharing: an archive of the classes that a program loads, which the JVM maps into memory instead of loading them from jars. */
final class ClassArchive {

  private ClassArchive() {}

  /** Whether classes of this class path can be archived: HotSpot takes those in jars only. */
  static boolean isPossible(String classPath) {
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (!new File(entry).isFile()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Runs a program once to see what it loads, and archives that in a file that lasts as long as this process. Returns the options that
   * start the program with it.
   *
   * @throws IllegalStateException if the program or the JVM fails
   * @throws IOException if there is no room for temporary files
   */
  static List<String> make(String classPath, String main, String... args) throws IOException {
    Path classes = Files.createTempFile("lanewise", ".classes");
    Path archive = Files.createTempFile("lanewise", ".jsa");
    classes.toFile().deleteOnExit();
    archive.toFile().deleteOnExit();
    String use = "-XX:SharedArchiveFile=" + archive;
    List<String> _ = Processes.output(Processes.java(List.of("-XX:DumpLoadedClassList=" + classes), classPath, main, args));
    List<String> _ = Processes.output(Processes.java(List.of("-Xshare:dump", "-XX:SharedClassListFile=" + classes, use), classPath, main));
    return List.of(use);
  }
}
