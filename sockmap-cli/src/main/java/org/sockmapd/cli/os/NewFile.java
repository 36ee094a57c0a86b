package org.sockmapd.cli.os;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Makes files for another user, without touching any file that somebody else has put there. */
public final class NewFile {
  // fcntl.h of Linux, on every processor that Java runs on.
  private static final int O_WRONLY = 01;
  private static final int O_CREAT = 0100;
  private static final int O_EXCL = 0200;
  private static final int O_CLOEXEC = 02000000;
  private static final int MODE = 0640;

  private NewFile() {}

  /**
   * Makes an empty file of mode 0640 that belongs to an account. It is given away by its
   * descriptor, so that nothing can take its place meanwhile; a link is not followed.
   *
   * @param path where; nothing may be there
   * @param account whose it is to be
   * @throws IOException if it cannot be made, or something is there
   */
  public static void make(Path path, Account account) throws IOException {
    try {
      int descriptor = LibC.open(path.toString(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, MODE);
      try {
        LibC.fchown(descriptor, account.uid(), account.gid());
      } finally {
        LibC.close(descriptor);
      }
    } catch (LastErrorException e) {
      throw new FileSystemException(path.toString(), null, "error " + e.getErrorCode());
    }
  }
}
