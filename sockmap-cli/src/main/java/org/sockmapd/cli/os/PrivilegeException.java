package org.sockmapd.cli.os;

/** Root could not be given up, or not for certain. */
public final class PrivilegeException extends Exception {
  private static final long serialVersionUID = 1L;

  PrivilegeException(String problem) {
    super(problem);
  }
}
