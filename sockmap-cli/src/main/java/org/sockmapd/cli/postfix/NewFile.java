package org.sockmapd.cli.postfix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is made whole or not at all, and does not take the place of another one unless that
 * is wanted.
 *
 * @param secret whether its owner alone may read it
 */
public record NewFile(Path path, String text, boolean secret) {

  /**
   * Tells whether the file is there already and says something else.
   *
   * @return true when writing it would lose something
   * @throws IOException if it cannot be read
   */
  public boolean wouldReplace() throws IOException {
    return Files.exists(path) && !Files.readString(path).equals(text);
  }

  /**
   * Writes the file.
   *
   * @param replace whether it may take the place of another one
   * @throws FileAlreadyExistsException if it may not and there is one that says something else
   * @throws IOException if it cannot be written
   */
  public void write(boolean replace) throws IOException {
    this.<RuntimeException>write(replace, draft -> {});
  }

  /**
   * Says whether a file is right before it gets its name.
   *
   * @param <E> what it throws when it is not
   */
  @FunctionalInterface
  public interface Check<E extends Exception> {
    /**
     * Checks a file.
     *
     * @param draft the file, beside where it is to be
     * @throws E if it is not right
     */
    void accept(Path draft) throws E;
  }

  /**
   * Writes the file if it is right.
   *
   * @param replace whether it may take the place of another one
   * @param <E> what the check throws
   * @param check is asked of the whole file; if it throws, nothing is left behind
   * @throws FileAlreadyExistsException if it may not and there is one that says something else
   * @throws IOException if it cannot be written
   * @throws E what the check throws
   */
  public <E extends Exception> void write(boolean replace, Check<E> check) throws IOException, E {
    if (!replace && wouldReplace()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    Path directory = path.toAbsolutePath().getParent();
    // Under its name only when it is whole; its rights are there from the beginning.
    Path draft = Files.createTempFile(directory, ".sockmapd-", ".new", rights());
    try {
      Files.writeString(draft, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
      check.accept(draft);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private FileAttribute<?> rights() {
    return PosixFilePermissions.asFileAttribute(
        PosixFilePermissions.fromString(secret ? "rw-------" : "rw-r--r--"));
  }
}
