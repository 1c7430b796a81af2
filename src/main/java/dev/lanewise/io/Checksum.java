package dev.lanewise.io;

import dev.lanewise.file.ElementType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A sum over all that a file says, which safetensors does not have. It does not depend on how the JSON is spelt or in
 * which order things are, so a program that copies metadata and tensors writes a file that is still good.
 *
 * <p>It is the CRC-32C of these strings, each in UTF-8 with a zero byte behind it: the metadata sorted by key, each key
 * and its value; and for each tensor, sorted by name, its own sum: the CRC-32C of name, type and shape,
 * such as {@code [15, 10]}, which are such strings too, and of the bytes of its data. A sum is written as eight
 * hexadecimal digits.
 */
final class Checksum {

  /** The key of the sum in the metadata: the one key that is not summed. */
  static final String KEY = "crc32c";

  private final Map<String, String> metadata;
  private final Map<String, CRC32C> sums = new TreeMap<>();
  private CRC32C current;

  Checksum(Map<String, String> metadata) {
    this.metadata = metadata;
  }

  /** Whether a key is {@link #KEY} with one bit changed, by which the sum would not be found. */
  static boolean isDamagedKey(String key) {
    int bits = 0;
    for (int i = 0; i < KEY.length() && key.length() == KEY.length(); i++) {
      bits += Integer.bitCount(key.charAt(i) ^ KEY.charAt(i));
    }
    return bits == 1;
  }

  /** Begins with a tensor, whose data come next. */
  void begin(String name, ElementType type, List<Integer> shape) {
    current = new CRC32C();
    sums.put(name, current);
    add(current, name);
    add(current, type.name());
    add(current, shape.toString());
  }

  /** Adds the next bytes of the tensor's data: the first ones of the array. */
  void add(byte[] data, int length) {
    current.update(data, 0, length);
  }

  /** The sum of all that was added. */
  String digits() {
    CRC32C sum = new CRC32C();
    for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
      if (!entry.getKey().equals(KEY)) {
        add(sum, entry.getKey());
        add(sum, entry.getValue());
      }
    }
    sums.values().forEach(tensor -> add(sum, digits(tensor)));
    return digits(sum);
  }

  private static void add(CRC32C sum, String text) {
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    sum.update(0);
  }

  private static String digits(CRC32C sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
