package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DictionaryTest {

  @Test
  void codesAreInTheOrderOfFirstSight() {
    for (int run = 0; run < 3; run++) { // each with a base of its own
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

  /**
   * Texts of one hash under a base that somebody guessed: of two numbers of seven bytes each, the second makes up for the first, modulo
   * 2^61 − 1. Each dictionary has another base, under which they are spread, but for few: the best of three tells.
   */
  @Test
  void textsThatWereMadeToCollideTakeNoLonger() throws ReflectiveOperationException {
    BigInteger prime = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);
    BigInteger guess = BigInteger.valueOf(0x1234567890abcdeL);
    BigInteger sum = BigInteger.ONE.shiftLeft(55);
    BigInteger least = BigInteger.ONE.shiftLeft(48);
    List<byte[]> texts = new ArrayList<>();
    for (long first = 1; texts.size() < 1 << 14; first++) {
      BigInteger second = sum.subtract(guess.multiply(BigInteger.valueOf(first))).mod(prime);
      if (second.bitLength() <= 55 && second.compareTo(least) > 0) { // one in 64 is seven bytes long
        texts.add(ByteBuffer.allocate(16).putLong(first << 8).put(7, second.toByteArray()).array());
      }
    }
    int shortest = texts.size();
    for (int run = 0; run < 3; run++) {
      Dictionary dictionary = new Dictionary();
      for (int i = 0; i < texts.size(); i++) {
        assertEquals(-1, dictionary.code(texts.get(i), 0, 14));
        assertEquals(i, dictionary.add(texts.get(i), 0, 14));
      }
      shortest = Math.min(shortest, longestSearch(dictionary));
    }
    assertTrue(shortest < 400, "with one hash for all it is " + texts.size());
  }

  /** Also those of zeros, and of one byte more. */
  @Test
  void eachTextIsFoundByItsBytesAndLength() {
    Dictionary dictionary = new Dictionary();
    int size = 0;
    for (int length = 0; length < 50; length++) {
      for (byte last : new byte[] {0, 1, -1}) {
        byte[] text = new byte[length + 1];
        text[length] = last;
        assertEquals(-1, dictionary.code(text, 0, length + 1));
        assertEquals(size, dictionary.add(text, 0, length + 1));
        assertEquals(size, dictionary.code(text, 0, length + 1));
        size++;
      }
    }
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

  private static int code(Dictionary dictionary, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return dictionary.code(bytes, 0, bytes.length);
  }

  private static int add(Dictionary dictionary, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return dictionary.add(bytes, 0, bytes.length);
  }
}
