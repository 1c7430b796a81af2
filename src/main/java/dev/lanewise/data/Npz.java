package dev.lanewise.data;

import dev.lanewise.file.AtomicFile;
import dev.lanewise.file.Reason;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Reads and writes NPZ files, NumPy's format of named arrays: a zip with an NPY in each entry, stored or deflated. What
 * {@link Npy} says of an array holds for each of them.
 *
 * <p>An array is read when it is asked for, so that those that cannot be read, of strings for example, may stand
 * beside. Nothing is unpacked to a file; all the same, a zip with names that lead out of a directory is refused.
 */
public final class Npz {

  private static final String SUFFIX = ".npy";

  private final Path file;
  private final long limit;
  private final List<String> names;

  private Npz(Path file, long limit, List<String> names) {
    this.file = file;
    this.limit = limit;
    this.names = names;
  }

  /** {@link #open(Path, long)} with a limit of 8 GiB. */
  public static Npz open(Path file) throws IOException {
    return open(file, DecodedInput.DEFAULT_LIMIT);
  }

  /**
   * Reads which arrays there are. The file is not kept open: it is opened again for each array.
   *
   * @param file NPZ, in the default file system
   * @param limit the most bytes to decode for one array
   * @throws DataException if the file is no zip, two of its entries have the same name, or a name is absolute or
   *     contains {@code ..}
   * @throws IOException if the file cannot be read, or is in another file system, such as within a zip
   */
  public static Npz open(Path file, long limit) throws IOException {
    DecodedInput.checkLimit(limit);
    try (ZipFile zip = zip(file)) {
      return new Npz(file, limit, List.copyOf(arrays(file, zip).keySet()));
    }
  }

  /** The names of the arrays, sorted. */
  public List<String> names() {
    return names;
  }

  /**
   * An array as {@link Npy#matrix(Path, long)} reads it.
   *
   * @throws DataException if there is no array of that name, it is not one of numbers, it is damaged, or it holds more
   *     than the limit
   * @throws IOException if the file cannot be read
   */
  public Matrix matrix(String name) throws IOException {
    return read(name, in -> NpyHeader.read(in).matrix(in));
  }

  /**
   * An array of whole numbers, one a row, as {@link Npy#labels(Path, long)} reads it.
   *
   * @throws DataException if there are several a row, they are not whole or do not fit an int, or for the reasons of
   *     {@link #matrix}
   * @throws IOException if the file cannot be read
   */
  public int[] labels(String name) throws IOException {
    return read(name, in -> NpyHeader.read(in).labels(in));
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(DecodedInput in) throws IOException;
  }

  private <T> T read(String name, Reader<T> reader) throws IOException {
    try (ZipFile zip = zip(file)) {
      ZipEntry entry = arrays(file, zip).get(name);
      if (entry == null) {
        String others = names.isEmpty() ? "none" : Quoted.list(names);
        throw new DataException(Message.of("%s has no array %s; it has %s", file, Quoted.of(name), others));
      }
      return read(zip, entry, name, reader);
    }
  }

  private <T> T read(ZipFile zip, ZipEntry entry, String name, Reader<T> reader) throws IOException {
    String where = file + ", array " + Quoted.of(name);
    CRC32 sum = new CRC32();
    InputStream decoded = new CheckedInputStream(zip.getInputStream(entry), sum);
    try (DecodedInput in = new DecodedInput(where, "zip", decoded, size(entry), limit)) {
      T array = reader.read(in);
      if (sum.getValue() != entry.getCrc()) {
        throw in.bad("it is damaged: its checksum is %08x, but the zip says %08x", sum.getValue(), entry.getCrc());
      }
      return array;
    }
  }

  /**
   * The size of an entry that is nothing but bytes of the file; what a compressed one says of itself need not be true.
   */
  private long size(ZipEntry entry) throws IOException {
    long size = entry.getSize();
    boolean certain =
        entry.getMethod() == ZipEntry.STORED && size == entry.getCompressedSize() && size <= Files.size(file);
    return certain ? size : -1;
  }

