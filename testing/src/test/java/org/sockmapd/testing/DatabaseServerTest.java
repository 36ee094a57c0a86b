package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseServerTest {

  enum Kind {
    POSTGRESQL,
    MARIADB,
    MYSQL;

    DatabaseServer start() {
      return switch (this) {
        case POSTGRESQL -> PostgresServer.start();
        case MARIADB -> MariaDbServer.start();
        case MYSQL -> MySqlServer.start();
      };
    }

    DatabaseServer shared() {
      return switch (this) {
        case POSTGRESQL -> PostgresServer.shared();
        case MARIADB -> MariaDbServer.shared();
        case MYSQL -> MySqlServer.shared();
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTextBeyondTheBasicPlane(Kind kind) throws SQLException {
    DatabaseServer server = kind.shared();
    server.createDatabase("texts");
    server.execute("texts", "create table t (v varchar(20))", "insert into t values ('grüße 📬')");
    assertThat(server.single("texts", "select v from t")).isEqualTo("grüße 📬");
  }

  @ParameterizedTest
  @EnumSource
  void emptiesADatabaseThatIsCreatedAgain(Kind kind) throws SQLException {
    DatabaseServer server = kind.shared();
    server.createDatabase("again");
    server.execute("again", "create table t (v int)");
    server.createDatabase("again");
    server.execute("again", "create table t (v int)");
    assertThat(server.single("again", "select count(*) from t")).isEqualTo("0");
  }

  @ParameterizedTest
  @EnumSource
  void comesBackOnItsPortWithItsDataAfterStopAndAfterKill(Kind kind) throws SQLException {
    try (DatabaseServer server = kind.start()) {
      server.createDatabase("kept");
      server.execute("kept", "create table t (v int)", "insert into t values (42)");
      int port = server.port();

      server.stop();
      assertThatThrownBy(() -> server.connection("kept")).isInstanceOf(SQLException.class);
      server.start();
      assertThat(server.single("kept", "select v from t")).isEqualTo("42");

      server.kill();
      assertThatThrownBy(() -> server.connection("kept")).isInstanceOf(SQLException.class);
      server.start();
      assertThat(server.single("kept", "select v from t")).isEqualTo("42");
      assertThat(server.port()).isEqualTo(port);
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersNothingWhileItIsPaused(Kind kind) throws Exception {
    try (DatabaseServer server = kind.start();
        Connection open = server.connection(kind == Kind.POSTGRESQL ? "postgres" : "mysql")) {
      open.setNetworkTimeout(Runnable::run, 300);
      server.pause();
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(server.host(), server.port()), 1000);
        socket.setSoTimeout(300);
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
      }
      assertThatThrownBy(() -> single(open, "select 1")).isInstanceOf(SQLException.class);

      server.resume();
      server.createDatabase("awake");
      assertThat(server.single("awake", "select 1")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void isClosedInAnyState(Kind kind) throws Exception {
    DatabaseServer paused = kind.start();
    paused.pause();
    paused.close();
    assertThatThrownBy(() -> new Socket(paused.host(), paused.port()))
        .isInstanceOf(java.io.IOException.class);

    DatabaseServer stopped = kind.start();
    stopped.stop();
    stopped.close();
  }

  private static String single(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
