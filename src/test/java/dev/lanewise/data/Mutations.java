package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Good files with seeded damage, and a check that a reader survives them: each is read, or refused with a
 * {@link DataException} or an {@link IOException} in one sentence, within a second and with no more memory than is stated.
 *
 * <pre>
 *   Mutations.of(good).tokens("NaN", "\"").allocatingAtMost(1 &lt;&lt; 20).check(bytes -&gt; read(bytes));
 * </pre>
 *
 * <p>{@code -Dlanewise.test.mutations=1000000} checks as many instead of 20,000. Mutant i is a function of i and the files
 * alone: {@link #mutant} makes again the one that a failure names.
 */
public final class Mutations {

  /** Reads a file, or refuses it. */
  @FunctionalInterface
  public interface Reader {
    /** Reads the bytes of a file. */
    void read(byte[] file) throws IOException;
  }

  private static final int COUNT = Integer.getInteger("lanewise.test.mutations", 20_000);

  /** So many at a time have a thread and a time limit of their own. */
  private static final int SLICE = 200;

  private static final Duration LIMIT_OF_SLICE = Duration.ofMinutes(2);
  private static final long LIMIT_NANOS = 1_000_000_000L;
  private static final int LONGEST_MESSAGE = 500;
  private static final byte[] BYTES = {0, 1, -1, 0x7f, -128, '\n', '\r', ' ', '0', '9', '-', '.'};
  private static final long[] INTS = {0, 1, -1, 0xff, 0x100, 0xffff, 0x10000, 0x7fffffffL, 0x80000000L, 1L << 40};
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final List<byte[]> good;
  private final List<byte[]> tokens;
  private final long mostBytes;

  private Mutations(List<byte[]> good, List<byte[]> tokens, long mostBytes) {
    this.good = good;
    this.tokens = tokens;
    this.mostBytes = mostBytes;
  }

  /** Mutations of those files, which the reader has to accept as they are. */
  public static Mutations of(byte[]... good) {
    return new Mutations(List.of(good), List.of(new byte[] {0}), Long.MAX_VALUE);
  }

  /** Adds pieces that mean something in the format, to be put anywhere. */
  public Mutations tokens(String... pieces) {
    List<byte[]> bytes = Arrays.stream(pieces).map(piece -> piece.getBytes(StandardCharsets.UTF_8)).toList();
    return new Mutations(good, bytes, mostBytes);
  }

  /** How many bytes the reader's thread may allocate for one file. */
  public Mutations allocatingAtMost(long bytes) {
    return new Mutations(good, tokens, bytes);
  }

  /** Reads all of them. Some have to be accepted and some refused: a check in which nothing happens shows nothing. */
  public void check(Reader reader) {
    for (byte[] file : good) {
      assertEquals("", refusal(reader, file), "a good file");
    }
    int[] accepted = new int[1];
    int[] current = new int[1];
    for (int from = 0; from < COUNT; from += SLICE) {
      int first = from;
      assertTimeoutPreemptively(
          LIMIT_OF_SLICE,
          () -> {
            for (current[0] = first; current[0] < Math.min(first + SLICE, COUNT); current[0]++) {
              accepted[0] += check(reader, current[0]) ? 1 : 0;
            }
          },
          () -> "the reader hangs on mutant " + current[0] + " or one soon before it");
    }
    assertTrue(accepted[0] > 0 && accepted[0] < COUNT, () -> accepted[0] + " of " + COUNT + " were accepted");
  }

  /** Whether a mutant was accepted. */
  private boolean check(Reader reader, int index) {
    byte[] file = mutant(index);
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long begin = System.nanoTime();
    String refusal = refusal(reader, file);
    long nanos = System.nanoTime() - begin;
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    if (refusal.length() > LONGEST_MESSAGE || refusal.chars().anyMatch(Character::isISOControl)) {
      fail("mutant " + index + ": the message is not one short sentence: " + refusal);
    }
    if (allocated > mostBytes) {
      fail("mutant " + index + " of " + file.length + " bytes: " + allocated + " bytes were allocated");
    }
    // The machine may have been busy: only one that is slow each time is.
    for (int again = 0; nanos > LIMIT_NANOS; again++) {
      if (again == 5) {
        fail("mutant " + index + " of " + file.length + " bytes takes more than a second");
      }
      begin = System.nanoTime();
      refusal(reader, file);
      nanos = System.nanoTime() - begin;
    }
    return refusal.isEmpty();
  }

  /** The message of what the reader throws, empty if it accepts the file. */
  private static String refusal(Reader reader, byte[] file) {
    try {
      reader.read(file.clone());
      return "";
    } catch (DataException | IOException e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException | Error e) {
      throw new AssertionError("neither read nor refused: " + e + ", of " + file.length + " bytes", e);
    }
  }

  /** One of the files with one to four kinds of damage. */
  public byte[] mutant(int index) {
    SplittableRandom random = new SplittableRandom(index);
    byte[] file = good.get(index % good.size());
    int times = 1 + Integer.numberOfTrailingZeros(random.nextInt() | 8);
    for (int i = 0; i < times; i++) {
      file = damaged(file, random);
    }
    return file;
  }

  private byte[] damaged(byte[] file, SplittableRandom random) {
    int at = random.nextInt(file.length + 1);
    int length = Math.min(file.length - at, 1 << random.nextInt(1, 8));
    byte[] token = tokens.get(random.nextInt(tokens.size()));
    byte[] other = good.get(random.nextInt(good.size()));
    return switch (random.nextInt(10)) {
      case 0 -> overwritten(file, at, at < file.length ? file[at] ^ (1 << random.nextInt(8)) : 0, 1, true);
      case 1 -> overwritten(file, at, random.nextInt(), 1, true);
      case 2 -> overwritten(file, at, BYTES[random.nextInt(BYTES.length)], 1, true);
      case 3 -> overwritten(file, at, INTS[random.nextInt(INTS.length)], 1 << random.nextInt(4), random.nextBoolean());
      case 4 -> replaced(file, at, at + length, new byte[0]);
      case 5 -> replaced(file, at, at, Arrays.copyOfRange(file, at, at + length));
      case 6 -> Arrays.copyOf(file, at);
      case 7 -> replaced(file, at, at, token);
      case 8 -> replaced(file, at, Math.min(file.length, at + token.length), token);
      default -> replaced(file, at, file.length, Arrays.copyOfRange(other, Math.min(at, other.length), other.length));
    };
  }

  /** With a number of so many bytes at an index, the lowest byte first or last. */
  private static byte[] overwritten(byte[] file, int at, long number, int bytes, boolean lowestFirst) {
    byte[] result = file.clone();
    for (int i = 0; i < bytes && at + i < file.length; i++) {
      result[at + i] = (byte) (number >>> (8 * (lowestFirst ? i : bytes - 1 - i)));
    }
    return result;
  }

  private static byte[] replaced(byte[] file, int from, int to, byte[] by) {
    byte[] result = Arrays.copyOf(file, file.length - (to - from) + by.length);
    System.arraycopy(by, 0, result, from, by.length);
    System.arraycopy(file, to, result, from + by.length, file.length - to);
    return result;
  }
}
