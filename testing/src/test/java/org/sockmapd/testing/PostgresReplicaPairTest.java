package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresReplicaPairTest {

  @Test
  void replaysWritesAndTakesThemItselfOncePromoted() throws SQLException {
    try (PostgresReplicaPair pair = PostgresReplicaPair.start()) {
      pair.primary().createDatabase("mail");
      pair.primary().execute("mail", "create table t (v int)", "insert into t values (1)");
      pair.awaitReplayed();
      assertThat(count(pair.standby())).isEqualTo(1);
      assertThatThrownBy(() -> pair.standby().execute("mail", "insert into t values (2)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("read-only");

      pair.primary().kill();
      pair.promote();
      pair.standby().execute("mail", "insert into t values (2)");
      assertThat(count(pair.standby())).isEqualTo(2);
    }
  }

  private static int count(DatabaseServer server) throws SQLException {
    try (Connection connection = server.connection("mail");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from t")) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }
}
