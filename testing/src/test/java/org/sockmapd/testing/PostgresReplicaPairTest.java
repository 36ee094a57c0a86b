package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresReplicaPairTest {

  private static final String COUNT = "select count(*) from t";

  @Test
  void replaysWritesAndTakesThemItselfOncePromoted() throws SQLException {
    try (PostgresReplicaPair pair = PostgresReplicaPair.start()) {
      pair.primary().createDatabase("mail");
      pair.primary().execute("mail", "create table t (v int)", "insert into t values (1)");
      pair.awaitReplayed();
      assertThat(pair.standby().single("mail", COUNT)).isEqualTo("1");
      assertThatThrownBy(() -> pair.standby().execute("mail", "insert into t values (2)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("read-only");

      pair.primary().kill();
      pair.promote();
      pair.standby().execute("mail", "insert into t values (2)");
      assertThat(pair.standby().single("mail", COUNT)).isEqualTo("2");
    }
  }

  @Test
  void isMadeAnewFromTheDataOfTheFirstPrimary() throws SQLException {
    try (PostgresReplicaPair pair = PostgresReplicaPair.start()) {
      pair.primary().createDatabase("mail");
      pair.primary().execute("mail", "create table t (v int)", "insert into t values (1)");
      pair.awaitReplayed();
      pair.primary().kill();
      pair.promote();
      pair.standby().execute("mail", "insert into t values (2)");
      assertThat(pair.isPromoted()).isTrue();

      pair.renew();

      assertThat(pair.isPromoted()).isFalse();
      pair.primary().execute("mail", "insert into t values (3)");
      pair.awaitReplayed();
      assertThat(pair.standby().single("mail", "select sum(v) from t")).isEqualTo("4");
    }
  }
}
