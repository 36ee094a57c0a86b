package org.sockmapd.bench;

import java.io.Serial;

/** A key file that is none. The message says the line, if it is one line's fault. */
public final class KeyFileException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  KeyFileException(String message) {
    super(message);
  }
}
