package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.Warmable.Tiling;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has tests use every tile there is, and fails them if something chose others meanwhile: their edges would have been those of others. */
final class AllTiles implements BeforeEachCallback, AfterEachCallback {

  @Override
  public void beforeEach(ExtensionContext context) {
    if (KernelSets.present().getLast() instanceof Warmable vector) {
      vector.useTiles(Tiling.ALL);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (KernelSets.present().getLast() instanceof Warmable vector) {
      assertEquals(Tiling.ALL, vector.tiling(), "what products use");
    }
  }
}
