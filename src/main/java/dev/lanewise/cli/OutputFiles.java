package dev.lanewise.cli;

import dev.lanewise.RunFile;
import dev.lanewise.file.AtomicFile;
import dev.lanewise.io.ModelFile;
import dev.lanewise.io.ModelHeader;
import dev.lanewise.text.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files that {@code train} writes. What would go wrong with them is said before hours of training, not after them; and nothing
 * but a model is written over.
 *
 * @param out where the model is saved, or null
 * @param checkpoint where the run is saved, or null
 * @param resume the run to go on with, or null
 */
record OutputFiles(Path out, Path checkpoint, Path resume) {

  /**
   * Refuses files that cannot be written, or must not be.
   *
   * @param data the file of the rows
   * @param validation what --validation says, be it a file or not, or null
   */
  void check(Path data, String validation) throws IOException {
    requireReplaceable("--out", out, data, validation);
    requireReplaceable("--checkpoint", checkpoint, data, validation);
    requireNotOut("--checkpoint", checkpoint);
    requireNotOut("--resume", resume);
    requireNoOtherRun("--out", out);
    requireNoOtherRun("--checkpoint", checkpoint);
  }

  private static void requireReplaceable(String option, Path file, Path data, String validation) throws IOException {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UsageException(option + " " + file + ": there is no folder " + folder);
    }
    if (Files.isDirectory(file)) {
      throw new UsageException(option + " " + file + ": it is a folder, not a file");
    }
    if (isSame(file, data)) {
      throw new UsageException(option + " " + file + " is the file of the rows: the model would replace it");
    }
    if (validation != null && isSame(file, Arguments.file("--validation", validation))) {
      throw new UsageException(option + " " + file + " is the file of the validation rows: the model would replace it");
    }
    ModelFile.requireWritable(file);
    if (isThere(file) && !ModelFile.isModel(file)) {
      throw new UsageException(option + " " + file + " is there already and is not a Lanewise model, so it is not replaced");
    }
  }

  /** An empty one is as good as none. */
  private static boolean isThere(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
  }

  /** The model is saved last, and holds no run to go on with. */
  private void requireNotOut(String option, Path run) throws IOException {
    if (out != null && run != null && isSame(out, run)) {
      throw new UsageException("--out " + out + " is the file of " + option + ": the model would replace the run");
    }
  }

  /** Days of training may be in it, of which the first epoch, or the model, would leave nothing. */
  private void requireNoOtherRun(String option, Path file) throws IOException {
    boolean goesOn = file != null && resume != null && isSame(file, resume);
    if (file != null && isThere(file) && !goesOn && RunFile.isIn(ModelHeader.read(file))) {
      throw new UsageException(
          option + " " + file + " holds another run already: --resume " + file + " goes on with it; or delete it first");
    }
  }

  /**
   * What a fit that ended in an exception has left, as the end of a sentence.
   *
   * @param hasSaved whether it has saved its checkpoint
   */
  String left(boolean hasSaved) throws IOException {
    return checkpoint != null && (hasSaved || goesOnInItsFile())
        ? Message.of("the checkpoint %s is of epoch %d", checkpoint, RunFile.read(checkpoint).epochs())
        : "nothing was saved";
  }

  /** Whether the run that is resumed is saved where it came from. */
  private boolean goesOnInItsFile() throws IOException {
    return checkpoint != null && resume != null && isSame(checkpoint, resume);
  }

  /** Whether two names are those of one file, also of one that is not there yet. */
  private static boolean isSame(Path one, Path other) throws IOException {
    boolean areThere = Files.exists(one) && Files.exists(other);
    return areThere ? Files.isSameFile(one, other) : located(one).equals(located(other));
  }

  /** Where it is or would be: a link to what is not there yet stands for that, as it does when it is written to. */
  private static Path located(Path file) throws IOException {
    Path whole;
    try {
      whole = AtomicFile.followed(file);
    } catch (IOException e) { // a circle of links, which whoever opens it complains of
      whole = file.toAbsolutePath();
    }
    Path folder = whole.getParent();
    return folder != null && Files.isDirectory(folder) ? folder.toRealPath().resolve(whole.getFileName()) : whole.normalize();
  }
}
