package org.sockmapd.lookup.sql;

/** The table of each driver. */
final class FailureTables {
  /** MySQL Connector/J. */
  static final FailureTable CONNECTOR_J =
      mySqlServers()
          // PacketTooBigException, S1000, says nothing of the connection.
          .driversOwn(FailureKind.KEY, "S1000", "22")
          .driversOwn(FailureKind.NODE, "08")
          .build();

  /** MariaDB Connector/J. */
  static final FailureTable MARIADB_CONNECTOR_J =
      mySqlServers()
          // The driver's word for a connection that is closed. Servers that say it are unheard of.
          .codes(FailureKind.NODE, 1220)
          // A packet that is too big, of which nothing was sent.
          .driversOwn(FailureKind.KEY, "HZ000", "22")
          .driversOwn(FailureKind.NODE, "08")
          .build();

  /** PostgreSQL's pgjdbc, and PgBouncer through it. It knows no codes. */
  static final FailureTable PGJDBC =
      FailureTable.otherwise(FailureKind.KEY)
          // The connection, and an administrator who ends it: shutdown, crash, not yet there, idle.
          .states(FailureKind.NODE, "08", "57P01", "57P02", "57P03", "57P04", "57P05")
          // A pooler's word for all it does not like; mostly that it has no more connections.
          .states(FailureKind.FULL, "08P01", "53300", "53400")
          // Cancelled: by the server's own limit, or by somebody who saw it take too long.
          .states(FailureKind.TIMEOUT, "57014")
          // Read only; a deadlock; out of disk or memory; locked; stopped; the system; a defect;
          // another server behind a foreign table.
          .states(FailureKind.PASSING, "25", "40", "53", "55", "57", "58", "F0", "HV", "XX")
          // A prepared statement that is gone, or that another client of the pooler made.
          .states(FailureKind.SESSION, "26000", "42P05")
          // Not as the query takes it: a missing function, table or right, on every host.
          .states(
              FailureKind.QUERY,
              "",
              "03",
              "0A",
              "0B",
              "0L",
              "0P",
              "24",
              "26",
              "28",
              "2B",
              "2D",
              "34",
              "3B",
              "3D",
              "3F",
              "42")
          // What depends on the key: a value, a CASE without ELSE, rows more than one, a RAISE.
          .states(FailureKind.KEY, "20", "21", "22", "23", "2F", "38", "39", "44", "54", "P0")
          .build();

  /** The Xerial driver of SQLite; by the primary code, without its extension. */
  static final FailureTable SQLITE =
      FailureTable.otherwise(FailureKind.QUERY)
          // SQLITE_BUSY, _LOCKED, _INTERRUPT.
          .codes(FailureKind.TIMEOUT, 5, 6, 9)
          // _PERM, _READONLY (a log that must be replayed first), _IOERR, _CORRUPT, _CANTOPEN,
          // _PROTOCOL, _NOLFS, _AUTH, _FORMAT, _NOTADB.
          .codes(FailureKind.NODE, 3, 8, 10, 11, 14, 15, 22, 23, 24, 26)
          // _INTERNAL, _ABORT, _NOMEM, _FULL, _SCHEMA.
          .codes(FailureKind.PASSING, 2, 4, 7, 13, 17)
          // _TOOBIG, _CONSTRAINT, _MISMATCH.
          .codes(FailureKind.KEY, 18, 19, 20)
          // A value that is not UTF-8; the driver itself has no states.
          .driversOwn(FailureKind.KEY, "22")
          .build();

  private FailureTables() {}

  /** What servers of MySQL and MariaDB send, with their own names for it where they differ. */
  private static FailureTable.Builder mySqlServers() {
    return FailureTable.otherwise(FailureKind.QUERY)
        // Out of the Galera quorum; shutting down; killed; offline; the password has expired, and
        // no statement is let through until there is a new one.
        .codes(FailureKind.NODE, 1047, 1053, 1077, 1078, 1079, 1080, 1927, 3032, 1820, 1862)
        // Network, as the server sees it: aborted, read, write, time-out, and its like.
        .codes(FailureKind.NODE, 1042, 1043, 1081, 1152, 1154, 1155, 1156, 1157)
        .codes(FailureKind.NODE, 1158, 1159, 1160, 1161, 1184, 1189, 1190, 1218)
        // Too many connections: of all, of this account, of this account in an hour.
        .codes(FailureKind.FULL, 1040, 1203, 1226)
        // The time for a statement is over: MySQL's word, MariaDB's word.
        .codes(FailureKind.TIMEOUT, 3024, 1969)
        // A lock not gained, a deadlock, a transaction of the cluster that came first.
        .codes(FailureKind.PASSING, 1205, 1213, 1206, 1207, 1020, 1180, 1412, 1613, 1614, 3572)
        // Somebody cancelled the statement, or a sort of it.
        .codes(FailureKind.PASSING, 1317, 1028)
        // Read only, in every way that a server can be.
        .codes(FailureKind.PASSING, 1290, 1792, 1836, 3100)
        // Out of disk, memory, threads, files: the file system's words 3, 5, 23, 24 and 28 too.
        .codes(FailureKind.PASSING, 3, 5, 23, 24, 28, 1004, 1016, 1021, 1023, 1024, 1026, 1030)
        .codes(FailureKind.PASSING, 1037, 1038, 1041, 1114, 1135)
        // A table that is damaged, or lives on another server that cannot be asked.
        .codes(FailureKind.PASSING, 1034, 1035, 1194, 1195, 1296, 1429, 1430, 1431)
        // A prepared statement that is gone, or must be prepared anew.
        .codes(FailureKind.SESSION, 1243, 1615)
        // Raised by the query itself.
        .codes(FailureKind.KEY, 1642, 1643, 1644)
        // A value that does not fit: a number, a date, text, a pattern, a CASE without ELSE, a
        // function without RETURN, rows more than one, a packet.
        .codes(FailureKind.KEY, 1139, 1153, 1172, 1242, 1264, 1292, 1300, 1301, 1320, 1339)
        .codes(FailureKind.KEY, 1365, 1366, 1367, 1406, 1411, 1690, 3140, 3141, 3143, 3692)
        .states(FailureKind.PASSING, "40", "70100")
        .states(FailureKind.KEY, "01", "02", "20", "21", "22", "2F", "45");
  }
}
