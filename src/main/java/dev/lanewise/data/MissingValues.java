package dev.lanewise.data;

import dev.lanewise.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The texts that stand for a missing value, as bytes. */
final class MissingValues {

  /** What people and programs write. "None" is the name of a category as often. */
  static final MissingValues USUAL = of("", "NaN", "nan", "NA", "null", "NULL", "N/A", "n/a", "#N/A", "<NA>");

  private final List<byte[]> texts;
  private final boolean hasNumbers;

  private MissingValues(List<byte[]> texts, boolean hasNumbers) {
    this.texts = texts;
    this.hasNumbers = hasNumbers;
  }

  static MissingValues of(String... texts) {
    return new MissingValues(
        Arrays.stream(texts).map(MissingValues::withoutSpaces).toList(), Arrays.stream(texts).anyMatch(NumberText::isNumber));
  }

  private static byte[] withoutSpaces(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int first = afterSpaces(bytes, 0, bytes.length);
    return Arrays.copyOfRange(bytes, first, beforeSpaces(bytes, first, bytes.length));
  }

  /** Whether a number may be one of them, as −999 is in some files, so that all numbers have to be looked at. */
  boolean hasNumbers() {
    return hasNumbers;
  }

  /** Whether the bytes are one of them, spaces around it left out. */
  boolean contain(byte[] bytes, int from, int to) {
    int first = afterSpaces(bytes, from, to);
    int end = beforeSpaces(bytes, first, to);
    for (byte[] text : texts) {
      if (text.length == end - first && Arrays.equals(text, 0, text.length, bytes, first, end)) {
        return true;
      }
    }
    return false;
  }

  /** The first of the bytes that is no space. */
  static int afterSpaces(byte[] bytes, int from, int to) {
    int first = from;
    while (first < to && isSpace(bytes[first])) {
      first++;
    }
    return first;
  }

  /** Where the last of the bytes that is no space ends. */
  static int beforeSpaces(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && isSpace(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }
}
