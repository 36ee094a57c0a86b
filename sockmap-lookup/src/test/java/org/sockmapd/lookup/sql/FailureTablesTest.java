package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of each driver's table: a failure as that driver reports it, and what it says. */
class FailureTablesTest {
  private static final Map<String, FailureTable> TABLES =
      Map.of(
          "Connector/J", FailureTables.CONNECTOR_J,
          "MariaDB Connector/J", FailureTables.MARIADB_CONNECTOR_J,
          "pgjdbc", FailureTables.PGJDBC,
          "SQLite", FailureTables.SQLITE);

  /** What both drivers of MySQL hear from servers: code, SQLSTATE, what it says, what it is. */
  private static final String MYSQL_SERVERS =
      """
      1040 08004 FULL    too many connections
      1203 42000 FULL    max_user_connections of all accounts
      1226 42000 FULL    max_user_connections or max_queries_per_hour of the account
      1042 08S01 NODE    bad host
      1043 08S01 NODE    bad handshake
      1047 08S01 NODE    out of the Galera quorum
      1053 08S01 NODE    shutdown in progress
      1077 HY000 NODE    normal shutdown
      1078 HY000 NODE    got a signal
      1079 HY000 NODE    shutdown complete
      1080 08S01 NODE    forced to close
      1081 08S01 NODE    no socket
      1152 08S01 NODE    connection aborted
      1154 08S01 NODE    reading from a pipe
      1155 08S01 NODE    fcntl failed
      1156 08S01 NODE    packets out of order
      1157 08S01 NODE    packet cannot be uncompressed
      1158 08S01 NODE    error while reading
      1159 08S01 NODE    time-out while reading
      1160 08S01 NODE    error while writing
      1161 08S01 NODE    time-out while writing
      1184 08S01 NODE    new connection aborted
      1189 08S01 NODE    net read error from the primary
      1190 08S01 NODE    net write error to the primary
      1218 08S01 NODE    connecting to the primary failed
      1820 HY000 NODE    password expired, and must be changed first
      1862 HY000 NODE    password expired, and the connection refused
      1927 70100 NODE    connection killed, by MariaDB
      3032 HY000 NODE    offline mode
      1969 70100 TIMEOUT max_statement_time, by MariaDB
      3024 HY000 TIMEOUT max_execution_time, by MySQL
      1020 HY000 PASSING row changed since it was read
      1180 HY000 PASSING error at commit
      1205 HY000 PASSING lock wait timeout
      1206 HY000 PASSING too many locks
      1207 25000 PASSING no update locks while reading
      1213 40001 PASSING deadlock
      1412 HY000 PASSING table changed since the snapshot
      1613 XA106 PASSING rolled back for the time it took
      1614 XA102 PASSING rolled back for a deadlock
      3572 HY000 PASSING NOWAIT
      1028 HY000 PASSING sort aborted
      1317 70100 PASSING cancelled by KILL QUERY
      1290 HY000 PASSING --read-only
      1792 25006 PASSING read-only transaction
      1836 HY000 PASSING read-only mode
      3100 HY000 PASSING cancelled by a plugin, as of a group without majority
      3    HY000 PASSING error writing a file
      5    HY000 PASSING out of memory
      23   HY000 PASSING too many files of the system
      24   HY000 PASSING too many files
      28   HY000 PASSING no space left
      1004 HY000 PASSING cannot create a file
      1016 HY000 PASSING cannot open a file
      1021 HY000 PASSING disk full
      1023 HY000 PASSING error on close
      1024 HY000 PASSING error on read
      1026 HY000 PASSING error on write
      1030 HY000 PASSING error of the storage engine
      1037 HY001 PASSING out of memory
      1038 HY001 PASSING out of memory for a sort
      1041 HY000 PASSING out of resources
      1114 HY000 PASSING temporary table full
      1135 HY000 PASSING cannot create a thread
      1034 HY000 PASSING damaged index
      1035 HY000 PASSING old index
      1194 HY000 PASSING table crashed
      1195 HY000 PASSING table crashed, and repair failed
      1296 HY000 PASSING error of another engine
      1429 HY000 PASSING foreign server cannot be reached
      1430 HY000 PASSING foreign server failed
      1431 HY000 PASSING foreign table is not there
      1243 HY000 SESSION unknown prepared statement
      1615 HY000 SESSION prepared statement must be prepared anew
      1642 01000 KEY     SIGNAL of a warning
      1643 02000 KEY     SIGNAL of not found
      1644 45000 KEY     SIGNAL
      1644 08S01 KEY     SIGNAL with the state of a broken connection
      1644 40001 KEY     SIGNAL with the state of a deadlock
      30001 45000 KEY    SIGNAL with a code of its own
      1139 42000 KEY     not a regular expression
      1153 08S01 KEY     packet too large
      1172 42000 KEY     SELECT INTO found several rows
      1242 21000 KEY     subquery found several rows
      1264 22003 KEY     out of range
      1292 22007 KEY     not a date
      1300 HY000 KEY     not UTF-8
      1301 HY000 KEY     result larger than a packet
      1320 2F005 KEY     function ended without RETURN
      1339 20000 KEY     CASE without ELSE
      1365 22012 KEY     division by zero
      1366 HY000 KEY     not a number
      1367 22007 KEY     illegal value while parsing
      1406 22001 KEY     too long
      1411 HY000 KEY     wrong value for a function
      1690 22003 KEY     out of range in an expression
      3140 22032 KEY     not JSON
      3141 22032 KEY     not JSON, for a function
      3143 42000 KEY     not a path in JSON
      3692 HY000 KEY     regular expression takes too long
      9999 40002 PASSING anything of the class of rollbacks
      9999 70100 PASSING anything else that was cancelled
      9999 01004 KEY     anything of the class of warnings
      9999 02001 KEY     anything of the class of no data
      9999 20001 KEY     anything of the class of CASE
      9999 21001 KEY     anything of the class of cardinality
      9999 22018 KEY     anything of the class of values
      9999 2F003 KEY     anything of the class of functions
      1044 42000 QUERY   no right to the database
      1064 42000 QUERY   syntax error
      1142 42000 QUERY   no right to the table
      1146 42S02 QUERY   no such table
      1267 HY000 QUERY   mixed collations
      1305 42000 QUERY   no such function
      1370 42000 QUERY   no right to the function
      1449 HY000 QUERY   the definer is gone
      1461 42000 QUERY   max_prepared_stmt_count
      9999 08S01 QUERY   anything else with the state of a broken connection
      9999 HY000 QUERY   anything else
      """;

