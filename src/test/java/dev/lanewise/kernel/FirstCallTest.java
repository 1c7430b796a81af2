package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Interpreted and compiled kernels have the same bits. A process of its own, since in this one the kernels have been
 * called before; with the same options, so at the same width.
 */
class FirstCallTest {

  @Test
  void laterCallsHaveTheBitsOfTheFirst() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Only what decides about the kernels: an agent or a debugger's port is for one process.
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("-XX:") || option.startsWith("-Dlanewise.") || option.startsWith("--add-modules")) {
        command.add(option);
      }
    }
    // -Xbatch: a call waits for its method's compilation, so that what is measured is compiled at the end.
    command.addAll(List.of("-Xbatch", "-cp", System.getProperty("java.class.path"), RepeatedCalls.class.getName()));

    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    int calls = SmallCalls.of(KernelSets.SCALAR).size();
    assertEquals(
        KernelSets.present().stream().map(set -> set.name() + ": " + calls + " calls compared").toList(),
        output.lines().toList());
  }
}
