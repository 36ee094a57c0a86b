package org.sockmapd.lookup.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection as HikariCP is to see it. The pool asks each connection whether it is alive before
 * it lends it, which costs a round trip; and when none is, it waits for a new one however plainly
 * the node refuses. Here a connection is always called alive: a dead one shows when it is used, and
 * the lookup that met it asks again on a new one.
 */
final class LendableConnection implements InvocationHandler {
  private final Connection connection;

  private LendableConnection(Connection connection) {
    this.connection = connection;
  }

  static Connection of(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            LendableConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new LendableConnection(connection));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    return switch (method.getName()) {
      case "isValid" -> true;
      case "setNetworkTimeout" -> setNetworkTimeout(Objects.requireNonNull(arguments));
      default -> pass(method, arguments);
    };
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