  private static final String CONNECTOR_J =
      """
      0    08S01 NODE    communications link failure
      0    08003 NODE    connection is closed
      0    08001 NODE    cannot connect
      0    S1000 KEY     packet too big
      0    22018 KEY     not of the type
      0    S1009 QUERY   not as the driver is to be used
      """;

  private static final String MARIADB_CONNECTOR_J =
      """
      1220 08000 NODE    connection is closed
      -1   08000 NODE    socket error
      0    08000 NODE    cannot connect
      0    HZ000 KEY     packet too big
      -1   HZ000 KEY     packet too big
      -1   22018 KEY     not of the type
      -1   42000 QUERY   anything that the driver gives no state
      -1   0A000 QUERY   not supported
      """;

  private static final String PGJDBC =
      """
      0 08000 NODE    connection exception
      0 08001 NODE    cannot connect
      0 08003 NODE    connection is closed
      0 08006 NODE    connection failed
      0 57P01 NODE    terminated by an administrator
      0 57P02 NODE    another process crashed
      0 57P03 NODE    starting up, or in recovery
      0 57P04 NODE    the database was dropped
      0 57P05 NODE    idle for too long
      0 08P01 FULL    a pooler that is full
      0 53300 FULL    too many connections
      0 53400 FULL    a configured limit
      0 57014 TIMEOUT cancelled
      0 25006 PASSING read-only transaction
      0 25P02 PASSING the transaction has failed
      0 40001 PASSING serialization failure
      0 40P01 PASSING deadlock
      0 53100 PASSING disk full
      0 53200 PASSING out of memory
      0 55P03 PASSING lock not available
      0 57000 PASSING an operator stepped in
      0 58030 PASSING error of the system
      0 F0000 PASSING error in a file of the server
      0 HV000 PASSING a foreign server failed
      0 XX000 PASSING internal error
      0 XX001 PASSING damaged data
      0 26000 SESSION no such prepared statement
      0 42P05 SESSION a prepared statement of that name is there
      0 03000 QUERY   SQL statement not yet complete
      0 0A000 QUERY   not supported
      0 0B000 QUERY   no transaction can begin
      0 0L000 QUERY   cannot grant
      0 0P000 QUERY   no such role
      0 24000 QUERY   cursor state
      0 26001 QUERY   anything else about statement names
      0 28000 QUERY   not authorised
      0 2BP01 QUERY   others depend on it
      0 2D000 QUERY   transaction cannot end
      0 34000 QUERY   no such cursor
      0 3B000 QUERY   savepoint
      0 3D000 QUERY   no such database
      0 3F000 QUERY   no such schema
      0 42501 QUERY   no right
      0 42883 QUERY   no such function
      0 42P01 QUERY   no such table
      0 20000 KEY     CASE without ELSE
      0 21000 KEY     subquery found several rows
      0 22P02 KEY     not a number
      0 23505 KEY     there already
      0 2F005 KEY     function ended without RETURN
      0 38000 KEY     a function of another language failed
      0 39000 KEY     a function of another language was called wrongly
      0 44000 KEY     not for that view
      0 54001 KEY     too deep
      0 P0001 KEY     RAISE
      0 ABCDE KEY     RAISE with a state of its own
      0 -     QUERY   anything without a state
      """;

