package dev.lanewise.benchmarks;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Which Python has a library that is measured beside ours. */
final class Python {

  /** The first on the path, and that of Debian, to which its packages belong. */
  private static final List<String> COMMANDS = List.of("python3", "/usr/bin/python3");

  private Python() {}

  /** The first that can import a module. */
  static Optional<String> with(String module) {
    return COMMANDS.stream().filter(python -> imports(python, module)).findFirst();
  }

  private static boolean imports(String python, String module) {
    try {
      Processes.seconds(List.of(python, "-c", "import " + module));
      return true;
    } catch (IllegalStateException | UncheckedIOException e) {
      return false;
    }
  }
}
