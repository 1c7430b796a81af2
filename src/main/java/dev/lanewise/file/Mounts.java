package dev.lanewise.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where file systems are mounted, as Linux tells it; elsewhere nothing is known of them. */
final class Mounts {

  private static final Path TABLE = Path.of("/proc/self/mountinfo");

  /** The column of the mount points, from 0. */
  private static final int MOUNT_POINT = 4;

  /** A space, say, which would end the column. */
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

  private static final int OCTAL_BASE = 8;

  private Mounts() {}

  /** Whether a file is a mount point of its own, as single files in a container are: no other file can be renamed to its name. */
  static boolean isMountPoint(Path file) {
    try {
      return isMountPoint(file.toRealPath().toString(), new String(Files.readAllBytes(TABLE), StandardCharsets.UTF_8));
    } catch (IOException e) { // there is no such file, or no such table
      return false;
    }
  }

  /** The same of a table: the last mount at the file or a folder above it is the one that shows, and hides those before. */
  static boolean isMountPoint(String file, String table) {
    boolean isMountPoint = false;
    for (String line : table.lines().toList()) {
      String[] columns = line.split(" ", MOUNT_POINT + 2);
      if (columns.length <= MOUNT_POINT) {
        continue;
      }
      String mounted = OCTAL.matcher(columns[MOUNT_POINT])
          .replaceAll(found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), OCTAL_BASE))));
      if (file.equals(mounted)) {
        isMountPoint = true;
      } else if (file.startsWith(mounted.endsWith("/") ? mounted : mounted + "/")) {
        isMountPoint = false;
      }
    }
    return isMountPoint;
  }
}
