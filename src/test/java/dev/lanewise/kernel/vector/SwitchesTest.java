package dev.lanewise.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.JavaProcess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options by which one machine shows what others do: all tests that use them have the same bits where they do nothing. */
@Tag("process")
class SwitchesTest {

  @ParameterizedTest
  @CsvSource(delimiter = ';', textBlock = """
      -Dlanewise.bits=512 -Dlanewise.registers=32 ; 512 bits, 32 registers, .*
      -Dlanewise.bits=256 -Dlanewise.registers=32 ; 256 bits, 32 registers, .*
      -Dlanewise.bits=128 -Dlanewise.registers=32 ; 128 bits, 32 registers, .*
      -Dlanewise.masks=false                      ; .*, no masks, .*
      -Dlanewise.processor=intel                  ; .*, INTEL
      -Dlanewise.processor=zen4                   ; .*, ZEN4
      -Dlanewise.processor=zen5                   ; .*, ZEN5
      -Dlanewise.processor=other                  ; .*, OTHER
      -Dos.arch=aarch64                           ; (128|256) bits, 32 registers, no masks, .*
      """)
  void areHeard(String flags, String expected) throws Exception {
    requireMatch(flags, expected);
  }

  /** Those of the JVM too: a JDK that no longer knows one is to be seen here. */
  @ParameterizedTest
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
  @CsvSource(delimiter = ';', textBlock = """
      -Dlanewise.bits=512 -Dlanewise.registers=16 ; 256 bits, 16 registers, masks, .*
      -Dlanewise.bits=128 -Dlanewise.registers=16 ; 128 bits, 16 registers, masks, .*
      -XX:UseAVX=2                                ; 256 bits, 16 registers, masks, .*
      -XX:MaxVectorSize=16                        ; 128 bits, .* registers, masks, .*
      -XX:UseAVX=2 -XX:MaxVectorSize=16           ; 128 bits, 16 registers, masks, .*
      """)
  void areHeardOnX64(String flags, String expected) throws Exception {
    requireMatch(flags, expected);
  }

  private static void requireMatch(String flags, String expected) throws Exception {
    List<String> jvm = new ArrayList<>(JavaProcess.MODULE);
    jvm.addAll(List.of(flags.split(" ")));
    String line = JavaProcess.run(jvm, SwitchesProgram.class.getName()).out().strip();
    assertTrue(line.matches(expected), () -> flags + ": " + line);
  }
}
