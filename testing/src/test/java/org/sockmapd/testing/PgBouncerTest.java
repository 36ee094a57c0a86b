package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sockmapd.testing.PgBouncer.PoolMode;

class PgBouncerTest {

  private static final String SIMPLE = "preferQueryMode=simple";

  @ParameterizedTest
  @EnumSource
  void forwardsInEachModeAndAfterARestart(PoolMode mode) throws SQLException {
    try (PgBouncer pooler = PgBouncer.start(PostgresServer.shared(), mode)) {
      assertThat(single(pooler, "select 40 + 2")).isEqualTo("42");
      pooler.stop();
      assertThatThrownBy(() -> single(pooler, "select 1")).isInstanceOf(SQLException.class);
      pooler.start();
      assertThat(single(pooler, "select 40 + 3")).isEqualTo("43");
    }
  }

  @Test
  void lendsOneSessionToSeveralClientsByTransaction() throws SQLException {
    try (PgBouncer pooler =
            PgBouncer.start(
                PostgresServer.shared(), PoolMode.TRANSACTION, "default_pool_size = 1");
        Connection one = pooler.connection("postgres", SIMPLE);
        Connection other = pooler.connection("postgres", SIMPLE)) {
      assertThat(single(one, "select pg_backend_pid()"))
          .isEqualTo(single(other, "select pg_backend_pid()"));
    }
  }

  @Test
  void letsEveryRoleOfTheServerIn() throws SQLException {
    DatabaseServer server = PostgresServer.shared();
    server.execute(
        "postgres",
        "drop role if exists pooled",
        "create role pooled login password '%s'".formatted(server.password()));
    try (PgBouncer pooler = PgBouncer.start(server, PoolMode.TRANSACTION);
        Connection open = pooler.connection("postgres", "user=pooled", SIMPLE)) {
      assertThat(single(open, "select current_user")).isEqualTo("pooled");
    }
  }

  private static String single(PgBouncer pooler, String sql) throws SQLException {
    try (Connection connection = pooler.connection("postgres", SIMPLE)) {
      return single(connection, sql);
    }
  }

  private static String single(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
