package org.sockmapd.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** Tells who can read a file. */
final class FileSecrecy {
  private FileSecrecy() {}

  /** False as well for a file that cannot be looked at; reading it says why. */
  static boolean readableByEverybody(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
