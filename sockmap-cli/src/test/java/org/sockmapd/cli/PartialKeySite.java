package org.sockmapd.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A mail site whose tables are in an SQL database: its rows, its main.cf, and how Postfix and
 * sockmapd read them.
 *
 * @param postfixType the type of Postfix's table
 * @param connection where Postfix finds the database, as lines of a table's {@code .cf}
 * @param database the same for sockmapd, as JSON
 * @param delimiter {@code recipient_delimiter}
 * @param standardParents whether parent domains are written as Postfix has it by default, or the
 *     other way round
 */
record PartialKeySite(
    String postfixType,
    String connection,
    String database,
    String delimiter,
    boolean standardParents) {
  private static final String LOCAL_DOMAINS = "[\"home.test\", \"mx.test\", \"[127.0.0.1]\"]";

  /** The table of each parameter of main.cf, with what comes before it. */
  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("virtual_alias_maps", "aliases"),
          Map.entry("canonical_maps", "canonical"),
          Map.entry("virtual_mailbox_maps", "mailboxes"),
          Map.entry("relay_recipient_maps", "recipients"),
          Map.entry("local_recipient_maps", "locals"),
          Map.entry("relay_domains", "relay_domains"),
          Map.entry("transport_maps", "transports"),
          Map.entry("smtpd_client_restrictions", "check_client_access clients"),
          Map.entry("smtpd_helo_restrictions", "check_helo_access helos"),
          Map.entry("smtpd_sender_restrictions", "check_sender_access senders"),
          Map.entry("smtpd_recipient_restrictions", "check_recipient_access rcpt_access"),
          Map.entry("smtpd_sender_login_maps", "logins"),
          Map.entry("relocated_maps", "relocated"),
          Map.entry("recipient_bcc_maps", "bcc"),
          Map.entry("sender_dependent_default_transport_maps", "sender_transports"));

  /** The rows of each table. */
  static Map<String, List<String[]>> rows() throws IOException {
    Map<String, List<String[]>> rows = new TreeMap<>();
    for (String line : lines("partial-keys-rows.tsv")) {
      String[] columns = line.split("\t", -1);
      rows.computeIfAbsent(columns[0], table -> new ArrayList<>()).add(columns);
    }
    return rows;
  }

  static List<MailProbe> probes() throws IOException {
    return lines("partial-keys-probes.tsv").stream().map(MailProbe::parse).toList();
  }

  private static List<String> lines(String resource) throws IOException {
    try (var in = PartialKeySite.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  /** Makes the tables. */
  static void fill(Connection connection) throws IOException, SQLException {
    for (Map.Entry<String, List<String[]>> table : rows().entrySet()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE %s (k VARCHAR(255), v VARCHAR(255))".formatted(table.getKey()));
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO " + table.getKey() + " VALUES (?, ?)")) {
        for (String[] row : table.getValue()) {
          insert.setString(1, row[1]);
          insert.setString(2, row[2]);
          insert.executeUpdate();
        }
      }
    }
  }

  /** Writes Postfix's own tables, and gives the main.cf that uses them. */
  Map<String, String> direct(Path folder, LoginServer logins) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String table : rows().keySet()) {
      Path file = folder.resolve(table + ".cf");
      Files.writeString(file, connection + "query = SELECT v FROM " + table + " WHERE k = '%s'\n");
      // Postfix waits until a file is older than some seconds before it trusts its time.
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    }
    return mainCf(logins, table -> postfixType + ":" + folder.resolve(table + ".cf"));
  }

  /** The main.cf that asks a sockmapd. */
  Map<String, String> throughSocketmap(LoginServer logins, int port) {
    return mainCf(logins, table -> "socketmap:inet:127.0.0.1:" + port + ":" + table);
  }

  private Map<String, String> mainCf(LoginServer logins, UnaryOperator<String> table) {
    Map<String, String> mainCf = new LinkedHashMap<>();
    PARAMETERS.forEach(
        (parameter, value) -> {
          int name = value.lastIndexOf(' ') + 1;
          mainCf.put(parameter, value.substring(0, name) + table.apply(value.substring(name)));
        });
    mainCf.merge("smtpd_sender_restrictions", " reject_sender_login_mismatch", String::concat);
    mainCf.put("mydestination", "home.test mx.test");
    mainCf.put("mynetworks", MailProbe.TRUSTED_CLIENT);
    mainCf.put("virtual_alias_domains", "a.test c.test e.test f.test g.test canon.test");
    mainCf.put("virtual_mailbox_domains", "box.test allbox.test");
    mainCf.put("local_transport", "discard:local");
    mainCf.put("virtual_transport", "discard:virtual");
    mainCf.put("relay_transport", "discard:relay-default");
    mainCf.put("default_transport", "discard:default");
    mainCf.put("recipient_delimiter", delimiter);
    mainCf.put("smtpd_authorized_xclient_hosts", "0.0.0.0/0 [::]/0");
    mainCf.put("smtpd_sasl_auth_enable", "yes");
    mainCf.put("smtpd_sasl_type", "dovecot");
    mainCf.put("smtpd_sasl_path", logins.path());
    mainCf.put("inet_protocols", "all");
    mainCf.put("enable_long_queue_ids", "yes");
    if (!standardParents) {
      mainCf.put("parent_domain_matches_subdomains", "transport_maps");
    }
    return mainCf;
  }

  /** The configuration of sockmapd; with {@code search} exact where {@code searches} is false. */
  String sockmapd(boolean columns, boolean searches) throws IOException {
    return """
        {"sysconfig": {"listen": ["inet:127.0.0.1:0"], "loglevel": "warn"},
         "database": %s,
         "postmaps": [%s]}
        """
        .formatted(
            database,
            rows().keySet().stream()
                .map(table -> postmap(table, columns, searches))
                .collect(Collectors.joining(",\n")));
  }

  private String postmap(String table, boolean columns, boolean searches) {
    String source =
        columns
            ? "\"table\": \"%s\", \"key\": \"k\", \"value\": \"v\"".formatted(table)
            : "\"query\": \"SELECT v FROM %s WHERE k = '%%s'\"".formatted(table);
    String search = searches ? ", " + search(table) : "";
    return "{\"service\": \"%s\", %s%s}".formatted(table, source, search);
  }

  private String search(String table) {
    String split = ", \"recipient_delimiter\": \"" + delimiter + "\"";
    String local = ", \"local_domains\": " + LOCAL_DOMAINS;
    String parents =
        ", \"parent_domain_style\": \""
            + (standardParents == !table.equals("transports") ? "bare" : "dotted")
            + "\"";
    return switch (table) {
      case "aliases", "canonical" -> "\"search\": \"address\"" + split + local;
      case "relay_domains", "helos" -> "\"search\": \"domain\"" + parents;
      case "transports" -> "\"search\": \"transport\"" + split + parents;
      case "clients", "senders", "rcpt_access" -> "\"search\": \"access\"" + split + parents;
      default ->
          "\"search\": \"address\", \"propagate_unmatched_extensions\": false" + split + local;
    };
  }
}
