package org.sockmapd.cli.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells where standard error goes. Java knows it of standard input and output only. */
public final class Terminal {
  private Terminal() {}

  /**
   * Tells whether a person reads standard error as it is written.
   *
   * @return whether it is a terminal; false also where that cannot be told
   */
  public static boolean isStandardError() {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
