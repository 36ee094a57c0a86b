package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection as HikariCP and those who end a wait are to see it. The pool asks each connection
 * whether it is alive before it lends it, which costs a round trip; and when none is, it waits for
 * a new one however plainly the node refuses. Here a connection is always called alive: a dead one
 * shows when it is used, and the lookup that met it asks again on a new one. And it is aborted by
 * closing its socket: a driver may wait for the answer that does not come, or go and ask the server
 * to end the statement.
 */
final class LendableConnection implements InvocationHandler {
  private final Connection connection;
  private final @Nullable Socket socket;

  private LendableConnection(Connection connection, @Nullable Socket socket) {
    this.connection = connection;
    this.socket = socket;
  }

  /**
   * Makes a connection lendable.
   *
   * @param socket what it goes by, or null if only the driver knows
   */
  static Connection of(Connection connection, @Nullable Socket socket) {
    return (Connection)
        Proxy.newProxyInstance(
            LendableConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new LendableConnection(connection, socket));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    return switch (method.getName()) {
      case "isValid" -> true;
      case "abort" -> abort();
      case "setNetworkTimeout" -> setNetworkTimeout(Objects.requireNonNull(arguments));
      default -> pass(method, arguments);
    };
  }

  private @Nullable Object abort() throws SQLException {
    if (socket == null) {
      Thread.ofPlatform().daemon().name("sockmapd-abort").start(this::abortByDriver);
    } else {
      close(socket);
    }
    return null;
  }

  private static void close(Socket socket) throws SQLException {
    try {
      socket.close();
    } catch (IOException e) {
      throw new SQLException("a connection cannot be closed", "08000", e);
    }
  }

  private void abortByDriver() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      System.getLogger(LendableConnection.class.getName())
          .log(System.Logger.Level.DEBUG, "aborting a connection failed", e);
    }
  }

  /** At once: Connector/J would leave it to the pool's threads, and the timeouts would cross. */
  private @Nullable Object setNetworkTimeout(@Nullable Object[] arguments) throws Throwable {
    connection.setNetworkTimeout(Runnable::run, (Integer) Objects.requireNonNull(arguments[1]));
    return null;
  }

  private @Nullable Object pass(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
