package org.sockmapd.cli.postfix;

import org.sockmapd.cli.config.Problem;

/**
 * Something that an import tells.
 *
 * @param kind what it means for the administrator
 * @param problem what it is, and where it comes from
 */
public record ImportNote(Kind kind, Problem problem) {

  /** What a note means. */
  public enum Kind {
    /** Not imported: Postfix goes on to ask it. */
    STAYS,
    /** Imported, with another meaning. */
    CHANGED,
    /** Not carried over, or to be looked at. */
    LOOK
  }
}
