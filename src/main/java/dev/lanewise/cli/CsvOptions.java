package dev.lanewise.cli;

import dev.lanewise.data.Csv;
import dev.lanewise.data.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a file of rows is to be read. */
final class CsvOptions {

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      description = "what is between two fields: one character, or tab (a comma; a tab in .tsv)")
  private String delimiter;

  /** The rows of a file, or of standard input where it is {@code -}. */
  Table read(Path file, InputStream standardInput) throws IOException {
    return file.toString().equals("-")
        ? options(Csv.of("standard input", standardInput)).read()
        : options(Csv.of(file)).read();
  }

  private Csv options(Csv csv) {
    if (delimiter == null) {
      return csv;
    }
    if (delimiter.equals("tab")) {
      return csv.delimiter('\t');
    }
    if (delimiter.length() != 1) {
      throw new UsageException("--delimiter is one character or tab, not " + delimiter);
    }
    return csv.delimiter(delimiter.charAt(0));
  }
}
