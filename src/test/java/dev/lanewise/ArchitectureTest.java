package dev.lanewise;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The direction between the packages, and what no package may use. */
class ArchitectureTest {
  private static final String ROOT = "dev.lanewise";
  private static final String VECTOR = ROOT + ".kernel.vector";

  /**
   * Every package, and those of ours it may import besides itself. A new package needs a row here. Nobody imports the
   * vector kernels: the kernel package loads them by name, once it knows that the module is there.
   */
  private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
      entry(ROOT + ".kernel", Set.of()),
      entry(VECTOR, packages("kernel")),
      entry(ROOT + ".text", Set.of()),
      entry(ROOT + ".file", Set.of()),
      entry(ROOT + ".nn", packages("kernel", "text")),
      entry(ROOT + ".optim", packages("kernel", "text")),
      entry(ROOT + ".train", packages("nn", "optim", "kernel", "text")),
      entry(ROOT + ".engine", packages("train", "optim", "nn", "kernel", "text")),
      entry(ROOT + ".data", packages("train", "nn", "file", "kernel", "text")),
      entry(ROOT + ".metrics", packages("train", "nn", "file", "kernel", "text")),
      entry(ROOT + ".io", packages("io.json", "nn", "file", "text")),
      entry(ROOT + ".io.json", packages("text")),
      entry(ROOT, packages("data", "engine", "file", "io", "kernel", "metrics", "nn", "optim", "text", "train")),
      entry(
          ROOT + ".cli",
          packages("", "data", "engine", "file", "io", "io.json", "kernel", "metrics", "nn", "optim", "text", "train")));

  static final List<String> PACKAGES = MAY_IMPORT.keySet().stream().sorted().toList();

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(location -> location.contains("/target/classes/"))
      .importPackages(ROOT);

  @Test
  void everyPackageHasARow() {
    Set<String> found = CLASSES.stream().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));
    assertFalse(found.isEmpty(), "the import found no class, so the rules watch nothing");
    found.removeAll(MAY_IMPORT.keySet());
    assertEquals(Set.of(), found, "packages with no row in MAY_IMPORT");
  }

  @ParameterizedTest
  @FieldSource("PACKAGES")
  void packageImportsOnlyWhatItsRowAllows(String name) {
    Set<String> allowed = MAY_IMPORT.get(name);
    noClasses()
        .that()
        .resideInAPackage(name)
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "..")
            .and(describe(
                "are in none of " + allowed,
                c -> !c.getPackageName().equals(name) && !allowed.contains(c.getPackageName()))))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheVectorKernelsTouchTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage(VECTOR)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .because("without the module, loading such a class fails")
        .check(CLASSES);
    assertTrue(
        !CLASSES.containPackage(VECTOR)
            || CLASSES.getPackage(VECTOR).getClassDependenciesFromThisPackage().stream()
                .anyMatch(d -> d.getTargetClass().getPackageName().equals("jdk.incubator.vector")),
        () -> VECTOR + " does not seem to use the Vector API, so the rule above watches nothing");
  }

  @Test
  void randomNumbersAreOurOwn() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(RandomGenerator.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(StrictMath.class, "random")
        .orShould()
        .callMethod(Collections.class, "shuffle", List.class)
        .because("a seed gives the same bits on every JDK only if the algorithm is ours")
        .check(CLASSES);
  }

  /** Results of these may differ in the last bit from one JVM or processor to another. */
  @Test
  void nothingThatIsTrainedGoesByMathThatMayDiffer() {
    Set<String> may = Set.of(
        "exp", "expm1", "log", "log10", "log1p", "pow", "sin", "cos", "tan", "sinh", "cosh", "tanh", "cbrt", "hypot", "atan", "atan2");
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".kernel..", ROOT + ".nn", ROOT + ".optim", ROOT + ".train", ROOT + ".engine")
        .should()
        .callMethodWhere(describe(
            "call one of Math's that may differ",
            call -> call.getTargetOwner().isEquivalentTo(Math.class) && may.contains(call.getTarget().getName())))
        .check(CLASSES);
  }

  @Test
  void nothingIsNativeOrFetched() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.lang.foreign..")
        .orShould()
        .callMethodWhere(describe("loads a library", call -> call.getTarget().getName().matches("load(Library)?")
            && (call.getTargetOwner().isEquivalentTo(System.class) || call.getTargetOwner().isEquivalentTo(Runtime.class))))
        .check(CLASSES);
  }

  @Test
  void nothingLogs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(System.Logger.class)
        .because("standard error belongs to the program that uses the library")
        .check(CLASSES);
  }

  private static Set<String> packages(String... names) {
    return List.of(names).stream().map(n -> n.isEmpty() ? ROOT : ROOT + "." + n).collect(toCollection(TreeSet::new));
  }
}
