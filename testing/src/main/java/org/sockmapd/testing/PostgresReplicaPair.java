package org.sockmapd.testing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A PostgreSQL primary and a hot standby that streams from it. Both can be stopped, killed and
 * frozen as any server; nothing is promoted by itself. A primary that comes back after its standby
 * was promoted is a primary still, as in life.
 */
public final class PostgresReplicaPair implements AutoCloseable {

  private static final String ACCESS =
      PostgresServer.ACCESS + "host replication all 127.0.0.1/32 scram-sha-256\n";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DATABASE = "postgres";

  private final DatabaseServer primary;
  private final DatabaseServer standby;

  private PostgresReplicaPair(DatabaseServer primary, DatabaseServer standby) {
    this.primary = primary;
    this.standby = standby;
  }

  /** Starts both; returns once the standby answers. */
  public static PostgresReplicaPair start() {
    Prerequisite.require(
        !DatabaseServer.inContainers(), "replicas are tested with the embedded PostgreSQL only");
    DatabaseServer primary = server(List.of("--wal_keep_size=256MB"), Set.of());
    primary.start();
    // Both begin as copies of the same data, so the standby needs no base backup.
    DatabaseServer standby =
        server(List.of("--primary_conninfo=" + connectionInfo(primary)), Set.of("standby.signal"));
    standby.start();
    return new PostgresReplicaPair(primary, standby);
  }

  public DatabaseServer primary() {
    return primary;
  }

  public DatabaseServer standby() {
    return standby;
  }

  /** Waits until the standby has all that the primary has written. */
  public void awaitReplayed() throws SQLException {
    String written = primary.single(DATABASE, "select pg_current_wal_insert_lsn()");
    awaitTrue("select pg_last_wal_replay_lsn() >= '%s'".formatted(written));
  }

  /** Makes the standby a primary; returns once it can be written to. */
  public void promote() throws SQLException {
    awaitTrue("select pg_promote()");
    awaitTrue("select not pg_is_in_recovery()");
  }

  @Override
  public void close() {
    standby.close();
    primary.close();
  }

  private static DatabaseServer server(List<String> settings, Set<String> signals) {
    return new DatabaseServer(
        DatabaseKind.POSTGRESQL, PostgresInstallation.unit(ACCESS, settings, signals));
  }

  private static String connectionInfo(DatabaseServer primary) {
    return "host=%s port=%d user=%s password=%s"
        .formatted(primary.host(), primary.port(), primary.username(), primary.password());
  }

  private void awaitTrue(String query) throws SQLException {
    Polling.until(
        () -> "t".equals(standby.single(DATABASE, query)),
        () -> true,
        PATIENCE,
        () -> query + " is still false after " + PATIENCE + ":\n" + standby.log());
  }
}
