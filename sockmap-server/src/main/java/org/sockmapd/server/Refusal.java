package org.sockmapd.server;

/** Why a connection was refused. */
public enum Refusal {
  /** As many connections are open as the server takes. */
  TOO_MANY_CONNECTIONS("too many connections"),
  /** The client has as many connections open as one client may have. */
  TOO_MANY_FROM_CLIENT("too many connections from one client"),
  /** The client's address or user is not among those who may ask. */
  NOT_ALLOWED("not allowed"),
  /** The system has no thread left for the connection. */
  NO_THREAD("no thread for another connection");

  private final String text;

  Refusal(String text) {
    this.text = text;
  }

  /** The reason in words. */
  @Override
  public String toString() {
    return text;
  }
}
