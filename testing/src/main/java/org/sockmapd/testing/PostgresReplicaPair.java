package org.sockmapd.testing;

import java.nio.file.Path;
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

  private static final String STANDBY_SIGNAL = "standby.signal";

  private final EmbeddedUnit primaryUnit;
  private final EmbeddedUnit standbyUnit;
  private final DatabaseServer primary;
  private final DatabaseServer standby;
  private volatile boolean promoted;

  private PostgresReplicaPair(EmbeddedUnit primaryUnit, EmbeddedUnit standbyUnit) {
    this.primaryUnit = primaryUnit;
    this.standbyUnit = standbyUnit;
    this.primary = new DatabaseServer(DatabaseKind.POSTGRESQL, primaryUnit);
    this.standby = new DatabaseServer(DatabaseKind.POSTGRESQL, standbyUnit);
  }

  /** Starts both; returns once the standby answers. */
  public static PostgresReplicaPair start() {
    Prerequisite.require(
        !DatabaseServer.inContainers(), "replicas are tested with the embedded PostgreSQL only");
    EmbeddedUnit primary =
        PostgresInstallation.unit(ACCESS, List.of("--wal_keep_size=256MB"), Set.of());
    // Both begin as copies of the same data, so the standby needs no base backup.
    EmbeddedUnit standby =
        PostgresInstallation.unit(
            ACCESS,
            List.of("--primary_conninfo=" + connectionInfo(primary.port())),
            Set.of(STANDBY_SIGNAL));
    PostgresReplicaPair pair = new PostgresReplicaPair(primary, standby);
    pair.primary.start();
    pair.standby.start();
    return pair;
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
    promoted = true;
  }

  /** Whether the standby was made a primary, and not a standby again since. */
  public boolean isPromoted() {
    return promoted;
  }

  /**
   * Makes both what they were before the promotion, with the data of the first primary; returns
   * once both answer. Both may be in any state.
   */
  public void renew() {
    if (!primaryUnit.isAlive()) {
      primary.start(); // It is to leave its data in order, even when it was killed.
    }
    primary.stop();
    if (standbyUnit.isAlive()) {
      standby.stop();
    }
    Path data = PostgresInstallation.data(standbyUnit);
    Directories.deleteTree(data);
    Directories.copyTree(PostgresInstallation.data(primaryUnit), data);
    Directories.write(data.resolve(STANDBY_SIGNAL), "");
    primary.start();
    standby.start();
    promoted = false;
  }

  @Override
  public void close() {
    standby.close();
    primary.close();
  }

  private static String connectionInfo(int port) {
    return "host=127.0.0.1 port=%d user=%s password=%s"
        .formatted(port, DatabaseKind.POSTGRESQL.superuser, DatabaseServer.PASSWORD);
  }

  private void awaitTrue(String query) throws SQLException {
    Polling.until(
        () -> "t".equals(standby.single(DATABASE, query)),
        () -> true,
        PATIENCE,
        () -> query + " is still false after " + PATIENCE + ":\n" + standby.log());
  }
}
