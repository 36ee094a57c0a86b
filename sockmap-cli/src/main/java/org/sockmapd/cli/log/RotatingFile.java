package org.sockmapd.cli.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A file that is appended to, and opened anew when it was moved away or removed. When that fails
 * (root was given up, and the folder is root's) the old one is written on. Safe for use by many
 * threads.
 */
final class RotatingFile implements WritableByteChannel {
  private static final FileAttribute<Set<PosixFilePermission>> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

  private final Path path;
  private final Consumer<? super IOException> stuck;
  private FileChannel channel;
  private Optional<Object> identity;
  private boolean reportedStuck;

  /**
   * Opens the file, making it with mode 0640 if it is not there.
   *
   * @param followsLinks whether it may be a symbolic link, when it is opened now; later on, the
   *     process has the rights of who could have made one
   * @param stuck hears, once, that a file that was moved away cannot be opened anew
   */
  RotatingFile(Path path, boolean followsLinks, Consumer<? super IOException> stuck)
      throws IOException {
    this.path = path;
    this.stuck = stuck;
    this.channel =
        followsLinks
            ? open(path)
            : FileChannel.open(path, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    this.identity = identity(path);
  }

  Path path() {
    return path;
  }

  @Override
  public synchronized int write(ByteBuffer lines) throws IOException {
    if (movedAway()) {
      tryToReopen();
    }
    return channel.write(lines);
  }

  /** Opens the file anew. When this fails, the old one stays open. */
  synchronized void reopen() throws IOException {
    FileChannel old = channel;
    channel = open(path);
    identity = identity(path);
    reportedStuck = false;
    old.close();
  }

  @Override
  public synchronized boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }

  /** Closes the file; an error then says nothing that the writes before did not. */
  void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      stuck.accept(e);
    }
  }

  private void tryToReopen() {
    try {
      reopen();
    } catch (IOException e) {
      if (!reportedStuck) {
        reportedStuck = true;
        stuck.accept(e);
      }
    }
  }

  private boolean movedAway() {
    try {
      return !identity(path).equals(identity);
    } catch (IOException e) {
      // The folder cannot be entered since root was given up, but what is open can be written.
      return false;
    }
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), MODE);
  }

  /** The device and number of the file that has the name now; empty when none has it. */
  private static Optional<Object> identity(Path path) throws IOException {
    try {
      return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
