package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class HaProxyTest {

  @Test
  void forwardsUntilItStopsAndAgainAfterwards() throws SQLException {
    DatabaseServer server = PostgresServer.shared();
    try (HaProxy proxy = HaProxy.start(List.of(server.port()))) {
      assertThat(answer(server, proxy)).isEqualTo("42");
      proxy.stop();
      assertThatThrownBy(() -> answer(server, proxy)).isInstanceOf(SQLException.class);
      proxy.start();
      assertThat(answer(server, proxy)).isEqualTo("42");
    }
  }

  @Test
  void holdsBackWhatIsBeyondItsLimitUntilThatIsRaised() throws Exception {
    DatabaseServer server = PostgresServer.shared();
    try (HaProxy proxy = HaProxy.queueing(server.port(), 1);
        ExecutorService client = Executors.newSingleThreadExecutor();
        Socket first = new Socket(proxy.host(), proxy.port())) {
      assertThat(first.isConnected()).isTrue();
      Future<String> second = client.submit(() -> answer(server, proxy));
      assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      proxy.limit(server.port(), 2);
      assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("42");
    }
  }

  private static String answer(DatabaseServer server, HaProxy proxy) throws SQLException {
    String url = "jdbc:postgresql://%s:%d/postgres".formatted(proxy.host(), proxy.port());
    try (Connection connection =
            DriverManager.getConnection(url, server.username(), server.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 40 + 2")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
