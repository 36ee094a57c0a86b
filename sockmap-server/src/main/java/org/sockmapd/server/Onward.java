package org.sockmapd.server;

/** How a connection goes on. */
enum Onward {
  /** It has come to its end. */
  NOT,
  /** With the thread that it has. */
  HERE,
  /** With a virtual thread. */
  VIRTUALLY,
  /** In an event loop, with others. */
  IN_LOOP
}
