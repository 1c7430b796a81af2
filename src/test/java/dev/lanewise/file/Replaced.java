package dev.lanewise.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** A file that another thread replaces by renaming, as fast as it can, as long as this is open. */
public final class Replaced implements AutoCloseable {

  private static final int ENOUGH = 3000;

  private final Path file;
  private final Path other;

  /** Their names are given to the file in turn: new content would have to be written to the disk each time. */
  private final List<Path> contents = new ArrayList<>();

  private final AtomicInteger times = new AtomicInteger();
  private final CompletableFuture<Void> replacing;
  private volatile boolean closed;
  private int asked;

  /** The file has the first of the contents when this returns, and each of them in turn from then on. */
  public Replaced(Path file, byte[]... contents) throws IOException {
    this.file = file;
    other = file.resolveSibling("other");
    for (byte[] content : contents) {
      this.contents.add(Files.write(file.resolveSibling("content" + this.contents.size()), content));
    }
    replace();
    replacing = CompletableFuture.runAsync(this::run);
  }

  private void run() {
    try {
      while (!closed) {
        replace();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void replace() throws IOException {
    Files.createLink(other, contents.get(times.getAndIncrement() % contents.size()));
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Whether the file has been replaced so often, and read so often if this is asked before each time, that every way of reading it
   * was disturbed; or it cannot be replaced any more.
   */
  public boolean isEnough() {
    return (asked++ >= ENOUGH && times.get() >= ENOUGH) || replacing.isDone();
  }

  /**
   * Ends it.
   *
   * @throws CompletionException if the file could not be replaced
   */
  @Override
  public void close() {
    closed = true;
    replacing.join();
  }
}
