package org.sockmapd.cli;

/**
 * The statuses with which the command ends, in the numbers of sysexits(3), which the mail systems
 * use too.
 */
public final class ExitStatus {
  /** Done; for a query: found. */
  public static final int OK = 0;

  /** A query found nothing, as {@code postmap -q} ends. */
  public static final int NOT_FOUND = 1;

  /** The command line is wrong (EX_USAGE). */
  public static final int USAGE = 64;

  /**
   * The server called the request one that can never be answered, or what was given to read is not
   * what it should be (EX_DATAERR).
   */
  public static final int REFUSED = 65;

  /** A file that is to be read cannot be (EX_NOINPUT). */
  public static final int NO_INPUT = 66;

  /** What is to be listened on is taken or cannot be had (EX_UNAVAILABLE). */
  public static final int UNAVAILABLE = 69;

  /** A defect of this program (EX_SOFTWARE). */
  public static final int INTERNAL = 70;

  /** A file that was to be made cannot be, or is there already (EX_CANTCREAT). */
  public static final int CANNOT_CREATE = 73;

  /** A failure that may pass: a database or a server that does not answer (EX_TEMPFAIL). */
  public static final int TEMPORARY = 75;

  /** A server gave a reply other than the expected one, or none at all (EX_PROTOCOL). */
  public static final int WRONG_REPLY = 76;

  /** Root could not be given up (EX_NOPERM). */
  public static final int NO_PERMISSION = 77;

  /** The configuration is wrong (EX_CONFIG). */
  public static final int CONFIGURATION = 78;

  private ExitStatus() {}
}
