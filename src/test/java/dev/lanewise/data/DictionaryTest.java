package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DictionaryTest {

  /** So many pairs of strings of the same effect on a hash, one of each after another, are 2^PAIRS texts of one hash. */
  private static final int PAIRS = 17;

  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  @Test
  void codesAreInTheOrderOfFirstSight() {
    for (int run = 0; run < 3; run++) { // each with a seed of its own
      Dictionary dictionary = new Dictionary();
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        texts.add("text " + (i * 7919 % 1000));
        assertEquals(-1, code(dictionary, texts.get(i)));
        assertEquals(i, add(dictionary, texts.get(i)));
      }
      for (int i = 0; i < 1000; i++) {
        assertEquals(i, code(dictionary, texts.get(i)));
      }
      assertEquals(texts, dictionary.texts());
    }
  }

  /** Whoever writes a file knows the algorithm, from which Joux's multicollisions follow; the seed he does not know. */
  @Test
  void textsThatWereMadeToCollideTakeNoLonger() throws ReflectiveOperationException {
    List<String> texts = List.of("");
    int hash = FNV_OFFSET;
    for (int pair = 0; pair < PAIRS; pair++) {
      String[] same = collision(hash);
      hash = hash(hash, same[0]);
      List<String> longer = new ArrayList<>();
      texts.forEach(text -> longer.addAll(List.of(text + same[0], text + same[1])));
      texts = longer;
    }
    Dictionary dictionary = new Dictionary();
    for (int i = 0; i < texts.size(); i++) {
      assertEquals(-1, code(dictionary, texts.get(i)));
      assertEquals(i, add(dictionary, texts.get(i)));
    }
    assertTrue(longestSearch(dictionary) < 400, "with one hash for all it is " + texts.size());
  }

  /** Slots that are looked at, at most, before a text is found. */
  private static int longestSearch(Dictionary dictionary) throws ReflectiveOperationException {
    int[] slots = array(dictionary, "slots");
    int[] hashes = array(dictionary, "hashes");
    int longest = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] != 0) {
        longest = Math.max(longest, ((slot - hashes[slots[slot] - 1]) & (slots.length - 1)) + 1);
      }
    }
    return longest;
  }

  private static int[] array(Dictionary dictionary, String name) throws ReflectiveOperationException {
    Field field = Dictionary.class.getDeclaredField(name);
    field.setAccessible(true);
    return (int[]) field.get(dictionary);
  }

  private static String[] collision(int from) {
    Map<Integer, String> texts = new HashMap<>();
    for (int i = 0; ; i++) {
      String text = Integer.toString(i, 36);
      String before = texts.putIfAbsent(hash(from, text), text);
      if (before != null) {
        return new String[] {before, text};
      }
    }
  }

  private static int hash(int from, String text) {
    int hash = from;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  private static int code(Dictionary dictionary, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return dictionary.code(bytes, 0, bytes.length);
  }

  private static int add(Dictionary dictionary, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return dictionary.add(bytes, 0, bytes.length);
  }
}
