package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * How to read a file of rows of fields, CSV or TSV, plain or gzip: an immutable value. Each method with an argument gives a
 * new one and leaves this one as it is.
 *
 * <pre>
 *   Table iris = Csv.of(Path.of("iris.csv")).read();
 * </pre>
 *
 * <p>The text is UTF-8, with or without a byte order mark. Lines end with LF, CRLF or CR, the last one perhaps with nothing;
 * blank lines, empty or of spaces and tabs that are no delimiter, are left out, also where a row has a single field: a missing one is
 * written there, as {@code NA} or {@code ""}.
 * Fields may be in quotes and then hold delimiters, line ends and doubled quotes
 * (<a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>); files that have such fields are read by FastCSV, an
 * optional dependency: {@code de.siegmar:fastcsv:4.4.0}.
 *
 * <p>A field is missing if it is empty, {@code NaN}, {@code nan}, {@code NA}, {@code N/A}, {@code n/a}, {@code #N/A}, {@code <NA>}, {@code
 * null} or {@code NULL}, unless {@link #missing} says what is. A column whose other fields are all decimal numbers holds numbers, each
 * rounded to the nearest float; any other column holds text.
 */
@CheckReturnValue
public final class Csv {

  /** Where the caller has said nothing of a limit. */
  private static final long NO_LIMIT = -1;

  private static final String NO_DELIMITERS = ".+-\n\r";

  private final Path path;
  private final String name;
  private final InputStream stream;
  private char delimiter;
  private char quote = '"';
  private boolean header = true;
  private List<String> names = List.of();
  private MissingValues missing = MissingValues.USUAL;
  private Set<String> numericColumns = Set.of();
  private Set<String> textColumns = Set.of();
  private Set<String> ignoredColumns = Set.of();
  private Consumer<String> onRounding;
  private long limit = NO_LIMIT;

  private Csv(Path path, String name, InputStream stream) {
    this.path = path;
    this.name = name;
    this.stream = stream;
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    this.delimiter = plain.endsWith(".tsv") || plain.endsWith(".tab") ? '\t' : ',';
  }

  private Csv(Csv from) {
    path = from.path;
    name = from.name;
    stream = from.stream;
    delimiter = from.delimiter;
    quote = from.quote;
    header = from.header;
    names = from.names;
    missing = from.missing;
    numericColumns = from.numericColumns;
    textColumns = from.textColumns;
    ignoredColumns = from.ignoredColumns;
    onRounding = from.onRounding;
    limit = from.limit;
  }

  /** A file; fields are between commas, or between tabs if its name ends in {@code .tsv}, {@code .tab} or those and {@code .gz}. */
  public static Csv of(Path file) {
    return new Csv(file, file.toString(), null);
  }

  /**
   * What a stream gives, which is read once and then closed. Since it cannot be read again, a column is refused if text follows
   * its first 100 rows of numbers, or as many as the first MiB holds: {@link #textColumns} says it beforehand.
   *
   * @param name what messages call it, {@code "standard input"} for instance
   */
  public static Csv of(String name, InputStream stream) {
    return new Csv(null, name, Objects.requireNonNull(stream, "stream"));
  }

  /**
   * What is between two fields.
   *
   * @throws IllegalArgumentException if it is a letter, a digit, a point, a sign, the quote, the end of a line or not ASCII
   */
  public Csv delimiter(char delimiter) {
    Csv csv = new Csv(this);
    csv.delimiter = delimiter;
    return csv.checked();
  }

  /**
   * What is around a field that holds delimiters or line ends; within such a field it is doubled.
   *
   * @throws IllegalArgumentException if it is a letter, a digit, a point, a sign, the delimiter, the end of a line or not ASCII
   */
  public Csv quote(char quote) {
    Csv csv = new Csv(this);
    csv.quote = quote;
    return csv.checked();
  }

  private Csv checked() {
    for (char c : new char[] {delimiter, quote}) {
      if (c == 0 || c > 126 || Character.isLetterOrDigit(c) || NO_DELIMITERS.indexOf(c) >= 0 || delimiter == quote) {
        throw new IllegalArgumentException(
            Message.of(
                "the delimiter U+%04X and the quote U+%04X must be two ASCII characters that are in no number or name",
                (int) delimiter, (int) quote));
      }
    }
    return this;
  }

  /**
   * That the first row holds no names. They are these; or {@code "0"}, {@code "1"} and so on if none are given.
   *
   * @throws IllegalArgumentException if a name is given twice
   */
  public Csv withoutHeader(String... names) {
    Csv csv = new Csv(this);
    csv.header = false;
    csv.names = List.of(names);
    if (distinct(names).size() < names.length) {
      throw new IllegalArgumentException("names of columns must differ, but are " + Quoted.list(csv.names));
    }
    return csv;
  }

  /** In order: names that all have one hash, as a file of somebody else's may have, are no slower than others. */
  private static Set<String> distinct(String... names) {
    return Collections.unmodifiableSet(new TreeSet<>(Arrays.asList(names)));
  }

  /**
   * The texts that stand for a missing value, instead of the usual ones. Spaces around them do not matter. They may be numbers, and
   * are compared as text: {@code -999} is not {@code -999.0}.
   */
  public Csv missing(String... texts) {
    Csv csv = new Csv(this);
    csv.missing = MissingValues.of(texts);
    return csv;
  }

  /** Columns that have to hold numbers: text in them is refused. */
  public Csv numericColumns(String... names) {
    Csv csv = new Csv(this);
    csv.numericColumns = distinct(names);
    return csv;
  }

  /** Columns that hold text even if all of it are numbers, such as the codes of towns; {@link #numericColumns} or not. */
  public Csv textColumns(String... names) {
    Csv csv = new Csv(this);
    csv.textColumns = distinct(names);
    return csv;
  }

  /**
   * Columns to leave out, as if they were not in the file: what they hold is not looked at, be it infinite or no UTF-8, and several
   * of them may have the same name. A file without such a column is refused.
   */
  public Csv ignoreColumns(String... names) {
    Csv csv = new Csv(this);
    csv.ignoredColumns = distinct(names);
    return csv;
  }

  /**
   * Who is told, in one sentence that names the first row and all columns, where a table that was read holds a whole number other than
   * that of the file: from 2^24 on, several whole numbers are the same float. Nobody is told unless this is called, nor where the file
   * is read a table of some rows at a time.
   */
  public Csv onRounding(Consumer<String> listener) {
    Csv csv = new Csv(this);
    csv.onRounding = Objects.requireNonNull(listener, "listener");
    return csv;
  }

  /**
   * The most bytes to decode, since a small gzip may hold very many. Unless said otherwise these are 8 GiB where all of the
   * file is kept, and as many as there are where it is streamed.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Csv limit(long bytes) {
    DecodedInput.checkLimit(bytes);
    Csv csv = new Csv(this);
    csv.limit = bytes;
    return csv;
  }

  /**
   * Reads all of it into memory: four bytes for each number or text, each distinct text of a column once, and as much again
   * as the largest column takes.
   *
   * @throws DataException if it is empty or has no row, a row has another number of fields than the header, a column to ignore
   *     is not there or no other is, two others have the same name, a number is infinite, text is not UTF-8, a gzip ends early, or it
   *     holds more than the limit
   * @throws IOException if it cannot be read
   */
  public Table read() throws IOException {
    return TableReader.read(withUsualLimit());
  }

  /** This one, with the usual limit on what is kept if the caller has set none. */
  Csv withUsualLimit() {
    return limit == NO_LIMIT ? limit(DecodedInput.DEFAULT_LIMIT) : this;
  }

  /** The most bytes that are decoded. */
  long mostBytes() {
    return limit == NO_LIMIT ? Long.MAX_VALUE : limit;
  }

  /** Opens it. */
  CsvRows open() throws IOException {
    long most = mostBytes();
    DecodedInput in = path == null ? DecodedInput.of(name, stream, -1, most) : DecodedInput.open(path, most);
    try {
      return new CsvRows(in, delimiter, quote);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Whether it can be opened more than once: a stream cannot, nor a pipe by its path, as {@code /dev/stdin} may be. */
  boolean isReopenable() {
    return path != null && (Files.isRegularFile(path) || cannotBeOpened());
  }

  /** Whether opening it fails even once, with a sentence of its own. */
  private boolean cannotBeOpened() {
    return Files.isDirectory(path) || !Files.exists(path);
  }

  /** Refuses a stream where a file is read in each epoch. */
  void requireFile() {
    if (!isReopenable()) {
      throw new IllegalArgumentException(name + " can be read only once, but a source reads it in each epoch");
    }
  }

  /** What messages call it. */
  String name() {
    return name;
  }

  boolean hasHeader() {
    return header;
  }

  /** The names of the columns where there is no header; none for numbers. */
  List<String> names() {
    return names;
  }

  MissingValues missingValues() {
    return missing;
  }

  Set<String> declaredNumeric() {
    return numericColumns;
  }

  Set<String> declaredText() {
    return textColumns;
  }

  /** Null where nobody is. */
  Consumer<String> roundingListener() {
    return onRounding;
  }

  Set<String> ignoredColumns() {
    return ignoredColumns;
  }
}
