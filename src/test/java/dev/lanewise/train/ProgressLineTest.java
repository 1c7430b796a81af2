package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private static Epoch epoch(int number, double loss, double seconds, double validationLoss, double accuracy) {
    return new Epoch(number, loss, seconds, 41_250.4, 0.01, validationLoss, accuracy);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void aLineAnEpoch() {
    ProgressLine line = ProgressLine.to(out, 100);
    line.onEpoch(epoch(1, 0.5, 2, Double.NaN, Double.NaN));
    line.onEpoch(epoch(2, 0.25, 4, 0.75, Double.NaN));
    line.onEpoch(epoch(100, 0.125, 0, 0.5, 0.9333));
    line.end();
    assertEquals(
        """
        epoch   1/100  loss 0.5000  41,250 rows/s  3:18 left
        epoch   2/100  loss 0.2500  validation 0.7500  41,250 rows/s  4:54 left
        epoch 100/100  loss 0.1250  validation 0.5000, accuracy 0.9333  41,250 rows/s  0:00 left
        """,
        text());
  }

  /** A resumed run begins somewhere else; the mean is of the epochs that were seen. */
  @Test
  void whatIsLeftOfAResumedRun() {
    ProgressLine.to(out, 10).onEpoch(epoch(8, 1, 30, Double.NaN, Double.NaN));
    assertEquals("epoch  8/10  loss 1.0000  41,250 rows/s  1:00 left\n", text());
  }

  /** A fit is a value and used again, with its callbacks: also after the first epoch, which a time limit may end. */
  @Test
  void whatIsLeftOfASecondFit() {
    ProgressLine line = ProgressLine.to(out, 2);
    line.onEpoch(epoch(1, 1, 600, Double.NaN, Double.NaN));
    line.onEpoch(epoch(2, 1, 600, Double.NaN, Double.NaN));
    bytes.reset();
    line.onEpoch(epoch(1, 1, 30, Double.NaN, Double.NaN));
    line.onEpoch(epoch(1, 1, 40, Double.NaN, Double.NaN));
    assertEquals(
        """
        epoch 1/2  loss 1.0000  41,250 rows/s  0:30 left
        epoch 1/2  loss 1.0000  41,250 rows/s  0:40 left
        """,
        text());
  }

  /** The mean is of all epochs of the second fit, though the first came further. */
  @Test
  void whatIsLeftInAllEpochsOfASecondFit() {
    ProgressLine line = ProgressLine.to(out, 3);
    for (int number = 1; number <= 3; number++) {
      line.onEpoch(epoch(number, 1, 600, Double.NaN, Double.NaN));
    }
    bytes.reset();
    line.onEpoch(epoch(1, 1, 30, Double.NaN, Double.NaN));
    line.onEpoch(epoch(2, 1, 10, Double.NaN, Double.NaN));
    assertEquals(
        """
        epoch 1/3  loss 1.0000  41,250 rows/s  1:00 left
        epoch 2/3  loss 1.0000  41,250 rows/s  0:20 left
        """,
        text());
  }

  /** As of epochs that a program trains one by one. */
  @Test
  void moreThanWereThoughtOf() {
    ProgressLine.to(out, 1).onEpoch(epoch(3, 1, 30, 0.5, Double.NaN));
    assertEquals("epoch 3  loss 1.0000  validation 0.5000  41,250 rows/s\n", text());
  }

  @Test
  void overTheOneBefore() {
    ProgressLine line = ProgressLine.inPlace(out, 3);
    line.onEpoch(epoch(1, 0.5, 100, Double.NaN, Double.NaN));
    line.onEpoch(epoch(2, 0.5, 0, Double.NaN, Double.NaN));
    line.end();
    assertEquals(
        "\repoch 1/3  loss 0.5000  41,250 rows/s  3:20 left\repoch 2/3  loss 0.5000  41,250 rows/s  0:50 left\n", text());
  }

  /** An open line has no end that would make a stream write it out. */
  @Test
  void isThereBeforeItsEnd() {
    ProgressLine.inPlace(new PrintStream(new BufferedOutputStream(bytes), false, StandardCharsets.UTF_8), 3)
        .onEpoch(epoch(1, 0.5, 100, Double.NaN, Double.NaN));
    assertEquals("\repoch 1/3  loss 0.5000  41,250 rows/s  3:20 left", text());
  }

  /** Of a longer line nothing is left behind, and a line that has ended is not ended again. */
  @Test
  void overALongerOneUntilTheLast() {
    ProgressLine line = ProgressLine.inPlace(out, 2);
    line.end();
    line.onEpoch(epoch(1, 0.5, 600.5, Double.NaN, Double.NaN));
    line.onEpoch(epoch(2, 0.5, 0, Double.NaN, Double.NaN));
    line.end();
    assertEquals(
        "\repoch 1/2  loss 0.5000  41,250 rows/s  10:01 left\repoch 2/2  loss 0.5000  41,250 rows/s  0:00 left \n", text());
  }

  /** What comes between two epochs takes its time, too. */
  @Test
  void validationCounts() throws InterruptedException {
    ProgressLine line = ProgressLine.to(out, 1000);
    line.onEpoch(epoch(1, 1, 0, Double.NaN, Double.NaN));
    Thread.sleep(30);
    line.onEpoch(epoch(2, 1, 0.001, Double.NaN, Double.NaN));
    Matcher left = Pattern.compile(".*  (\\d+):(\\d\\d) left").matcher(text().lines().toList().getLast());
    assertTrue(left.matches(), text());
    int seconds = 60 * Integer.parseInt(left.group(1)) + Integer.parseInt(left.group(2));
    assertTrue(seconds >= 14, "998 epochs of 15 ms and more, not of half a millisecond: " + text());
  }

  /** The last line of a fit of more epochs than were thought of is one, too. */
  @Test
  void endsWhatIsWrittenOver() {
    ProgressLine line = ProgressLine.inPlace(out, 1);
    line.onEpoch(epoch(1, 0.5, 1, Double.NaN, Double.NaN));
    line.onEpoch(epoch(2, 0.5, 1, Double.NaN, Double.NaN));
    line.end();
    line.end();
    assertEquals(
        "\repoch 1/1  loss 0.5000  41,250 rows/s  0:00 left\n\repoch 2  loss 0.5000  41,250 rows/s             \n", text());
  }
}
