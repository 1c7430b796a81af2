package dev.lanewise.cli;

import dev.lanewise.data.Csv;
import dev.lanewise.data.Table;
import dev.lanewise.file.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** How a file of rows is to be read. */
final class CsvOptions {

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      description = "what is between two fields: one character, or tab (a comma; a tab in .tsv)")
  private String delimiter;

  @Option(
      names = "--missing",
      paramLabel = "TEXT[,TEXT...]",
      description = "texts that mean a missing value, instead of the usual ones: nothing, NaN, NA, N/A, null and the like")
  private List<String> missing;

  /** What reads the rows: {@link Csv#read}, which finds out what columns hold, or a preprocessor, which knows it. */
  interface Reader {
    Table read(Csv csv) throws IOException;
  }

  /**
   * The rows of a file, or of standard input where it is {@code -}.
   *
   * @throws IOException in one sentence that names the file: what the JDK says often is nothing but the name
   */
  Table read(Path file, InputStream standardInput, Reader reader) throws IOException {
    boolean isStandardInput = file.toString().equals("-");
    String name = isStandardInput ? "standard input" : file.toString();
    Csv csv = missing(delimiter(isStandardInput ? Csv.of(name, new LeftOpen(standardInput)) : Csv.of(file)))
        .limit(Long.MAX_VALUE); // who names a file wants all of it
    try {
      return reader.read(csv);
    } catch (IOException e) {
      throw new IOException("cannot read " + name + ": " + Reason.of(e), e);
    }
  }

  private Csv missing(Csv csv) {
    return missing == null ? csv : csv.missing(Lists.of("--missing", missing).toArray(String[]::new));
  }

  private Csv delimiter(Csv csv) {
    if (delimiter == null) {
      return csv;
    }
    if (delimiter.equals("tab")) {
      return csv.delimiter('\t');
    }
    if (delimiter.length() != 1) {
      throw new UsageException("--delimiter is one character or tab, not " + delimiter);
    }
    try {
      return csv.delimiter(delimiter.charAt(0));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--delimiter is an ASCII character that is in no number or name, and no quote, not " + delimiter);
    }
  }

  /**
   * Standard input, which is not ours to close: where a program is started without one, its number may be that of a file that the JVM
   * has opened, and that it cannot do without.
   */
  private static final class LeftOpen extends FilterInputStream {
    LeftOpen(InputStream standardInput) {
      super(standardInput);
    }

    @Override
    public void close() {}
  }
}
