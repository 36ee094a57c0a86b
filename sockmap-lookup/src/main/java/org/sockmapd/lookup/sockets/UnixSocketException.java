package org.sockmapd.lookup.sockets;

import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A UNIX socket that cannot be connected to. The message is its path. */
public final class UnixSocketException extends ConnectException {
  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why it cannot. */
  public enum Reason {
    /** There is no such file. */
    ABSENT,
    /** This user may not use it, or not enter a folder on the way to it. */
    FORBIDDEN,
    /** The file is there, and nobody listens. */
    UNHEARD,
    /** Something else. */
    OTHER
  }

  UnixSocketException(Path path, Reason reason, IOException cause) {
    super(path.toString());
    this.reason = reason;
    addSuppressed(cause);
  }

  /** Tells what the system's exceptions leave to their text. */
  static UnixSocketException of(Path path, IOException failure) {
    return new UnixSocketException(path, reason(path, failure), failure);
  }

  private static Reason reason(Path path, IOException failure) {
    try {
      var unused = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Reason.ABSENT;
    } catch (AccessDeniedException e) {
      return Reason.FORBIDDEN;
    } catch (IOException e) {
      return Reason.OTHER;
    }
    if (failure instanceof ConnectException) {
      return Reason.UNHEARD;
    }
    return Files.isWritable(path) ? Reason.OTHER : Reason.FORBIDDEN;
  }

  /**
   * Returns why.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
