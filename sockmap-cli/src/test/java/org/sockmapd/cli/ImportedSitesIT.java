package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.postfix.PostfixImport;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.SocketmapServer;
import org.sockmapd.testing.FreePort;
import org.sockmapd.testing.PostfixInstance;

/**
 * Two real Postfix side by side, one with its own tables and one with the main.cf that {@code
 * import-postfix} made of the first one's: the same mail has the same end, on sites that between
 * them use every parameter that takes a table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportedSitesIT {
  private static final Pattern LINE = Pattern.compile("(?m)^([a-z_]+) = (.*)$");
  private static final Pattern OPTION =
      Pattern.compile("(?m)^#   postconf -P '[^/]+/inet/(.*?)=(.*)'$");

  private final Set<String> used = new TreeSet<>();
  @TempDir private static Path folder;
  private LoginServer logins;
  private Map<String, String> base = Map.of();

  /**
   * A site.
   *
   * @param delimiter its {@code recipient_delimiter}
   * @param parameters what its main.cf has otherwise than the others; {@code null} for nothing, and
   *     {@code @table} for a table
   * @param options what its SMTP server has in master.cf
   */
  record Site(String name, String delimiter, Map<String, String> parameters, List<String> options) {
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
        everything());
  }

  /** Every parameter that takes a table has one. */
  private static Site everything() throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String[] columns : facts()) {
      boolean asked = !Set.of("restrictions", "none").contains(columns[1]);
      if (asked && !columns[0].startsWith("check_") && columns[5].equals("-")) {
        parameters.put(columns[0], "@empty_table");
      }
    }
    // Of no effect beside another name of theirs, and warned of.
    parameters.remove("virtual_maps");
    parameters.remove("virtual_alias_domains");
    parameters.remove("virtual_mailbox_domains");
    parameters.remove("mydestination");
    parameters.put("mynetworks", MailProbe.TRUSTED_CLIENT + " @empty_table");
    // Without a mechanism smtpd ends.
    parameters.put("smtpd_sasl_mechanism_filter", "!@empty_table, static:rest");
    parameters.put("smtpd_authorized_xclient_hosts", "0.0.0.0/0 [::]/0 @empty_table");
    List<String> checks =
        facts().stream()
            .map(columns -> columns[0])
            .filter(name -> name.startsWith("check_") && !name.matches(".*_(a|mx|ns|etrn)_access"))
            .filter(name -> !name.equals("check_address_map"))
            .map(name -> name + " @empty_table")
            .toList();
    parameters.put("smtpd_recipient_restrictions", String.join(", ", checks));
    parameters.put("smtpd_etrn_restrictions", "check_etrn_access @empty_table");
    parameters.put("local_header_rewrite_clients", "check_address_map @empty_table");
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
      connection.setAutoCommit(false);
      PartialKeySite.fill(connection);
      fill(connection);
      connection.commit();
    }
    PartialKeySite site = new PartialKeySite("sqlite", "dbpath = " + file + "\n", "", "+", true);
    base = site.direct(folder, logins);
    for (String table : MORE.keySet()) {
      Path cf = folder.resolve(table + ".cf");
      Files.writeString(
          cf, "dbpath = " + file + "\nquery = SELECT v FROM " + table + " WHERE k = '%s'\n");
      Files.setLastModifiedTime(cf, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    }
  }

  @AfterAll
  void close() throws IOException {
    logins.close();
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
          "-\t-\t-\t-\t<>\tjoe@a.test");

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

  @ParameterizedTest
  @MethodSource("sites")
  @Order(1)
  void doesWithTheImportWhatPostfixDoesWithItsOwnTables(Site site) throws Exception {
    Map<String, String> mainCf = mainCf(site);
    List<String> options = site.options().stream().map(this::tables).toList();
    Path configuration = folder.resolve("sockmapd.json");
    int port = FreePort.choose();
    Map<MailProbe, String> direct;
    CommandRun importing = new CommandRun();
    try (PostfixInstance postfix = PostfixInstance.start(mainCf, options)) {
      direct = outcomes(postfix);
      int status =
          importing.status(
              "import-postfix",
              "--force",
              "--main-cf",
              postfix.mainCf().toString(),
              "--listen",
              "inet:127.0.0.1:" + port,
              "-o",
              configuration.toString());
      assertThat(status).as(importing.err()).isZero();
    }
    Map<MailProbe, String> imported = imported(configuration, mainCf, options, importing.out());

    List<String> differences = new ArrayList<>();
    direct.forEach(
        (probe, outcome) -> {
          if (!outcome.equals(imported.get(probe))) {
            differences.add(probe + "\n  " + outcome + "\n  " + imported.get(probe));
          }
        });
    assertThat(differences)
        .as(String.join("\n", differences) + "\n" + importing.err() + importing.out())
        .isEmpty();
    assertThat(new TreeSet<>(direct.values())).hasSizeGreaterThan(50);
    noteUses(configuration);
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

  private Map<String, String> mainCf(Site site) {
    Map<String, String> mainCf = new LinkedHashMap<>(base);
    mainCf.put("recipient_delimiter", site.delimiter());
    site.parameters()
        .forEach(
            (name, value) -> {
              if (value.isEmpty() && !name.endsWith("_restrictions")) {
                mainCf.remove(name);
              } else {
                mainCf.put(name, tables(value));
              }
            });
    return mainCf;
  }

  private String tables(String value) {
    return Pattern.compile("@([a-z_]+)(?![a-z_.])")
        .matcher(value)
        .replaceAll(
            match ->
                Files.exists(folder.resolve(match.group(1) + ".cf"))
                    ? "sqlite:" + Matcher.quoteReplacement(folder + "/" + match.group(1) + ".cf")
                    : Matcher.quoteReplacement(match.group()));
  }

  private static List<MailProbe> probes() throws IOException {
    List<MailProbe> probes = new ArrayList<>(PartialKeySite.probes());
    PROBES.stream().map(MailProbe::parse).forEach(probes::add);
    return probes;
  }

  private static Map<MailProbe, String> imported(
      Path file, Map<String, String> mainCf, List<String> options, String lines) throws Exception {
    Map<String, String> replaced = new LinkedHashMap<>(mainCf);
    LINE.matcher(lines).results().forEach(line -> replaced.put(line.group(1), line.group(2)));
    Map<String, String> services = new LinkedHashMap<>();
    for (String option : options) {
      int equals = option.indexOf(" = ");
      services.put(option.substring(0, equals), option.substring(equals + 3));
    }
    OPTION.matcher(lines).results().forEach(line -> services.put(line.group(1), line.group(2)));
    List<String> replacedOptions =
        services.entrySet().stream().map(each -> each.getKey() + " = " + each.getValue()).toList();
    // Of SQL tables nothing is left but what Postfix takes no socketmap for.
    Configuration configuration = Configuration.read(file, Map.of());
    SocketmapServer server =
        SocketmapServer.builder()
            .tables(configuration.open(LookupEvents.NONE))
            .listen(configuration.sysconfig().listen().toArray(ListenerSettings[]::new))
            .build();
    try (server) {
      server.start();
      try (PostfixInstance postfix = PostfixInstance.start(replaced, replacedOptions)) {
        return outcomes(postfix);
      }
    }
  }

  private static Map<MailProbe, String> outcomes(PostfixInstance postfix) throws IOException {
    try {
      return MailOutcomes.of(postfix, probes());
    } catch (IOException e) {
      throw new IOException(postfix.log(), e);
    }
  }

  private void noteUses(Path configuration) throws IOException {
    JsonElement json = JsonParser.parseString(Files.readString(configuration));
    for (JsonElement map : json.getAsJsonObject().getAsJsonArray("postmaps")) {
      if (map.getAsJsonObject().has("for")) {
        map.getAsJsonObject().getAsJsonArray("for").forEach(use -> used.add(use.getAsString()));
      }
    }
  }
}
