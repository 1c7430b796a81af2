package dev.lanewise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class run by the JDK of this process, in one of its own. */
public record JavaProcess(int exit, String out, String err) {

  /** What makes the Vector API visible. */
  public static final List<String> MODULE = List.of("--add-modules", "jdk.incubator.vector");

  private static final long LIMIT_SECONDS = 120;

  /** Runs on the class path of this process. */
  public static JavaProcess run(List<String> jvm, String mainClass, String... args) throws Exception {
    return runOn(System.getProperty("java.class.path"), jvm, mainClass, args);
  }

  /** Runs on a class path of the caller's. */
  public static JavaProcess runOn(String classPath, List<String> jvm, String mainClass, String... args) throws Exception {
    ProcessBuilder builder = builder(classPath, jvm, mainClass, args);
    Path out = Files.createTempFile("lanewise", ".out");
    Path err = Files.createTempFile("lanewise", ".err");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IOException("still running after " + LIMIT_SECONDS + " s: " + builder.command());
      }
      return new JavaProcess(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** What starts such a process, for a caller who does not wait for its end. */
  public static ProcessBuilder builder(String classPath, List<String> jvm, String mainClass, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  /** The lines on standard error that are not the JVM's own about the module. */
  public List<String> ownErrors() {
    return err.lines()
        .filter(line -> !line.contains("Using incubator modules") && !line.contains("is not supported on this CPU"))
        .toList();
  }
}
