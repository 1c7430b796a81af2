package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the compiled classes must not have, since nobody would see it happen: the code would only be slow, or differ. */
class ClassFileTest {

  /** HotSpot compiles no method longer than this, and says nothing. */
  private static final int HUGE_METHOD = 8000;

  /** C2 inlines no method longer than this, however often it is called: {@code FreqInlineSize}. */
  private static final int INLINED_METHOD = 325;

  /** What C2 inlines where it has seldom seen it called, too: {@code MaxInlineSize}. */
  private static final int SMALL_METHOD = 35;

  private static final String OPERATORS = "jdk/incubator/vector/VectorOperators";
  private static final String VECTOR = "jdk/incubator/vector/FloatVector";

  /** Their results differ between the interpreter and C2, and between machines. */
  private static final Set<String> TRANSCENDENTAL =
      Set.of(
          "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "ATAN2", "SINH", "COSH", "TANH", "EXP", "EXPM1", "LOG", "LOG10",
          "LOG1P", "POW", "HYPOT", "CBRT");

  private static final List<ClassModel> CLASSES = new ArrayList<>();

  @BeforeAll
  static void readClasses() throws IOException, URISyntaxException {
    Path root = Path.of(Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    CLASSES.clear();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        CLASSES.add(ClassFile.of().parse(file));
      }
    }
    assertTrue(CLASSES.stream().anyMatch(c -> isVectorKernel(c)), () -> "no vector kernels in " + root);
  }

  private static boolean isVectorKernel(ClassModel model) {
    return model.thisClass().asInternalName().startsWith("dev/lanewise/kernel/vector/");
  }

  @Test
  void everyMethodIsShortEnoughToBeCompiled() {
    for (ClassModel model : CLASSES) {
      for (MethodModel method : model.methods()) {
        int length = method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
        assertTrue(length <= HUGE_METHOD, () -> nameOf(model, method) + " has " + length + " bytes of code");
      }
    }
  }

  /** They are our own polynomials, which have the same bits everywhere. */
  @Test
  void kernelsCallNoTranscendentalOperator() {
    assertEquals(List.of(), found((owner, name) -> owner.equals(OPERATORS) && TRANSCENDENTAL.contains(name)));
    assertEquals(List.of(), found((owner, name) -> owner.equals(VECTOR) && name.equals("pow")));
  }

  /** A method over vectors that is left a call makes objects of them; C2 does that to all that are longer. */
  @Test
  void everyMethodOverVectorsIsShortEnoughToBeInlined() {
    List<String> found = new ArrayList<>();
    for (ClassModel model : CLASSES) {
      for (MethodModel method : model.methods()) {
        if (isVectorKernel(model) && method.methodType().stringValue().contains(VECTOR)) {
          int length = method.findAttribute(Attributes.code()).orElseThrow().codeLength();
          String what = nameOf(model, method);
          assertTrue(length <= INLINED_METHOD, () -> what + " has " + length + " bytes");
          found.add(what);
        }
      }
    }
    assertTrue(found.contains("dev/lanewise/kernel/vector/VectorMath.tanh"), found::toString);
  }

  /** Longer ones are inlined only where C2 has counted enough calls of them, which those deep in others do not always get. */
  @Test
  void piecesOfTheExponentialAreInlinedHoweverSeldomTheyAreCalled() {
    Set<String> pieces =
        Set.of("expOfNegative", "expTimesTwoTo64", "roundedLow", "power", "restOfExp", "beginOfRest", "endOfRest");
    Set<String> found = new TreeSet<>();
    for (ClassModel model : CLASSES) {
      for (MethodModel method : model.methods()) {
        String name = method.methodName().stringValue();
        if (model.thisClass().asInternalName().endsWith("vector/VectorMath") && pieces.contains(name)) {
          int length = method.findAttribute(Attributes.code()).orElseThrow().codeLength();
          assertTrue(length <= SMALL_METHOD, () -> name + " has " + length + " bytes");
          found.add(name);
        }
      }
    }
    assertEquals(new TreeSet<>(pieces), found);
  }

  /** The order of the JDK's sum over lanes is not specified, and differs. */
  @Test
  void kernelsSumLanesInAnOrderOfTheirOwn() {
    assertEquals(List.of(), found((owner, name) -> owner.equals(VECTOR) && name.startsWith("reduceLanes")));
  }

  /** What the tests above look for is there to be found under these names. */
  @Test
  void operatorsAndVectorsAreFound() {
    assertTrue(!found((owner, name) -> owner.equals(OPERATORS) && name.equals("GT")).isEmpty());
    assertTrue(!found((owner, name) -> owner.equals(VECTOR) && name.equals("fma")).isEmpty());
  }

  @FunctionalInterface
  private interface Member {
    boolean matches(String owner, String name);
  }

  /** Where vector kernels name such a member of another class. */
  private static List<String> found(Member member) {
    List<String> found = new ArrayList<>();
    for (ClassModel model : CLASSES) {
      if (isVectorKernel(model)) {
        for (MethodModel method : model.methods()) {
          method.code().ifPresent(code -> find(code, member, nameOf(model, method), found));
        }
      }
    }
    return found;
  }

  private static void find(CodeModel code, Member member, String where, List<String> found) {
    code.forEach(element -> {
      boolean matches =
          switch (element) {
            case FieldInstruction f -> member.matches(f.owner().asInternalName(), f.name().stringValue());
            case InvokeInstruction i -> member.matches(i.owner().asInternalName(), i.name().stringValue());
            default -> false;
          };
      if (matches) {
        found.add(where);
      }
    });
  }

  private static String nameOf(ClassModel model, MethodModel method) {
    return model.thisClass().asInternalName() + "." + method.methodName().stringValue();
  }
}
