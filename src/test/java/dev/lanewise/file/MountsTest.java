package dev.lanewise.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files are mount points of their own, by tables as Linux writes them: a test cannot mount what it likes. */
class MountsTest {

  private static final String TABLE =
      """
      22 27 0:21 / /proc rw,relatime - proc proc rw
      27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
      40 27 254:0 /home/m /m.lanewise rw,relatime - ext4 /dev/vda rw
      41 27 254:0 /home/n /my\\040models/a\\134b rw,relatime shared:1 - ext4 /dev/vda rw
      42 27 254:0 /home/o /hidden/m rw,relatime - ext4 /dev/vda rw
      43 27 0:40 / /hidden rw,relatime - tmpfs none rw
      44 27 0:41 / /folder rw,relatime - tmpfs none rw
      45 44 254:0 /home/p /folder/m rw,relatime - ext4 /dev/vda rw
      46 27 0:42 / /fold rw,relatime - tmpfs none rw

      """;

  @ParameterizedTest
  @CsvSource({
    "/m.lanewise, true", "/my models/a\\b, true", "/folder/m, true", "/hidden/m, false", "/m, false", "/m.lanewise2, false",
    "/folder/n, false", "/proc/m, false", "/home/m, false"
  })
  void theLastMountAtAFileOrAboveItCounts(String file, boolean isMountPoint) {
    assertEquals(isMountPoint, Mounts.isMountPoint(file, TABLE));
  }

  @Test
  void mostFilesAreNone(@TempDir Path folder) throws IOException {
    assertFalse(Mounts.isMountPoint(Files.writeString(folder.resolve("m"), "")));
    assertFalse(Mounts.isMountPoint(folder.resolve("missing")));
  }
}
