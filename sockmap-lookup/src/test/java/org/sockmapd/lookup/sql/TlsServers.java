package org.sockmapd.lookup.sql;

import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.TlsFiles;

/** Two servers of one kind with TLS: the certificate of one names loopback, of the other not. */
final class TlsServers implements AutoCloseable {
  private static final String SCHEMA = "tls";
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** Starts a server with certain certificates. */
  @FunctionalInterface
  interface Starter {
    DatabaseServer start(TlsFiles tls) throws SQLException;
  }

  final TlsFiles files;
  final Path foreignAuthority;
  private final TlsFiles elsewhereFiles;
  private final DatabaseServer here;
  private final DatabaseServer elsewhere;

  TlsServers(Starter starter, Path directory) throws SQLException {
    files = TlsFiles.forLoopback(directory);
    elsewhereFiles = TlsFiles.forHost(directory, "elsewhere.test");
    foreignAuthority = elsewhereFiles.authority();
    here = starter.start(files);
    elsewhere = starter.start(elsewhereFiles);
    Rows.create(here, SCHEMA);
    Rows.create(elsewhere, SCHEMA);
  }

  static TlsSettings verifying(TlsMode mode, Path authority) {
    return new TlsSettings(mode, Optional.of(authority), Optional.empty(), Optional.empty());
  }

  static TlsSettings withCertificate(TlsFiles client) {
    return new TlsSettings(
        TlsMode.VERIFY_FULL,
        Optional.of(client.authority()),
        Optional.of(client.clientCertificate()),
        Optional.of(client.clientKey()));
  }

  /** Asks the server whose certificate names loopback. */
  LookupResult ask(TlsSettings tls, String user) {
    return ask(here, tls, user);
  }

  /** Asks the server whose certificate names another host. */
  LookupResult askElsewhere(TlsMode mode) {
    TlsSettings tls = verifying(mode, elsewhereFiles.authority());
    return ask(elsewhere, tls, DatabaseServer.TLS_ONLY_USER);
  }

  /** Asks the server whose certificate names another host by a name, which leads to its address. */
  LookupResult askByName(String name) {
    TlsSettings tls = verifying(TlsMode.VERIFY_FULL, elsewhereFiles.authority());
    return ask(
        ServerDatabase.account(elsewhere, SCHEMA)
            .host(new NodeAddress(name, elsewhere.port()))
            .resolver(host -> List.of(InetAddress.getByName("127.0.0.2"), LOOPBACK))
            .account(DatabaseServer.TLS_ONLY_USER, elsewhere.password())
            .tls(tls)
            .build());
  }

  private static LookupResult ask(DatabaseServer server, TlsSettings tls, String user) {
    return ask(
        ServerDatabase.settings(server, SCHEMA).account(user, server.password()).tls(tls).build());
  }

  private static LookupResult ask(DatabaseSettings settings) {
    try (Database database = Database.open(settings, LookupEvents.NONE)) {
      return Rows.table(database, LookupEvents.NONE).lookup("a");
    }
  }

  @Override
  public void close() {
    here.close();
    elsewhere.close();
  }
}
