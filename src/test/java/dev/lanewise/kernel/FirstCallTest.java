package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.TwoAtATime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Interpreted and compiled kernels have the same bits. A process of its own for each set, since in this one the kernels have been
 * called before; with the same options, so at the same width.
 */
class FirstCallTest {

  static IntStream kernelSets() {
    return IntStream.range(0, KernelSets.present().size());
  }

  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelSets")
  void laterCallsHaveTheBitsOfTheFirst(int set) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Only what decides about the kernels: an agent or a debugger's port is for one process.
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("-XX:") || option.startsWith("-Dlanewise.") || option.startsWith("--add-modules")) {
        command.add(option);
      }
    }
    // -Xbatch: a call waits for its method's compilation, so that what is measured is compiled at the end.
    command.addAll(List.of("-Xbatch", "-cp", System.getProperty("java.class.path"), RepeatedCalls.class.getName(), Integer.toString(set)));

    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    String name = KernelSets.present().get(set).name();
    assertEquals(
        List.of(name + ": " + SmallCalls.of(KernelSets.SCALAR).size() + " calls compared"), output.lines().toList());
  }
}
