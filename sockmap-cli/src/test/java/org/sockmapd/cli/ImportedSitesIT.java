package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.postfix.PostfixImport;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.ServerEvents;
import org.sockmapd.server.SocketmapServer;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.FreePort;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.PostfixInstance;
import org.sockmapd.testing.PostgresServer;

/**
 * Two real Postfix side by side, one with its own tables and one with the main.cf that {@code
 * import-postfix} made of the first one's: the same mail has the same end, on sites that between
 * them use every parameter that takes a table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportedSitesIT {
  /** What the name of a table begins with that is one parameter's alone. */
  private static final String OWN = "own_";

  private static final Pattern LINE = Pattern.compile("(?m)^([a-z_]+) = (.*)$");
  private static final Pattern OF_ITS_OWN =
      Pattern.compile("(?:sqlite|socketmap):[^\\s,]*\\b" + OWN + "([a-z_]+)(?:\\.cf)?");
  private static final List<String> LOOKED_UP =
      List.of("nobody-asks-for-this", "nobody@a.test", "a.test", "192.0.2.1", "*", "x");

  /** What no mail of these sites meets; it is looked up by {@code postmap} alone. */
  private static final Map<String, String> NOT_BY_MAIL =
      Map.ofEntries(
          Map.entry("lmtp_.*", "delivers by LMTP, as smtp_ does by SMTP"),
          Map.entry("smtp_.*", "of the SMTP client: the mails here are discarded"),
          Map.entry("postscreen_.*", "asked by postscreen(8) before there is a mail"),
          Map.entry("tlsproxy_.*", "asked by tlsproxy(8), which knows TLS sessions alone"),
          Map.entry("authorized_(flush|mailq|submit)_users", "asked by commands"),
          Map.entry("local_login_sender_maps", "asked by the command postdrop"),
          Map.entry(".*_clientcerts|check_ccert_access", "needs the certificate of a client"),
          Map.entry("qmqpd_.*", "asked by qmqpd(8) before there is a mail"),
          Map.entry("check_etrn_access|fast_flush_domains", "asked on ETRN, which is no mail"),
          Map.entry("(default|local|pipe|virtual)_delivery_status_filter", "of other deliveries"),
          Map.entry("(mailbox|fallback)_transport_maps", "asked by local(8), once it delivers"),
          Map.entry("address_verify_.*", "asked while an address is verified"),
          Map.entry("milter_header_checks", "asked with headers that a milter adds"),
          Map.entry("rbl_reply_maps|smtpd_dns_reply_filter", "asked after the DNS has answered"),
          Map.entry("permit_mx_backup_networks", "asked after the DNS has answered"),
          Map.entry("authorized_verp_clients", "stands for the one of smtpd where that is not set"),
          Map.entry("smtpd_authorized_xclient_hosts", "stands behind networks of all clients here"),
          Map.entry("smtpd_client_.*_exceptions", "not asked for who may use XCLIENT"),
          Map.entry("smtpd_forbidden_commands", "asked on unknown commands"));

  private static final Pattern KEPT_EMPTY =
      Pattern.compile(".*_restrictions|parent_domain_matches_subdomains");
  private static final Pattern OPTION =
      Pattern.compile("(?m)^#   postconf -P '[^/]+/inet/(.*?)=(.*)'$");

  private final Set<String> used = new ConcurrentSkipListSet<>();
  @TempDir private static Path folder;
  private final Map<Home, Map<String, String>> bases = new EnumMap<>(Home.class);
  private final Set<String> met = new ConcurrentSkipListSet<>();
  private LoginServer logins;
  private DatabaseServer postgres;
  private DatabaseServer maria;

  /** Where the tables of a site are. All sites of a kind share one server. */
  enum Home {
    SQLITE("sqlite"),
    POSTGRESQL_BY_URI("pgsql"),
    POSTGRESQL_BY_SOCKET("pgsql"),
    MARIADB_BY_TCP("mysql"),
    MARIADB_BY_SOCKET("mysql");

    private final String type;

    Home(String type) {
      this.type = type;
    }

    Path folder() {
      return folder.resolve(name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * A site.
   *
   * @param home where its tables are
   * @param delimiter its {@code recipient_delimiter}
   * @param parameters what its main.cf has otherwise than the others; {@code null} for nothing, and
   *     {@code @table} for a table
   * @param options what its SMTP server has in master.cf
   */
  record Site(
      String name,
      Home home,
      String delimiter,
      Map<String, String> parameters,
      List<String> options) {
    Site(String name, String delimiter, Map<String, String> parameters, List<String> options) {
      this(name, Home.SQLITE, delimiter, parameters, options);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split(" = ?", 2);
      parameters.put(parts[0], parts.length < 2 ? "" : parts[1]);
    }
    return parameters;
  }

  static List<Site> sites() throws IOException {
    return List.of(
        new Site("as Postfix has it by default", "+", Map.of(), List.of()),
        new Site(
            "domains that inherit tables, owners and parents the other way round",
            "-",
            parameters(
                """
                owner_request_special = no
                parent_domain_matches_subdomains = transport_maps
                propagate_unmatched_extensions = canonical
                virtual_alias_domains
                virtual_mailbox_domains
                """),
            List.of()),
        new Site(
            "an old compatibility level, local domains in a table, no SMTPUTF8",
            "+-",
            parameters(
                """
                compatibility_level = 0
                smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
                relay_domains
                mydestination = home.test @local_domains mx.test
                inet_interfaces = 127.0.0.1
                inet_protocols = all
                proxy_interfaces = 192.0.2.77
                """),
            List.of()),
        new Site(
            "composite tables and several in one list",
            "+",
            parameters(
                """
                virtual_alias_maps = unionmap:{@aliases, proxy:@canonical}
                transport_maps = pipemap:{@transports @renamed_transports}
                smtpd_sender_login_maps = unionmap:{@logins inline:{{joe@own.test = eve}}}
                relay_recipient_maps = @recipients, @locals
                canonical_maps = @canonical @empty_table
                relay_domains = !@local_domains @relay_domains
                """),
            List.of()),
        new Site(
            "classes of restrictions and services of their own",
            "-",
            parameters(
                """
                smtpd_restriction_classes = strict
                strict = check_recipient_access @rcpt_access, check_sender_access @senders
                smtpd_recipient_restrictions = strict, check_client_access @clients
                smtpd_sender_restrictions =
                smtpd_client_restrictions = @clients
                smtpd_helo_restrictions = @helos
                sender_canonical_maps = @canonical
                recipient_canonical_maps = @aliases
                canonical_maps
                sender_bcc_maps = @bcc
                sender_dependent_relayhost_maps = @relayhosts
                mua_sender_restrictions = check_sender_access @senders, reject_sender_login_mismatch
                smtpd_sender_login_maps = @empty_table
                """),
            List.of(
                "smtpd_sender_login_maps = @logins",
                "smtpd_sender_restrictions = $mua_sender_restrictions",
                "smtpd_reject_unlisted_sender = yes")),
        new Site(
            "PostgreSQL by UNIX socket, and no parent domain stands for its subdomains",
            Home.POSTGRESQL_BY_SOCKET,
            "=",
            parameters("parent_domain_matches_subdomains = "),
            List.of()),
        new Site(
            "PostgreSQL by URI, and each parent domain stands for its subdomains",
            Home.POSTGRESQL_BY_URI,
            "+",
            parameters(
                """
                parent_domain_matches_subdomains = relay_domains, transport_maps, smtpd_access_maps
                propagate_unmatched_extensions = virtual, generic
                sender_bcc_maps = @bcc
                """),
            List.of()),
        new Site(
            "MariaDB by UNIX socket, lists that own and request, addresses in UTF-8",
            Home.MARIADB_BY_SOCKET,
            "-",
            parameters(
                """
                sender_canonical_maps = @canonical
                smtpd_null_access_lookup_key = null-sender
                """),
            List.of("smtpd_sender_login_maps = @logins @empty_table")),
        new Site(
            "MariaDB by TCP, several tables and composite ones",
            Home.MARIADB_BY_TCP,
            "+-",
            parameters(
                """
                virtual_alias_maps = @aliases, @canonical
                transport_maps = pipemap:{@transports unionmap:{@renamed_transports}}
                smtpd_restriction_classes = strict
                strict = check_recipient_access @rcpt_access
                smtpd_recipient_restrictions = strict
                """),
            List.of("smtpd_client_restrictions = check_client_access @clients")),
        new Site(
            "no delimiter, and a domain list in several tables",
            "",
            parameters("relay_domains = @relay_domains, !@local_domains"),
            List.of()),
        new Site(
            "lists that own and request, by the delimiter of lists",
            "-",
            parameters(
                """
                owner_request_special = yes
                propagate_unmatched_extensions = canonical, virtual, generic
                canonical_classes = envelope_recipient
                virtual_alias_domains
                """),
            List.of()),
        everything());
  }

  /** Every parameter that takes a table has one. */
  private static Site everything() throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String[] columns : facts()) {
      boolean asked = !Set.of("restrictions", "none").contains(columns[1]);
      if (asked && !columns[0].startsWith("check_") && columns[5].equals("-")) {
        parameters.put(columns[0], "@" + OWN + columns[0]);
      }
    }
    // Of no effect beside another name of theirs, and warned of.
    parameters.remove("virtual_maps");
    parameters.remove("virtual_alias_domains");
    parameters.remove("virtual_mailbox_domains");
    parameters.remove("mydestination");
    parameters.put("mynetworks", MailProbe.TRUSTED_CLIENT + " @own_mynetworks");
    parameters.put("masquerade_domains", "masquerade.test");
    parameters.put("smtpd_forbid_bare_newline", "yes");
    // Without a mechanism smtpd ends.
    parameters.put("smtpd_sasl_mechanism_filter", "!@own_smtpd_sasl_mechanism_filter, static:rest");
    parameters.put(
        "smtpd_authorized_xclient_hosts", "0.0.0.0/0 [::]/0 @own_smtpd_authorized_xclient_hosts");
    List<String> checks =
        facts().stream()
            .map(columns -> columns[0])
            .filter(name -> name.startsWith("check_") && !name.matches(".*_(a|mx|ns|etrn)_access"))
            .filter(name -> !name.equals("check_address_map"))
            .map(name -> name + " @" + OWN + name)
            .toList();
    parameters.put("smtpd_recipient_restrictions", String.join(", ", checks));
    parameters.put("smtpd_etrn_restrictions", "check_etrn_access @own_check_etrn_access");
    parameters.put("local_header_rewrite_clients", "check_address_map @own_check_address_map");
    for (String keep :
        List.of(
            "virtual_alias_maps",
            "canonical_maps",
            "virtual_mailbox_maps",
            "relay_recipient_maps",
            "local_recipient_maps",
            "relay_domains",
            "transport_maps",
            "smtpd_sender_login_maps",
            "relocated_maps",
            "recipient_bcc_maps",
            "sender_dependent_default_transport_maps")) {
      parameters.remove(keep);
    }
    return new Site("every parameter that takes a table", "+", parameters, List.of());
  }

  private static List<String[]> facts() throws IOException {
    try (var in =
        Objects.requireNonNull(PostfixImport.class.getResourceAsStream("parameters.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    }
  }

  @BeforeAll
  void makeTheTables() throws IOException, SQLException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    logins = LoginServer.start();
    Path file = folder.resolve("site.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      fillAll(connection);
      addUtf8(connection);
    }
    make(Home.SQLITE, "dbpath = " + file + "\n");
    makePostgresql();
    makeMariaDb();
  }

  private void makePostgresql() throws IOException, SQLException {
    Path sockets = sockets("p");
    Path access =
        Files.writeString(
            sockets.resolve("access"),
            "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n");
    postgres = PostgresServer.start("--unix_socket_directories=" + sockets, "--hba_file=" + access);
    postgres.createDatabase("sites");
    try (Connection connection = postgres.connection("sites")) {
      fillAll(connection);
    }
    String account = postgres.username() + ":" + postgres.password();
    make(
        Home.POSTGRESQL_BY_URI,
        "hosts = postgresql://%s@127.0.0.1:%d/sites\ndbname = sites\n"
            .formatted(account, postgres.port()));
    make(
        Home.POSTGRESQL_BY_SOCKET,
        "hosts = unix:%s\nuser = %s\npassword = %s\ndbname = dbname=sites port=%d\n"
            .formatted(sockets, postgres.username(), postgres.password(), postgres.port()));
  }

  private void makeMariaDb() throws IOException, SQLException {
    Path socket = sockets("m").resolve("s");
    maria = MariaDbServer.start("--socket=" + socket);
    maria.createDatabase("sites");
    for (String host : List.of("localhost", "%")) {
      maria.execute(
          "sites",
          "CREATE USER site@'" + host + "' IDENTIFIED BY 'geheim'",
          "GRANT SELECT ON sites.* TO site@'" + host + "'");
    }
    try (Connection connection = maria.connection("sites")) {
      fillAll(connection);
      addUtf8(connection);
    }
    Path options =
        Files.writeString(
            folder.resolve("client.cnf"),
            "[client]\ndefault-character-set = utf8mb4\nsocket = " + socket + "\n");
    String account =
        "user = site\npassword = geheim\ndbname = sites\noption_file = " + options + "\n";
    make(Home.MARIADB_BY_TCP, account + "hosts = 127.0.0.1:" + maria.port() + "\n");
    // A socket, which the option file names.
    make(Home.MARIADB_BY_SOCKET, account + "hosts = localhost\n");
  }

  private static Path sockets(String name) throws IOException {
    Path sockets = Files.createDirectory(folder.resolve(name));
    return Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  private static void fillAll(Connection connection) throws IOException, SQLException {
    connection.setAutoCommit(false);
    PartialKeySite.fill(connection);
    fill(connection);
    connection.commit();
  }

  /** Not for PostgreSQL, to which Postfix 3.7 calls a key LATIN1. */
  private static void addUtf8(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO aliases VALUES ('bj\u00f6rn@a.test', 'utf8@b.test')");
    }
    connection.commit();
  }

  /** Writes what tells Postfix of the tables. */
  private void make(Home home, String connection) throws IOException {
    Path tables = Files.createDirectory(home.folder());
    PartialKeySite site = new PartialKeySite(home.type, connection, "", "+", true);
    bases.put(home, site.direct(tables, logins));
    for (String table : MORE.keySet()) {
      makeTable(tables.resolve(table + ".cf"), connection, table);
    }
    if (home == Home.SQLITE) {
      for (String[] columns : facts()) {
        makeTable(tables.resolve(OWN + columns[0] + ".cf"), connection, "empty_table");
      }
    }
  }

  private static void makeTable(Path cf, String connection, String table) throws IOException {
    Files.writeString(cf, connection + "query = SELECT v FROM " + table + " WHERE k = '%s'\n");
    Files.setLastModifiedTime(cf, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
  }

  @AfterAll
  void close() throws IOException {
    logins.close();
    postgres.close();
    maria.close();
  }

  /** Rows of further tables, and more of those that are there. */
  private static final Map<String, List<String>> MORE =
      Map.of(
          "empty_table", List.of("nobody-asks-for-this", "x"),
          "local_domains", List.of("table.test", "x", "home2.test", "x"),
          "renamed_transports",
              List.of("discard:star", "discard:piped", "discard:relay", "discard:r"),
          "relayhosts", List.of("joe@st.test", "[192.0.2.9]", "@st.test", "@odd.test"));

  private static final Map<String, List<String>> ADDED =
      Map.of(
          "aliases",
              List.of(
                  "a.test",
                  "x",
                  "c.test",
                  "x",
                  "e.test",
                  "x",
                  "f.test",
                  "x",
                  "g.test",
                  "x",
                  "canon.test",
                  "x",
                  "info",
                  "info@b.test",
                  "\"quoted part\"@a.test",
                  "unquoted@b.test",
                  "team@a.test",
                  "members@b.test",
                  "owner@a.test",
                  "wrong-owner@b.test",
                  "double@a.test",
                  "wrong-double@b.test",
                  "sp@e.test",
                  "one@b.test two@b.test",
                  "cm@e.test",
                  "one@b.test (the first), Two Two <two@b.test>"),
          "mailboxes", List.of("box.test", "x", "allbox.test", "x"),
          "logins", List.of("@old.test", "@new", "two@old.test", "joe ann"),
          "relocated", List.of("@rel.test", "@moved.test"),
          "bcc", List.of("joe@st.test", "sender-bcc@b.test"));

  private static final List<String> PROBES =
      List.of(
          "-\t198.51.100.1\t-\tjoe@new\tjoe@old.test\tjoe@relay.test",
          "-\t198.51.100.1\t-\t@new\tjoe@old.test\tjoe@relay.test",
          "-\t198.51.100.1\t-\tann\ttwo+x@old.test\tjoe@relay.test",
          "-\t198.51.100.1\t-\tann\ttwo-x@old.test\tjoe@relay.test",
          "-\t-\t-\t-\t-\tbob@info-shop.test",
          "-\t-\t-\t-\t-\tsp+x@e.test",
          "-\t-\t-\t-\t-\tsp-x@e.test",
          "-\t-\t-\t-\t-\tcm+x@e.test",
          "-\t-\t-\t-\t-\tcm-x@e.test",
          "-\t-\t-\t-\t-\tany+x@rel.test",
          "-\t-\t-\t-\t-\tjoe@table.test",
          "-\t-\t-\t-\t-\tknown@home2.test",
          "-\t-\t-\t-\t-\tjoe@[192.0.2.77]",
          "-\t-\t-\t-\t-\tjoe@[IPv6:::1]",
          "-\t-\t-\t-\t-\tjürgen@a.test",
          "-\t-\t-\t-\t-\tnobody@box-shop.test",
          "-\t-\t-\t-\tjoe-x@st.test\tany@elsewhere.example",
          "-\t-\t-\t-\t<>\tjoe@a.test",
          "-\t-\t-\t-\t-\tbjörn@a.test",
          "-\t-\t-\t-\t-\tBJÖRN-ext@A.test",
          "-\t-\t-\t-\t-\tBjörn+ext@a.test",
          "-\t-\t-\t-\t-\t\"quoted part\"@a.test",
          "-\t-\t-\t-\t-\t\"quoted part-ext\"@a.test",
          "-\t-\t-\t-\t-\t\"quoted part+ext\"@a.test",
          "-\t-\t-\t-\t-\towner-team@a.test",
          "-\t-\t-\t-\t-\tteam-request@a.test",
          "-\t-\t-\t-\t-\tteam-other@a.test",
          "-\t-\t-\t-\towner-team@old.test\tteam@a.test",
          "-\t-\t-\t-\t-\tdouble-bounce@a.test",
          "-\t-\t-\t-\t-\tjoe@[127.0.0.1]",
          "-\t-\t-\t-\t-\tjoe@[192.0.2.200]");

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : MORE.keySet()) {
        statement.execute("CREATE TABLE " + table + " (k VARCHAR(255), v VARCHAR(255))");
      }
    }
    Map<String, List<String>> all = new TreeMap<>(MORE);
    all.putAll(ADDED);
    for (Map.Entry<String, List<String>> table : all.entrySet()) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO " + table.getKey() + " VALUES (?, ?)")) {
        for (int i = 0; i < table.getValue().size(); i += 2) {
          insert.setString(1, table.getValue().get(i));
          insert.setString(2, table.getValue().get(i + 1));
          insert.executeUpdate();
        }
      }
    }
  }

  @Test
  @Order(1)
  void doesWithTheImportWhatPostfixDoesWithItsOwnTables() throws Exception {
    List<String> differences = new ArrayList<>();
    try (ExecutorService several = Executors.newFixedThreadPool(3)) {
      Map<Site, Future<List<String>>> running = new LinkedHashMap<>();
      for (Site site : sites()) {
        running.put(site, several.submit(() -> differences(site)));
      }
      for (Map.Entry<Site, Future<List<String>>> one : running.entrySet()) {
        try {
          one.getValue().get().forEach(each -> differences.add(one.getKey() + ": " + each));
        } catch (ExecutionException e) {
          differences.add(one.getKey() + ": " + e);
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private List<String> differences(Site site) throws Exception {
    Map<String, String> mainCf = mainCf(site);
    List<String> options =
        site.options().stream().map(option -> tables(site.home(), option)).toList();
    Path configuration = Files.createTempDirectory(folder, "imported").resolve("sockmapd.json");
    int port = FreePort.choose();
    Map<String, String> direct;
    CommandRun importing = new CommandRun();
    try (PostfixInstance postfix = PostfixInstance.start(mainCf, options)) {
      direct = outcomes(site, postfix, mainCf, () -> {});
      assertThat(new TreeSet<>(direct.values())).as(postfix.log()).hasSizeGreaterThan(50);
      int status =
          importing.status(
              "import-postfix",
              "--main-cf",
              postfix.mainCf().toString(),
              "--listen",
              "inet:127.0.0.1:" + port,
              "-o",
              configuration.toString());
      assertThat(status).as(importing.err()).isZero();
    }
    noteUses(configuration);
    Map<String, String> imported = imported(site, configuration, mainCf, importing.out());

    List<String> differences = new ArrayList<>();
    direct.forEach(
        (probe, outcome) -> {
          if (!outcome.equals(imported.get(probe))) {
            differences.add(probe + "\n  " + outcome + "\n  " + imported.get(probe));
          }
        });
    return differences.isEmpty()
        ? List.of()
        : List.of(String.join("\n", differences) + "\n" + importing.err() + importing.out());
  }

  @Test
  @Order(2)
  void usesEveryParameterThatTakesATable() throws IOException {
    Set<String> expected = new TreeSet<>();
    for (String[] columns : facts()) {
      boolean asked = !Set.of("restrictions", "none").contains(columns[1]);
      // Names of servers are looked up in the DNS before their tables are asked.
      if (asked && columns[5].equals("-") && !columns[0].matches("check_.*_(a|mx|ns)_access")) {
        expected.add(columns[0]);
      }
    }
    expected.removeAll(used);

    // An old name of virtual_alias_maps.
    assertThat(expected).containsExactly("virtual_maps");
  }

  @Test
  @Order(3)
  void meetsEveryParameterByMailButThoseThatAreNamed() throws IOException {
    Set<String> unmet = new TreeSet<>(used);
    unmet.removeAll(met);
    Set<String> idle = new TreeSet<>(NOT_BY_MAIL.keySet());
    idle.removeIf(reason -> unmet.stream().anyMatch(name -> name.matches(reason)));
    Set<String> unexplained = new TreeSet<>(unmet);
    unexplained.removeIf(name -> NOT_BY_MAIL.keySet().stream().anyMatch(name::matches));

    assertThat(unexplained).isEmpty();
    assertThat(idle).as("reasons for nothing").isEmpty();
  }

  private Map<String, String> mainCf(Site site) {
    Map<String, String> mainCf = new LinkedHashMap<>(bases.get(site.home()));
    mainCf.put("recipient_delimiter", site.delimiter());
    site.parameters()
        .forEach(
            (name, value) -> {
              if (value.isEmpty() && !KEPT_EMPTY.matcher(name).matches()) {
                mainCf.remove(name);
              } else {
                mainCf.put(name, tables(site.home(), value));
              }
            });
    return mainCf;
  }

  private static String tables(Home home, String value) {
    return Pattern.compile("@([a-z_]+)(?![a-z_.])")
        .matcher(value)
        .replaceAll(
            match -> {
              Path file = home.folder().resolve(match.group(1) + ".cf");
              String table = Files.exists(file) ? home.type + ":" + file : match.group();
              return Matcher.quoteReplacement(table);
            });
  }

  private static List<MailProbe> probes() throws IOException {
    List<MailProbe> probes = new ArrayList<>(PartialKeySite.probes());
    PROBES.stream().map(MailProbe::parse).forEach(probes::add);
    return probes;
  }

  private Map<String, String> imported(
      Site site, Path file, Map<String, String> mainCf, String lines) throws Exception {
    Map<String, String> replaced = new LinkedHashMap<>(mainCf);
    LINE.matcher(lines).results().forEach(line -> replaced.put(line.group(1), line.group(2)));
    Map<String, String> services = new LinkedHashMap<>();
    for (String given : site.options()) {
      String option = tables(site.home(), given);
      int equals = option.indexOf(" = ");
      services.put(option.substring(0, equals), option.substring(equals + 3));
    }
    OPTION.matcher(lines).results().forEach(line -> services.put(line.group(1), line.group(2)));
    List<String> replacedOptions =
        services.entrySet().stream().map(each -> each.getKey() + " = " + each.getValue()).toList();
    Configuration configuration = Configuration.read(file, Map.of());
    Met byMail = new Met(file);
    SocketmapServer server =
        SocketmapServer.builder()
            .tables(configuration.open(LookupEvents.NONE))
            .events(byMail)
            .listen(configuration.sysconfig().listen().toArray(ListenerSettings[]::new))
            .build();
    try (server) {
      server.start();
      try (PostfixInstance postfix = PostfixInstance.start(replaced, replacedOptions)) {
        return outcomes(site, postfix, replaced, byMail::end);
      }
    }
  }

  /** Notes which parameters mail has met: those whose map is theirs alone, and was asked. */
  private final class Met implements ServerEvents {
    private final Map<String, Set<String>> uses = new HashMap<>();
    private volatile boolean ended;

    Met(Path configuration) throws IOException {
      for (JsonElement map : postmaps(configuration)) {
        JsonObject settings = map.getAsJsonObject();
        if (settings.has("for")) {
          Set<String> names = new TreeSet<>();
          settings.getAsJsonArray("for").forEach(use -> names.add(use.getAsString()));
          uses.put(settings.get("service").getAsString(), names);
        }
      }
    }

    void end() {
      ended = true;
    }

    @Override
    public boolean wantsAnswers() {
      return true;
    }

    @Override
    public void answered(
        String client, String mapName, String key, SocketmapReply reply, long nanos) {
      Set<String> names = uses.getOrDefault(mapName, Set.of());
      if (!ended && names.size() == 1) {
        met.addAll(names);
      }
    }
  }

  private static JsonArray postmaps(Path configuration) throws IOException {
    return JsonParser.parseString(Files.readString(configuration))
        .getAsJsonObject()
        .getAsJsonArray("postmaps");
  }

  /** What becomes of each mail, and what each parameter's own table answers. */
  private static Map<String, String> outcomes(
      Site site, PostfixInstance postfix, Map<String, String> mainCf, Runnable afterMails)
      throws IOException {
    Map<String, String> outcomes = new LinkedHashMap<>();
    mails(site, postfix).forEach((probe, end) -> outcomes.put(probe.toString(), end));
    afterMails.run();
    String all = String.join(" ", mainCf.values());
    OF_ITS_OWN
        .matcher(all)
        .results()
        .forEach(
            table ->
                outcomes.put(table.group(1), postfix.postmap(table.group(), LOOKED_UP).stdout()));
    return outcomes;
  }

  /** On servers of databases, recipients that have all else in common share a mail. */
  private static Map<MailProbe, String> mails(Site site, PostfixInstance postfix)
      throws IOException {
    try {
      return site.home() == Home.SQLITE && !site.delimiter().isEmpty()
          ? MailOutcomes.of(postfix, probes())
          : MailOutcomes.ofShared(postfix, probes());
    } catch (IOException e) {
      throw new IOException(postfix.log(), e);
    }
  }

  private void noteUses(Path configuration) throws IOException {
    for (JsonElement map : postmaps(configuration)) {
      if (map.getAsJsonObject().has("for")) {
        map.getAsJsonObject().getAsJsonArray("for").forEach(use -> used.add(use.getAsString()));
      }
    }
  }
}