  private static final String SQLITE =
      """
      1  - QUERY   syntax error, no such table
      2  - PASSING internal error
      3  - NODE    no permission
      4  - PASSING aborted
      5  - TIMEOUT busy
      6  - TIMEOUT locked
      7  - PASSING out of memory
      8  - NODE    read only, with a log to be replayed
      9  - TIMEOUT interrupted
      10 - NODE    error of the system
      11 - NODE    damaged
      13 - PASSING disk full
      14 - NODE    cannot be opened
      15 - NODE    locks cannot be had
      17 - PASSING the schema changed
      18 - KEY     too big
      19 - KEY     constraint
      20 - KEY     not of the type
      21 - QUERY   not as the library is to be used
      22 - NODE    no large files
      23 - NODE    not authorised
      24 - NODE    format
      26 - NODE    not a database
      0  22021 KEY a value that is not UTF-8
      """;

  static Stream<Arguments> rows() {
    return Stream.of(
            rows("Connector/J", MYSQL_SERVERS + CONNECTOR_J),
            rows("MariaDB Connector/J", MYSQL_SERVERS + MARIADB_CONNECTOR_J),
            rows("pgjdbc", PGJDBC),
            rows("SQLite", SQLITE))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> rows(String driver, String table) {
    return table
        .lines()
        .map(line -> line.split(" +", 4))
        .map(
            row ->
                Arguments.of(
                    driver,
                    Integer.parseInt(row[0]),
                    row[1].equals("-") ? null : row[1],
                    FailureKind.valueOf(row[2]),
                    row[3]));
  }

  @ParameterizedTest(name = "{0}: {4} ({1}, {2}) is {3}")
  @MethodSource("rows")
  void saysWhatAFailureIs(
      String driver, int code, @Nullable String state, FailureKind kind, String what) {
    FailureTable table = Objects.requireNonNull(TABLES.get(driver));
    assertThat(table.kind(new SQLException(what, state, code))).isEqualTo(kind);
  }

  @Test
  void aBrokenConnectionIsTheNodesWhateverTheDriverSaysOfIt() {
    TABLES.forEach(
        (driver, table) -> {
          SQLException broken = new SQLException("broken", "22001", 1644, new EOFException());
          assertThat(table.kind(broken)).as(driver).isEqualTo(FailureKind.NODE);
          SQLException silent =
              new SQLTimeoutException("silent", "70100", new SocketTimeoutException());
          assertThat(table.kind(silent)).as(driver).isEqualTo(FailureKind.NODE);
        });
  }

  @Test
  void timeThatRanOutHereIsNobodysFault() {
    TABLES.forEach(
        (driver, table) ->
            assertThat(table.kind(new SQLTimeoutException("late")))
                .as(driver)
                .isEqualTo(FailureKind.TIMEOUT));
  }

  /** So that no row is added without its test. */
  @Test
  void everyRowHasATest() {
    TABLES.forEach(
        (driver, table) -> {
          Set<String> untested = new TreeSet<>(table.rows().keySet());
          untested.removeAll(tested(driver));
          assertThat(untested).as(driver).isEmpty();
        });
  }

  private static Set<String> tested(String driver) {
    return rows()
        .map(Arguments::get)
        .filter(row -> row[0].equals(driver))
        .flatMap(row -> namesOf((Integer) row[1], String.valueOf(row[2])))
        .collect(Collectors.toSet());
  }

  private static Stream<String> namesOf(int code, String state) {
    String ofClass = state.substring(0, 2);
    return Stream.of(
        "code " + code,
        "state " + state,
        "state " + ofClass,
        "driver's own state " + state,
        "driver's own state " + ofClass,
        "state ");
  }
}
