package dev.lanewise.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {

  @ParameterizedTest
  @CsvSource({
      // batch, columns, terms, threads
      "128, 256, 784, 2, true",
      "128, 256, 784, 4, true",
      "128, 256, 784, 1, false", // nobody to share with
      "128, 256, 784, 3, false", // 128, 128 and none
      "255, 256, 784, 2, true",
      "256, 256, 784, 2, false", // the batch is as large
      "128, 256, 255, 2, false", // small weights
      "128, 256, 256, 2, true",
      "64, 80, 1024, 2, false", // 64 and 16
      "64, 112, 1024, 2, false", // 64 and 48
      "64, 128, 1024, 2, true",
      "64, 240, 1024, 2, true", // 128 and 112
      "64, 1000, 1024, 7, false", // 192 for five, 40 for the sixth and none for the last
      "64, 1344, 1024, 7, true"
  })
  void columnsAreDividedWhereAllHaveEnough(int batch, int columns, int terms, int threads, boolean expected) {
    assertEquals(expected, Share.isByColumns(batch, columns, terms, threads));
  }

  /** Every weight is in one share, and shares of columns are whole panels. */
  @Test
  void sharesAreTheWhole() {
    for (int threads = 1; threads <= 9; threads++) {
      for (int n : new int[] {10, 100, 240, 492, 512, 1344}) {
        int[][] owners = new int[300][n];
        for (int index = 0; index < threads; index++) {
          Share.Weights share = Share.Weights.of(Dense.of(300, n, Activation.RELU), 33, index, threads);
          count(share, owners);
          assertTrue(share.isEmpty() || share.fromColumn() % Panels.GROUP == 0, share.toString());
          assertTrue(share.isEmpty() || share.toColumn() == n || share.toColumn() % Panels.GROUP == 0, share.toString());
        }
        for (int[] row : owners) {
          for (int owner : row) {
            assertEquals(1, owner, "of " + n + " columns, on " + threads + " threads");
          }
        }
      }
    }
  }

  private static void count(Share.Weights share, int[][] owners) {
    if (share.isEmpty()) {
      return;
    }
    for (int i = share.fromRow(); i < share.toRow(); i++) {
      for (int j = share.fromColumn(); j < share.toColumn(); j++) {
        owners[i][j]++;
      }
    }
  }
}
