package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Opens;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library as a module, where all other tests have it on the class path. */
@Tag("process")
class ModuleTest {

  private static final String NAME = "dev.lanewise";

  @TempDir
  Path folder;

  private Path classes;

  @BeforeEach
  void findClasses() throws Exception {
    classes = Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void saysWhatItIsMadeOf() {
    ModuleDescriptor descriptor = ModuleFinder.of(classes).find(NAME).orElseThrow().descriptor();
    assertEquals(
        Stream.of("", ".data", ".io", ".metrics", ".nn", ".optim", ".train").map(NAME::concat).collect(Collectors.toSet()),
        descriptor.exports().stream().map(Exports::source).collect(Collectors.toSet()));
    assertTrue(descriptor.exports().stream().noneMatch(Exports::isQualified));
    assertEquals(
        Set.of("dev.lanewise.cli to [info.picocli]"),
        descriptor.opens().stream().map((Opens each) -> each.source() + " to " + each.targets()).collect(Collectors.toSet()));
    assertEquals(
        Set.of("jdk.incubator.vector", "jdk.management", "de.siegmar.fastcsv", "info.picocli"),
        descriptor.requires().stream()
            .filter(each -> each.modifiers().contains(Requires.Modifier.STATIC))
            .map(Requires::name)
            .collect(Collectors.toSet()));
  }

  /** With the Vector API and without. */
  @ParameterizedTest
  @ValueSource(strings = {NAME + ",jdk.incubator.vector", NAME})
  void runsTheReadmesProgram(String modules) throws Exception {
    Path program = folder.resolve("Program.java");
    Files.writeString(program, readmesProgram());
    String report = run("-p", classes.toString(), "--add-modules", modules, program.toString());
    assertTrue(report.contains("weighted avg"), report);
  }

  /** What the README names for a class path in place of the module. */
  @Test
  void runsTheReadmesProgramFromAClassPath() throws Exception {
    Path program = folder.resolve("Program.java");
    String imports = ofReadme("import dev.lanewise.*;");
    Files.writeString(program, readmesProgram().replace("import module " + NAME + ";", imports));
    String report = run("-cp", classes.toString(), "--add-modules", "jdk.incubator.vector", program.toString());
    assertTrue(report.contains("weighted avg"), report);
  }

  /** From a CSV file, which lies where the README says, to a model. */
  @Test
  void runsTheReadmesEveryDay() throws Exception {
    Path program = folder.resolve("Program.java");
    Path model = folder.resolve("iris.lanewise");
    String lines = ofReadme("Table rows = Csv.of").replace("Path.of(\"iris.lanewise\")", "Path.of(args[0])");
    Files.writeString(
        program, "import module " + NAME + ";\nvoid main(String[] args) throws IOException {\n" + lines + "IO.println(species + \" \" + served.classify(\"6.4\", \"2.8\", \"5.6\", \"2.1\"));\n}\n");
    String out =
        run("-p", classes.toString(), "--add-modules", NAME + ",jdk.incubator.vector", program.toString(), model.toString());
    assertTrue(out.contains("epoch  1/50  loss "), out);
    assertTrue(out.endsWith("setosa virginica" + System.lineSeparator()), out);
    assertTrue(Files.size(model) > 0);
  }

  private static String readmesProgram() throws IOException {
    return ofReadme("import module dev.lanewise;");
  }

  /** What the README has from there to the end of the block. */
  private static String ofReadme(String beginning) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int from = readme.indexOf(beginning);
    assertTrue(from >= 0, beginning);
    return readme.substring(from, readme.indexOf("```", from));
  }

  @Test
  void hasACommandLine() throws Exception {
    String picocli = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(each -> each.contains("picocli"))
        .findFirst()
        .orElseThrow();
    String help = run("-p", classes + File.pathSeparator + picocli, "--add-modules", "info.picocli", "-m", NAME + "/dev.lanewise.cli.Main",
        "info", "--help");
    assertTrue(help.startsWith("Usage: info"), help);
  }

  private static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }
}
