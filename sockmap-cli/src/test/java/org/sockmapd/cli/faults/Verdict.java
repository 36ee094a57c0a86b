package org.sockmapd.cli.faults;

/** What a reply is worth. */
enum Verdict {
  RIGHT,
  TEMP,
  TIMEOUT,
  WRONG
}
