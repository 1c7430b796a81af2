package dev.lanewise.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** JVMs of their own: of this JDK, with the module and, unless said, this class path. */
final class Processes {

  /** What a JVM that runs vector kernels needs. */
  static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** What they find in their environment beside what this process found in its own. */
  private static final Map<String, String> GIVEN = new ConcurrentHashMap<>();

  private Processes() {}

  /** The command that starts a main class on this class path. */
  static List<String> java(List<String> options, Class<?> main, String... args) {
    return java(options, System.getProperty("java.class.path"), main.getName(), args);
  }

  /** The command that starts a main class on another class path. */
  static List<String> java(List<String> options, String classPath, String main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(MODULE);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(args));
    return command;
  }

  /** Has all that are started from now on find this in their environment. */
  static void give(String variable, String value) {
    GIVEN.put(variable, value);
  }

  /** With that environment, and without what would make OpenBLAS another processor's: theirs, ours and Python's. */
  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(NativeBlas.OPENBLAS_SWITCHES);
    builder.environment().putAll(GIVEN);
    return builder;
  }

  /**
   * Runs it to its end and returns what it wrote to standard output, line by line.
   *
   * @throws IllegalStateException if it fails
   */
  static List<String> output(List<String> command) {
    try {
      Process process = builder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      requireSuccess(process, command);
      return output.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs it to its end and returns how long that took, in seconds of the clock; what it writes is lost.
   *
   * @throws IllegalStateException if it fails
   */
  static double seconds(List<String> command) {
    ProcessBuilder builder = builder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
    long begin = System.nanoTime();
    try {
      requireSuccess(builder.start(), command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (System.nanoTime() - begin) * 1e-9;
  }

  /**
   * Runs it to its end, its output among ours.
   *
   * @throws IllegalStateException if it fails
   */
  static void run(List<String> command) {
    try {
      requireSuccess(builder(command).inheritIO().start(), command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Some lines that end with an empty one; null where there is no whole message left. */
  static List<String> message(BufferedReader from) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      if (line.isEmpty()) {
        return lines;
      }
      lines.add(line);
    }
    return null;
  }

  /** A process that answers by a {@link #message}: when it has started, and whenever it is asked by another. */
  static final class Asked implements AutoCloseable {

    private final List<String> command;
    private final Process process;

    Asked(List<String> command) {
      this.command = command;
      try {
        process = builder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * The lines of its next answer.
     *
     * @throws IllegalStateException if it ends before it has answered
     */
    List<String> answer() {
      try {
        List<String> lines = message(process.inputReader(StandardCharsets.UTF_8));
        if (lines == null) {
          throw new IllegalStateException("no whole answer from " + String.join(" ", command));
        }
        return lines;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void ask(List<String> lines) {
      try {
        BufferedWriter to = process.outputWriter(StandardCharsets.UTF_8);
        to.write(String.join("\n", lines) + "\n\n");
        to.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Ends it, whatever it does. */
    @Override
    public void close() {
      process.destroy();
    }
  }

  private static void requireSuccess(Process process, List<String> command) {
    try {
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException("exit value " + exit + " from " + String.join(" ", command));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
