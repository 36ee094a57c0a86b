package org.sockmapd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Directories that cost seconds to make (a server unpacked, its data initialised) and are made once
 * for all test runs of one user, under {@code java.io.tmpdir}.
 */
final class PreparedDirectory {

  /** Fills a new, empty directory. */
  interface Preparation {
    void fill(Path directory) throws IOException;
  }

  private PreparedDirectory() {}

  /**
   * The directory of that name, filled before it is returned. Safe among threads and among
   * processes.
   */
  static synchronized Path named(String name, Preparation preparation) {
    try {
      Path directory = base().resolve(name);
      return Files.isDirectory(directory) ? directory : prepare(directory, preparation);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + name, e);
    }
  }

  private static Path prepare(Path directory, Preparation preparation) throws IOException {
    Path lockFile = directory.resolveSibling(directory.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.isDirectory(directory)) {
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".unfinished");
        Directories.deleteTree(unfinished);
        preparation.fill(Files.createDirectory(unfinished));
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return directory;
  }

  private static Path base() throws IOException {
    String user = System.getProperty("user.name");
    Path base = Path.of(System.getProperty("java.io.tmpdir"), "sockmapd-testing-" + user);
    if (!Files.isDirectory(base)) {
      Files.createDirectories(
          base, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (!Files.getOwner(base).getName().equals(user)) {
      throw new IOException(base + " belongs to " + Files.getOwner(base));
    }
    return base;
  }
}
