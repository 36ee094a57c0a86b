package org.sockmapd.testing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** PostgreSQL 17, with the binaries that the zonky project packs for Linux on x86-64. */
public final class PostgresServer {

  private static final String IMAGE = "postgres:17";

  static final String ACCESS =
      """
      host all all 127.0.0.1/32 scram-sha-256
      """;
  private static final String ACCESS_WITH_TLS =
      """
      hostssl all tls_only         127.0.0.1/32 scram-sha-256
      hostssl all certificate_only 127.0.0.1/32 scram-sha-256 clientcert=verify-ca
      host    all tls_only,certificate_only 127.0.0.1/32 reject
      """
          + ACCESS;

  /** Started by the first test that asks for it. */
  private static final class Shared {
    static final DatabaseServer SERVER = start();
  }

  private PostgresServer() {}

  /** The one for all tests of this JVM that only need a database; ends with the JVM. */
  public static DatabaseServer shared() {
    return Shared.SERVER;
  }

  /**
   * A server of the caller's own.
   *
   * @param settings further arguments, each {@code --name=value}
   */
  public static DatabaseServer start(String... settings) {
    return started(unit(ACCESS, List.of(settings)));
  }

  /**
   * A server that accepts connections with and without TLS.
   *
   * @see DatabaseServer#TLS_ONLY_USER
   * @see DatabaseServer#CERTIFICATE_ONLY_USER
   */
  public static DatabaseServer startWithTls(TlsFiles tls, String... settings) throws SQLException {
    Prerequisite.require(
        !DatabaseServer.inContainers(), "TLS is tested with the embedded PostgreSQL only");
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--ssl=on");
    all.add("--ssl_ca_file=" + tls.authority());
    all.add("--ssl_cert_file=" + tls.serverCertificate());
    all.add("--ssl_key_file=" + tls.serverKey());
    DatabaseServer server = started(unit(ACCESS_WITH_TLS, all));
    for (String user :
        List.of(DatabaseServer.TLS_ONLY_USER, DatabaseServer.CERTIFICATE_ONLY_USER)) {
      server.execute(
          "postgres",
          "create role %s superuser login password '%s'".formatted(user, DatabaseServer.PASSWORD));
    }
    return server;
  }

  private static DatabaseServer started(ServerUnit unit) {
    DatabaseServer server = new DatabaseServer(DatabaseKind.POSTGRESQL, unit);
    server.start();
    return server;
  }

  private static ServerUnit unit(String access, List<String> settings) {
    if (DatabaseServer.inContainers()) {
      Map<String, String> environment = Map.of("POSTGRES_PASSWORD", DatabaseServer.PASSWORD);
      return new ContainerUnit(IMAGE, 5432, environment, settings);
    }
    return PostgresInstallation.unit(access, settings, Set.of());
  }
}
