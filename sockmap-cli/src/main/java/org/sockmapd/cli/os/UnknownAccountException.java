package org.sockmapd.cli.os;

/** A user or group that a configuration names and the system does not know. */
public final class UnknownAccountException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownAccountException(String setting, String problem) {
    super("sysconfig." + setting + ": " + problem);
  }
}
