package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.PostfixInstance;
import org.sockmapd.testing.PostgresServer;

/**
 * Two real Postfix, one with its own SQL tables and one that asks sockmapd for the same rows, are
 * offered the same mail: they give the same replies, rewrite to the same addresses and choose the
 * same transports.
 */
@Timeout(240)
class PartialKeysIT {
  private static final String SCHEMA = "partial_keys";
  @TempDir private Path folder;

  @Test
  void doesWithPostgresColumnsWhatPostfixDoesWithItsOwnTable() throws Exception {
    PartialKeySite site = served(PostgresServer.shared(), "pgsql", "+", true);
    compare(site, true);
  }

  @Test
  void doesWithMariaDbColumnsWhatPostfixDoesWithItsOwnTable() throws Exception {
    PartialKeySite site = served(MariaDbServer.shared(), "mysql", "+-", false);
    // Else no transport would ever be chosen by the sender.
    MariaDbServer.shared().execute(SCHEMA, "DELETE FROM transports WHERE k = '*'");
    compare(site, true);
  }

  @Test
  void doesWithASqliteQueryWhatPostfixDoesWithItsOwnTable() throws Exception {
    compare(inFile(), false);
  }

  @Test
  void noticesThatPostfixAsksASocketmapForTheFullKeyAlone() throws Exception {
    PartialKeySite site = inFile();
    try (LoginServer logins = LoginServer.start()) {
      Map<MailProbe, String> direct = outcomes(site.direct(folder, logins));
      Map<MailProbe, String> socketmap = throughSocketmap(site, logins, site.sockmapd(true, false));
      assertThat(socketmap).hasSameSizeAs(direct);
      assertThat(socketmap.entrySet())
          .filteredOn(each -> !each.getValue().equals(direct.get(each.getKey())))
          .hasSizeGreaterThan(50);
    }
  }

  private PartialKeySite served(
      DatabaseServer server, String type, String delimiter, boolean standardParents)
      throws IOException, SQLException {
    server.createDatabase(SCHEMA);
    try (Connection connection = server.connection(SCHEMA)) {
      PartialKeySite.fill(connection);
    }
    String connection =
        "hosts = inet:127.0.0.1:%d\nuser = %s\npassword = %s\ndbname = %s\n"
            .formatted(server.port(), server.username(), server.password(), SCHEMA);
    if (type.equals("pgsql")) {
      connection = connection.replace("inet:", "");
    }
    String database =
        """
        {"type": "%s", "host": "127.0.0.1:%d", "username": "%s", "password": "%s", "database": "%s"}"""
            .formatted(server.type(), server.port(), server.username(), server.password(), SCHEMA);
    return new PartialKeySite(type, connection, database, delimiter, standardParents);
  }

  private PartialKeySite inFile() throws IOException, SQLException {
    Path file = folder.resolve("site.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.setAutoCommit(false);
      PartialKeySite.fill(connection);
      connection.commit();
    }
    String database = "{\"type\": \"sqlite\", \"database\": \"%s\"}".formatted(file);
    return new PartialKeySite("sqlite", "dbpath = " + file + "\n", database, "", true);
  }

  private void compare(PartialKeySite site, boolean columns) throws Exception {
    try (LoginServer logins = LoginServer.start()) {
      Map<MailProbe, String> direct = outcomes(site.direct(folder, logins));
      Map<MailProbe, String> socketmap =
          throughSocketmap(site, logins, site.sockmapd(columns, true));
      List<String> differences = new ArrayList<>();
      direct.forEach(
          (probe, outcome) -> {
            if (!outcome.equals(socketmap.get(probe))) {
              differences.add(probe + "\n  " + outcome + "\n  " + socketmap.get(probe));
            }
          });
      assertThat(differences).as(String.join("\n", differences)).isEmpty();
      assertThat(new TreeSet<>(direct.values())).hasSizeGreaterThan(80);
      assertThat(direct.values()).noneMatch(outcome -> outcome.startsWith("451"));
    }
  }

  private Map<MailProbe, String> throughSocketmap(
      PartialKeySite site, LoginServer logins, String configuration) throws Exception {
    Path file = Files.writeString(folder.resolve("sockmapd.json"), configuration);
    try (Daemon daemon = Daemon.start(file)) {
      return outcomes(site.throughSocketmap(logins, daemon.port()));
    }
  }

  private static Map<MailProbe, String> outcomes(Map<String, String> mainCf) throws IOException {
    try (PostfixInstance postfix = PostfixInstance.start(mainCf)) {
      return MailOutcomes.of(postfix, PartialKeySite.probes());
    }
  }
}