  private static ZipFile zip(Path file) throws IOException {
    if (!file.getFileSystem().equals(FileSystems.getDefault())) { // others have no files that the JDK takes for zips
      throw new IOException(file + ": an NPZ is read from the default file system alone: copy the file there");
    }
    try {
      return new ZipFile(file.toFile());
    } catch (EOFException | ZipException e) {
      throw noZip(file, e);
    }
  }

  /** What to throw when a file cannot be taken for a zip. */
  static DataException noZip(Path file, IOException e) {
    return new DataException(Message.of("%s: it is no NPZ file: %s", file, Reason.of(e)), e);
  }

  /** The entries that hold arrays, by the names of these; all entries are checked. */
  private static SortedMap<String, ZipEntry> arrays(Path file, ZipFile zip) {
    SortedMap<String, ZipEntry> arrays = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (leadsOutside(name)) {
        throw new DataException(
            Message.of("%s: the name of entry %s is absolute or contains \"..\"", file, Quoted.of(name)));
      }
      if (!seen.add(name)) {
        throw new DataException(Message.of("%s: two entries have the name %s", file, Quoted.of(name)));
      }
      if (name.endsWith(SUFFIX)) {
        arrays.put(name.substring(0, name.length() - SUFFIX.length()), entry);
      }
    }
    return arrays;
  }

  private static boolean leadsOutside(String name) {
    return name.startsWith("/")
        || name.startsWith("\\")
        || name.matches("(?s)[A-Za-z]:[/\\\\].*")
        || Arrays.asList(name.split("[/\\\\]")).contains("..");
  }

  /** Collects arrays for a file: {@code new Npz.Writer().add("x", x).add("y", labels).write(file)}. */
  public static final class Writer {

    /** A date on which no file depends, so that the same arrays make the same bytes. */
    private static final LocalDateTime NO_DATE = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final Map<String, AtomicFile.Content> arrays = new LinkedHashMap<>();

    /** A writer of a file without arrays. */
    public Writer() {}

    /**
     * Adds a matrix, to be written as float32 of rows × columns: what it holds then.
     *
     * @throws IllegalArgumentException if the name is empty, absolute, contains {@code ..} or is there already
     */
    public Writer add(String name, Matrix matrix) {
      return put(name, out -> NpyWriter.write(out, matrix));
    }

    /**
     * Adds labels, to be written as int32 in one dimension: what the array holds then.
     *
     * @throws IllegalArgumentException if the name is empty, absolute, contains {@code ..} or is there already
     */
    public Writer add(String name, int... labels) {
      return put(name, out -> NpyWriter.write(out, labels));
    }

    private Writer put(String name, AtomicFile.Content array) {
      if (name.isEmpty() || leadsOutside(name + SUFFIX)) {
        throw new IllegalArgumentException(Quoted.of(name) + " cannot be the name of an array");
      }
      if (arrays.putIfAbsent(name, array) != null) {
        throw new IllegalArgumentException("there is an array " + Quoted.of(name) + " already");
      }
      return this;
    }

    /**
     * Writes the arrays in the order in which they were added, deflated. The file is replaced as a whole, or stays as
     * it was.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
      AtomicFile.save(file, this::writeTo);
    }

    private void writeTo(OutputStream out) throws IOException {
      try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(new StaysOpen(out)))) { // or its memory would be kept
        zip.setLevel(Deflater.BEST_SPEED);
        for (Map.Entry<String, AtomicFile.Content> array : arrays.entrySet()) {
          ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
          entry.setTimeLocal(NO_DATE);
          zip.putNextEntry(entry);
          array.getValue().writeTo(zip);
          zip.closeEntry();
        }
      }
    }

    /** A stream that has a use after what is written to it is closed. */
    private static final class StaysOpen extends FilterOutputStream {
      StaysOpen(OutputStream out) {
        super(out);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    }
  }
}
