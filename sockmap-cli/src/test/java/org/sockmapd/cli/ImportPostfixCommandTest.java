package org.sockmapd.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImportPostfixCommandTest {
  private static final String PGSQL =
      """
      # the mail database
      hosts = db1.example.com inet:db2.example.com:5433, [2001:db8::1]:5434
      user = postfix
      password = geheim $HOME ${HOME}
      dbname = mail
      query = SELECT goto FROM alias
        WHERE address = '%s' AND active
      """;

  /** Of a site whose own defaults name no table, and whose addresses are those of no machine. */
  private static final String QUIET =
      """
      myhostname = mx.example.com
      compatibility_level = 3.6
      inet_interfaces = 192.0.2.1
      virtual_alias_domains =
      virtual_mailbox_domains =
      fast_flush_domains =
      """;

  private final CommandRun run = new CommandRun();
  private String said = "";
  private Path written = Path.of("");
  @TempDir private Path folder;

  @Test
  void printsAConfigurationThatSockmapdTakesAndTheLineOfMainCf() throws IOException {
    Path main =
        write(
            "main.cf",
            "virtual_alias_maps = proxy:pgsql:"
                + folder
                + "/virtual.cf\n"
                + "virtual_alias_domains = a.test\ninet_interfaces = 192.0.2.1, [2001:DB8:0::1]\n"
                + "compatibility_level = 3.6\n");
    write("virtual.cf", PGSQL);
    Path output = folder.resolve("sockmapd.json");

    assertThat(run.status("import-postfix", "--main-cf", main.toString(), "-o", output.toString()))
        .as(run.err())
        .isZero();

    assertThat(run.out())
        .isEqualTo(
            """
            # in place of line 1:
            virtual_alias_maps = socketmap:inet:127.0.0.1:2224:virtual
            """);
    assertThat(JsonParser.parseString(Files.readString(output)))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"sysconfig": {"listen": ["inet:127.0.0.1:2224"]},
                 "databases": {"postgresql": {
                   "type": "postgresql",
                   "host": ["db1.example.com", "db2.example.com:5433", "[2001:db8::1]:5434"],
                   "policy": "random",
                   "username": "postfix",
                   "password_file": "postgresql.password",
                   "database": "mail"}},
                 "postmaps": [{
                   "service": "virtual",
                   "for": ["virtual_alias_maps"],
                   "connection": "postgresql",
                   "query": "SELECT goto FROM alias  WHERE address = '%s' AND active",
                   "search": "address",
                   "rewriting": true,
                   "propagate_unmatched_extensions": true,
                   "local_domains": ["localhost", "[192.0.2.1]", "[2001:db8::1]"]}]}
                """));
    assertThat(new CommandRun().status("check-config", "-c", output.toString())).isZero();
  }

  @Test
  void keepsAPasswordInAFileForItsOwnerAlone() throws IOException {
    Path table = write("pgsql-virtual.cf", PGSQL);
    Path output = folder.resolve("sockmapd.json");

    assertThat(run.status("import-postfix", table.toString(), "-o", output.toString())).isZero();

    Path password = folder.resolve("postgresql.password");
    assertThat(password).hasContent("geheim $HOME ${HOME}\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
        .isEqualTo("rw-------");
    assertThat(run.err()).contains("Wrote " + password).doesNotContain("geheim");
    assertThat(run.out()).doesNotContain("geheim");
  }

  @Test
  void writesPasswordsIntoTheConfigurationWhenToldSo() throws IOException {
    Path table = write("pgsql-virtual.cf", PGSQL);
    Path output = folder.resolve("sockmapd.json");

    run.status("import-postfix", "--inline-passwords", table.toString(), "-o", output.toString());

    JsonObject connection = connection(json(Files.readString(output)), "postgresql");
    // What a configuration would take for a variable of the environment is none in a .cf.
    assertThat(connection.get("password").getAsString()).isEqualTo("geheim $HOME $${HOME}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(output)))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("postgresql.password")).doesNotExist();
  }

  @Test
  void replacesNoFileWithoutBeingTold() throws IOException {
    Path table = write("pgsql-virtual.cf", PGSQL);
    Path output = write("sockmapd.json", "precious");

    assertThat(run.status("import-postfix", table.toString(), "-o", output.toString()))
        .isEqualTo(ExitStatus.CANNOT_CREATE);
    assertThat(output).hasContent("precious");
    assertThat(folder.resolve("postgresql.password")).doesNotExist();
    assertThat(run.err()).contains(output + " is there already (--force replaces it)");

    assertThat(
            new CommandRun()
                .status("import-postfix", "--force", table.toString(), "-o", output.toString()))
        .isZero();
  }

  @Test
  void givesPureJsonOnStandardOutputAndEverythingElseOnStandardError() throws IOException {
    Path table =
        write("sqlite-users.cf", "dbpath = /var/mail.db\nquery = SELECT 1 WHERE '%s' = 'a'\n");

    assertThat(run.status("import-postfix", table.toString())).isZero();

    assertThat(json(run.out()).has("postmaps")).isTrue();
    assertThat(run.err())
        .contains("#   socketmap:inet:127.0.0.1:2224:sqlite-users")
        .contains("only whole keys are looked up");
  }

  @Test
  void sharesOneConnectionAmongTablesOfOneDatabase() throws IOException {
    Path one = write("pgsql-one.cf", PGSQL);
    Path two = write("pgsql-two.cf", PGSQL.replace("dbname = mail", "dbname = other"));
    Path three = write("pgsql-three.cf", PGSQL.replace("user = postfix", "user = reader"));

    JsonObject json = imported(one.toString(), two.toString(), three.toString());

    assertThat(json.getAsJsonObject("databases").keySet())
        .containsExactly("postgresql", "postgresql-2");
    assertThat(connection(json, "postgresql").has("database")).isFalse();
    assertThat(map(json, 1).get("connection").getAsString()).isEqualTo("postgresql");
    assertThat(map(json, 1).get("database").getAsString()).isEqualTo("other");
    assertThat(map(json, 2).get("connection").getAsString()).isEqualTo("postgresql-2");
  }

  static Stream<Arguments> uses() {
    return Stream.of(
        Arguments.of("virtual_alias_maps = TABLE", "address", "propagate", "true"),
        Arguments.of("canonical_maps = TABLE", "address", "propagate", "true"),
        Arguments.of("smtp_generic_maps = TABLE", "address", "propagate", "false"),
        Arguments.of("smtpd_sender_login_maps = TABLE", "address", "rewriting", "false"),
        Arguments.of("relay_recipient_maps = hash:/x, TABLE", "address", "rewriting", "false"),
        Arguments.of("transport_maps = TABLE", "transport", "style", "dotted"),
        Arguments.of("relay_domains = $mydestination, TABLE", "domain", "style", "bare"),
        Arguments.of("virtual_mailbox_domains = TABLE", "exact", "", ""),
        Arguments.of("mydestination = localhost TABLE", "exact", "", ""),
        Arguments.of(
            "smtpd_sender_restrictions = permit_mynetworks, check_sender_access TABLE, reject",
            "access",
            "style",
            "bare"),
        Arguments.of("smtpd_client_restrictions = TABLE", "access", "style", "bare"),
        Arguments.of(
            "smtpd_helo_restrictions = check_helo_access { TABLE }", "domain", "style", "bare"),
        Arguments.of(
            "smtpd_client_restrictions = check_reverse_client_hostname_access TABLE",
            "access",
            "style",
            "bare"),
        Arguments.of(
            "smtpd_restriction_classes = strict\nstrict =\n  check_recipient_access\n  TABLE",
            "access",
            "style",
            "bare"),
        Arguments.of("smtpd_data_restrictions = check_ccert_access TABLE", "exact", "", ""),
        Arguments.of("smtp_sasl_password_maps = TABLE", "exact", "", ""),
        Arguments.of(
            "smtp_sender_dependent_authentication = yes\nsmtp_sasl_password_maps = TABLE",
            "address",
            "rewriting",
            "false"),
        Arguments.of(
            "smtp_sender_dependent_authentication = yes\nlmtp_sasl_password_maps = TABLE",
            "exact",
            "",
            ""),
        Arguments.of("sql = TABLE\nvirtual_alias_maps = ${sql}", "address", "propagate", "true"),
        Arguments.of(
            "sql = proxy:TYPE:FOLDER\ntransport_maps = ${sql}/mail.cf", "transport", "", ""),
        Arguments.of("dir = FOLDER\ntransport_maps = TYPE:$dir/mail.cf", "transport", "", ""));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void searchesAsPostfixDoesForTheParameter(
      String line, String search, String option, String expected) throws IOException {
    write("mail.cf", PGSQL);
    String text =
        line.replace("TABLE", "pgsql:" + folder + "/mail.cf")
            .replace("TYPE", "pgsql")
            .replace("FOLDER", folder.toString());
    Path main = write("main.cf", QUIET + text + "\n");

    JsonObject map = map(imported("--main-cf", main.toString()), 0);

    assertThat(map.has("search") ? map.get("search").getAsString() : "exact").isEqualTo(search);
    switch (option) {
      case "propagate" ->
          assertThat(map.get("propagate_unmatched_extensions").getAsString()).isEqualTo(expected);
      case "rewriting" -> assertThat(map.get("rewriting").getAsString()).isEqualTo(expected);
      case "style" -> assertThat(map.get("parent_domain_style").getAsString()).isEqualTo(expected);
      default -> assertThat(option).isEmpty();
    }
    assertThat(said).contains("socketmap:inet:127.0.0.1:2224:mail");
  }

  @Test
  void carriesOverWhatMainCfSaysOfAddresses() throws IOException {
    write("mail.cf", PGSQL);
    Path main =
        write(
            "main.cf",
            """
            QUIETmydestination = $myhostname, localhost.$mydomain, localhost
            recipient_delimiter = +-
            parent_domain_matches_subdomains =
            propagate_unmatched_extensions = canonical
            virtual_alias_maps = pgsql:FOLDER/mail.cf
            relay_domains = pgsql:FOLDER/mail.cf
            """
                .replace("QUIET", QUIET)
                .replace("FOLDER", folder.toString()));

    JsonObject json = imported("--main-cf", main.toString());

    JsonObject virtual = map(json, 0);
    assertThat(virtual.get("recipient_delimiter").getAsString()).isEqualTo("+-");
    assertThat(virtual.get("propagate_unmatched_extensions").getAsBoolean()).isFalse();
    assertThat(virtual.getAsJsonArray("local_domains").toString())
        .isEqualTo("[\"mx.example.com\",\"localhost.example.com\",\"localhost\",\"[192.0.2.1]\"]");
    // One table searched in two ways is two maps.
    assertThat(map(json, 1).get("service").getAsString()).isEqualTo("mail-domain");
    assertThat(map(json, 1).get("parent_domain_style").getAsString()).isEqualTo("dotted");
  }

  @Test
  void asksTheMapOfLocalDomainsBesideTheNamesWhereMydestinationHasATable() throws IOException {
    write("dest.cf", PGSQL);
    write("mail.cf", PGSQL);
    Path main =
        main(
            """
            virtual_alias_maps = pgsql:FOLDER/mail.cf
            mydestination = home.test pgsql:FOLDER/dest.cf hash:/etc/postfix/more
            """);

    JsonObject json = imported("--main-cf", main.toString());

    assertThat(map(json, 0).get("service").getAsString()).isEqualTo("dest");
    assertThat(map(json, 1).get("local_domains_map").getAsString()).isEqualTo("dest");
    assertThat(said).doesNotContain("dest.cf is no part of");
    assertThat(map(json, 1).getAsJsonArray("local_domains").toString())
        .isEqualTo("[\"mx.example.com\",\"home.test\",\"[192.0.2.1]\"]");
    assertThat(said).contains("hash:/etc/postfix/more is no part of what tells imported maps");
  }

  @Test
  void makesOneMapOfTablesThatPostfixSearchesTogether() throws IOException {
    write("alias.cf", PGSQL);
    write("domain.cf", PGSQL);
    Path main =
        main(
            """
            virtual_alias_maps = proxy:pgsql:FOLDER/alias.cf,
              proxy:pgsql:FOLDER/domain.cf, hash:/etc/postfix/virtual
            relay_domains = pgsql:FOLDER/alias.cf !pgsql:FOLDER/domain.cf
            """);

    JsonObject json = imported("--main-cf", main.toString());

    assertThat(map(json, 2))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"service": "virtual_alias_maps", "for": ["virtual_alias_maps"],
                 "type": "maps", "maps": ["alias-inner", "domain-inner"],
                 "search": "address", "rewriting": true, "propagate_unmatched_extensions": true,
                 "local_domains": ["mx.example.com", "localhost.example.com", "localhost",
                                   "[192.0.2.1]"]}
                """));
    assertThat(map(json, 0).has("for")).isFalse();
    assertThat(said)
        .contains(
            "virtual_alias_maps = socketmap:inet:127.0.0.1:2224:virtual_alias_maps,"
                + " hash:/etc/postfix/virtual\n")
        .contains("stands in a list with hash:/etc/postfix/virtual: the map answers with a catch")
        .contains("alias-inner: pgsql:" + folder + "/alias.cf, inner map, asked by others")
        .contains(
            "relay_domains = socketmap:inet:127.0.0.1:2224:alias !socketmap:inet:127.0.0.1:2224:"
                + "domain\n");
  }

  @Test
  void takesTheTableOfAnotherParameterForWhatItIsAskedByDefault() throws IOException {
    write("mail.cf", PGSQL);
    Path main =
        write(
            "main.cf",
            """
            myhostname = mx.example.com
            recipient_delimiter = -
            inet_interfaces = 192.0.2.1
            mydestination = pgsql:FOLDER/mail.cf
            virtual_alias_maps = pgsql:FOLDER/mail.cf
            transport_maps = pgsql:FOLDER/mail.cf
            """
                .replace("FOLDER", folder.toString()));

    JsonObject json = imported("--main-cf", main.toString());

    // A domain that is looked up like an address would be cut at the delimiter.
    assertThat(said)
        .contains("virtual_alias_maps = socketmap:inet:127.0.0.1:2224:mail-rewriting\n")
        .contains("virtual_alias_domains = socketmap:inet:127.0.0.1:2224:mail\n")
        // Of compatibility_level 0.
        .contains("relay_domains = socketmap:inet:127.0.0.1:2224:mail-domain\n")
        // What follows the same map needs no line of its own.
        .doesNotContain("address_verify_transport_maps =")
        .doesNotContain("fast_flush_domains =");
    assertThat(map(json, 0).get("for").toString())
        .isEqualTo("[\"mydestination\",\"virtual_alias_domains\"]");
  }

  @Test
  void importsCompositeTablesAsPostfixMeansThemOrLeavesThemWhole() throws IOException {
    write("a.cf", PGSQL);
    write("b.cf", PGSQL);
    Path main =
        main(
            """
            virtual_alias_maps = unionmap:{pgsql:FOLDER/a.cf, proxy:pgsql:FOLDER/b.cf,
              inline:{ {Joe@a.test = ann@a.test, bob@a.test}, x=y }}
            transport_maps = pipemap:{ pgsql:FOLDER/a.cf, static:{smtp:[mx.test]} }
            relocated_maps = randmap:{pgsql:FOLDER/a.cf, pgsql:FOLDER/b.cf}
            relay_recipient_maps = pipemap:{pgsql:FOLDER/a.cf hash:/x}
            """);

    JsonObject json = imported("--main-cf", main.toString());

    assertThat(json.getAsJsonArray("postmaps").toString())
        .contains(
            "\"type\":\"inline\",\"entries\":{\"joe@a.test\":\"ann@a.test, bob@a.test\",\"x\":\"y\"}")
        .contains("\"type\":\"unionmap\",\"maps\":[\"a-inner\",\"b-inner\",\"inline-inner\"]")
        .contains("\"type\":\"static\",\"value\":\"smtp:[mx.test]\"")
        .contains("\"type\":\"pipemap\",\"maps\":[\"a-inner\",\"static-inner\"]");
    assertThat(said)
        .contains(
            "virtual_alias_maps = socketmap:inet:127.0.0.1:2224:virtual_alias_maps-unionmap\n")
        .contains("relocated_maps: randmap:{")
        .contains("stays with Postfix as a whole: sockmapd cannot ask randmap:{")
        .contains("stays with Postfix as a whole: sockmapd cannot ask hash:/x")
        .doesNotContain("address_verify_transport_maps")
        .doesNotContain("relocated_maps = ");
  }

  @Test
  void importsTheTablesOfMasterCfForTheirService() throws IOException {
    write("a.cf", PGSQL);
    write("b.cf", PGSQL);
    Path main =
        main(
            """
            mua_senders = check_sender_access pgsql:FOLDER/a.cf, reject
            virtual_alias_maps = pgsql:FOLDER/b.cf
            """);
    write(
        "master.cf",
        """
        # service type
        smtp      inet  n - y - - smtpd
        submission inet n - y - - smtpd
          -o smtpd_sender_login_maps=pgsql:FOLDER/a.cf
          -o { smtpd_recipient_restrictions = check_recipient_access pgsql:FOLDER/b.cf, permit }
          -o smtpd_sender_restrictions=$mua_senders
          -o recipient_delimiter=-
        """
            .replace("FOLDER", folder.toString()));

    JsonObject json = imported("--main-cf", main.toString());

    assertThat(said)
        .contains(
            "# in place of line 4 of master.cf:\n"
                + "#   postconf -P 'submission/inet/smtpd_sender_login_maps="
                + "socketmap:inet:127.0.0.1:2224:")
        .contains(
            "#   postconf -P 'submission/inet/smtpd_recipient_restrictions=check_recipient_access"
                + " socketmap:inet:127.0.0.1:2224:")
        .contains("mua_senders = check_sender_access socketmap:inet:127.0.0.1:2224:a")
        .contains("master.cf:7:6: recipient_delimiter: is set for submission/inet alone");
    // Searched as the service sees main.cf, with a delimiter of its own.
    assertThat(json.getAsJsonArray("postmaps").toString())
        .contains("\"recipient_delimiter\":\"-\",\"rewriting\":false");
  }

  @Test
  void readsWhatElseChangesALookup() throws IOException {
    write("a.cf", PGSQL);
    Path name = write("mailname", "origin.test\n");
    Path main =
        main(
            """
            recipient_delimiter = -
            owner_request_special = no
            smtputf8_enable = no
            myorigin = NAME
            mydestination =
            proxy_interfaces = 198.51.100.7
            smtpd_sender_login_maps = pgsql:FOLDER/a.cf
            mailbox_transport_maps = pgsql:FOLDER/a.cf
            """
                .replace("NAME", name.toString()));

    JsonObject json = imported("--main-cf", main.toString());

    assertThat(map(json, 0))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"service": "a", "for": ["smtpd_sender_login_maps"], "connection": "postgresql",
                 "query": "SELECT goto FROM alias  WHERE address = '%s' AND active",
                 "search": "address", "recipient_delimiter": "-", "owner_request_special": false,
                 "rewriting": false,
                 "local_domains": ["origin.test", "[192.0.2.1]", "[198.51.100.7]"],
                 "smtputf8_enable": false}
                """));
    assertThat(map(json, 1).get("fold_case").getAsBoolean()).isFalse();
  }

  @Test
  void leavesOneTableThatIsWrongToPostfixAndImportsTheOthers() throws IOException {
    write("good.cf", PGSQL);
    Path bad = write("bad.cf", PGSQL.replace("'%s'", "'%s"));
    Path main =
        main(
            """
            virtual_alias_maps = pgsql:FOLDER/good.cf
            transport_maps = pgsql:FOLDER/bad.cf
            relay_domains = pgsql:FOLDER/good.cf ldap:/etc/postfix/ldap.cf
            """);

    JsonObject json = imported("--main-cf", main.toString());

    assertThat(json.getAsJsonArray("postmaps")).hasSize(2);
    assertThat(said)
        .contains("Stays with Postfix:\n  " + bad + ":7:19: query: ' at offset")
        .contains("is never closed; the table is left to Postfix")
        .contains("ldap:/etc/postfix/ldap.cf stays with Postfix: sockmapd asks no ldap servers")
        .doesNotContain("transport_maps = ");
  }

  @Test
  void tellsOneCauseOnceWithEveryPlace() throws IOException {
    Path one = write("pgsql-one.cf", PGSQL + "retry_interval = 5\n");
    Path two = write("pgsql-two.cf", PGSQL + "retry_interval = 7\n");

    imported(one.toString(), two.toString());

    assertThat(said.split("a host that is down is probed in the background", -1)).hasSize(2);
    assertThat(said).contains("    also " + two + ":8:1: retry_interval\n");
  }

  @Test
  void printsTheReportForAProgram() throws IOException {
    write("a.cf", PGSQL);
    Path main = main("virtual_alias_maps = pgsql:FOLDER/a.cf\nalias_maps = pgsql:FOLDER/a.cf\n");
    Path output = folder.resolve("sockmapd.json");

    assertThat(
            run.status(
                "import-postfix", "--main-cf", main.toString(), "-o", output.toString(), "--json"))
        .isZero();

    JsonObject report = json(run.out());
    assertThat(report.getAsJsonArray("maps").get(0).toString())
        .isEqualTo(
            "{\"name\":\"a\",\"source\":\"pgsql:"
                + folder
                + "/a.cf\",\"search\":\"address\",\"for\":[\"virtual_alias_maps\"]}");
    assertThat(report.getAsJsonArray("main_cf").get(1).getAsString())
        .isEqualTo("virtual_alias_maps = socketmap:inet:127.0.0.1:2224:a");
    assertThat(report.getAsJsonArray("stays").toString())
        .contains("\"parameter\":\"alias_maps\"")
        .contains("local(8) takes no socketmap");
  }

  @Test
  void leavesNoConfigurationBehindThatWouldNotBeRight() throws IOException {
    Path table = write("mysql-a.cf", PGSQL + "tls_CAfile = /nowhere/ca.pem\n");
    Path output = folder.resolve("sockmapd.json");

    assertThat(run.status("import-postfix", table.toString(), "-o", output.toString()))
        .isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(output).doesNotExist();
    assertThat(run.err())
        .contains(output + ": is not written, for it would not be right:")
        .contains("/nowhere/ca.pem");
  }

  @Test
  void leavesWithPostfixWhatPostfixTakesNoSocketmapFor() throws IOException {
    write("mail.cf", PGSQL);
    write("uid.cf", PGSQL);
    Path main =
        write(
            "main.cf",
            """
            QUIETvirtual_uid_maps = pgsql:FOLDER/uid.cf
            alias_maps = hash:/etc/aliases, pgsql:FOLDER/mail.cf
            local_recipient_maps = proxy:unix:passwd.byname $alias_maps
            """
                .replace("QUIET", QUIET)
                .replace("FOLDER", folder.toString()));

    JsonObject json = imported("--main-cf", main.toString());

    assertThat(json.getAsJsonArray("postmaps")).hasSize(1);
    assertThat(said)
        .contains(
            main + ":7:20: virtual_uid_maps: pgsql:" + folder + "/uid.cf: virtual(8) takes no")
        .contains(main + ":8:33: alias_maps: ")
        .contains(
            "local_recipient_maps = proxy:unix:passwd.byname hash:/etc/aliases"
                + " socketmap:inet:127.0.0.1:2224:mail")
        .doesNotContain("alias_maps = hash:/etc/aliases, socketmap");
  }

  @Test
  void readsTheParametersOfOldAndThoseInMainCf() throws IOException {
    Path main =
        write(
            "main.cf",
            """
            myhostname = mx.example.com
            transport_maps = mysql:tr
            tr_hosts = 10.0.0.1
            tr_user = postfix
            tr_password = $tr_user-secret
            tr_dbname = mail
            tr_table = transport
            tr_select_field = destination
            tr_where_field = domain
            tr_additional_conditions = AND active = 1
            """);

    JsonObject json = imported("--main-cf", main.toString(), "--inline-passwords");

    assertThat(map(json, 0).get("query").getAsString())
        .isEqualTo("SELECT destination FROM transport WHERE domain='%s' AND active = 1");
    assertThat(connection(json, "mariadb").get("password").getAsString())
        .isEqualTo("postfix-secret");
  }

  @Test
  void readsConnectionUrisOfPostgresql() throws IOException {
    Path table =
        write(
            "x.cf",
            """
            hosts = postgresql://me:a%40b@db.example.com:5433/mail?sslmode=require
            query = SELECT 1 WHERE '%s' = 'a'
            """);

    JsonObject json = imported("--inline-passwords", table.toString());

    assertThat(connection(json, "postgresql"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"type": "postgresql", "host": "db.example.com:5433", "username": "me",
                 "tls": "require", "password": "a@b", "database": "mail"}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "dbname=mail user=me password='a b\\'c' sslmode=require port=5433 | db:5433 | me | a b'c | mail",
        "postgresql://me:x@other:5433/mail?sslmode=require               | db:5433 | me | x     | mail",
        "user=me sslmode=require                                         | db      | me | ~~    | me",
      })
  void readsAConnectionStringInPlaceOfTheNameOfADatabase(
      String dbname, String host, String user, String password, String database)
      throws IOException {
    Path table =
        write(
            "pgsql-x.cf",
            "hosts = db\nquery = SELECT 1 WHERE '%s' = 'a'\ndbname = " + dbname + "\n");

    JsonObject connection =
        connection(imported("--inline-passwords", table.toString()), "postgresql");

    assertThat(connection.get("host").getAsString()).isEqualTo(host);
    assertThat(connection.get("username").getAsString()).isEqualTo(user);
    assertThat(connection.has("password") ? connection.get("password").getAsString() : "")
        .isEqualTo(password);
    assertThat(connection.get("database").getAsString()).isEqualTo(database);
    assertThat(connection.get("tls").getAsString()).isEqualTo("require");
  }

  @Test
  void leavesATableToPostfixWhoseConnectionStringIsNotWhole() throws IOException {
    Path table =
        write("pgsql-x.cf", PGSQL.replace("dbname = mail", "dbname = user=me password='x"));

    assertThat(run.status("import-postfix", table.toString())).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err())
        .contains(table + ":5:10: dbname: is no connection string of libpq")
        .doesNotContain("'x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "pgsql | unix:/run/pg                    | mail             | [\"unix:/run/pg\"]",
        "pgsql | /run/pg                         | mail             | [\"unix:/run/pg\"]",
        "pgsql | unix:                           | mail             | [\"unix:/run/postgresql\"]",
        "pgsql | unix:                           | host=/run/pg     | [\"unix:/run/pg\"]",
        "pgsql | /run/pg                         | host=db port=77  | [\"unix:/run/pg/.s.PGSQL.77\"]",
        "pgsql | none                            | mail             | [\"localhost\"]",
        "pgsql | none                            | port=77          | [\"localhost:77\"]",
        "pgsql | localhost                       | mail             | [\"localhost\"]",
        "pgsql | postgresql:///mail              | mail             | [\"unix:/run/postgresql\"]",
        "pgsql | postgresql://%2Frun%2Fpg:77/mail| mail             | [\"unix:/run/pg/.s.PGSQL.77\"]",
        "pgsql | postgresql:///mail?host=/run/pg | mail             | [\"unix:/run/pg\"]",
        "mysql | unix:/run/my.sock               | mail             | [\"unix:/run/my.sock\"]",
        "mysql | /run/my.sock                    | mail             | [\"unix:/run/my.sock\"]",
        "mysql | localhost                       | mail             | [\"unix:FOLDER/option.sock\"]",
        "mysql | none                            | mail             | [\"unix:FOLDER/option.sock\"]",
        "mysql | inet:LocalHost:3307             | mail             | [\"unix:FOLDER/option.sock\"]",
        "mysql | 127.0.0.1                       | mail             | [\"127.0.0.1:3308\"]",
        "mysql | 127.0.0.1:3309                  | mail             | [\"127.0.0.1:3309\"]",
        "mysql | db2 unix:/a db1                 | mail             | [\"unix:/a\",\"db2:3308\",\"db1:3308\"]",
      })
  void writesTheHostThatTheClientLibraryWouldTake(
      String type, String hosts, String dbname, String expected) throws IOException {
    optionFile("socket = FOLDER/option.sock\nport = 3308\n");
    Path table =
        write(
            "x.cf",
            (hosts == null ? "" : "hosts = " + hosts + "\n")
                + "user = me\npassword = geheim\nquery = SELECT 1 WHERE '%s' = 'a'\ndbname = "
                + dbname
                + (type.equals("mysql") ? "\noption_file = " + folder.resolve("my.cnf") : "")
                + "\n");

    JsonObject database = onlyConnection(imported(type + ":" + table));

    assertThat(oneOrMore(database.get("host")).toString())
        .isEqualTo(expected.replace("FOLDER", folder.toString()));
    // Sockets first, as Postfix has it.
    assertThat(database.has("policy")).isFalse();
    assertThat(new CommandRun().status("check-config", "-c", written.toString())).isZero();
  }

  @Test
  void readsWhatAnOptionFileIncludes() throws IOException {
    Path more = Files.createDirectory(folder.resolve("more"));
    Files.writeString(folder.resolve("one.cnf"), "[client]\nsocket = /run/one.sock\n");
    Files.writeString(more.resolve("two.cnf"), "[client]\nuser = other\n");
    write("my.cnf", "!include %s\n!includedir %s\n".formatted(folder.resolve("one.cnf"), more));
    Path table =
        write(
            "x.cf",
            "dbname = mail\nquery = SELECT 1 WHERE '%s' = 'a'\noption_file = "
                + folder.resolve("my.cnf")
                + "\n");

    JsonObject database = onlyConnection(imported("mysql:" + table));

    assertThat(database.get("host").getAsString()).isEqualTo("unix:/run/one.sock");
    assertThat(database.get("username").getAsString()).isEqualTo("other");
  }

  @Test
  void givesAConnectionUriNothingOfTheParametersBesideIt() throws IOException {
    Path table = write("pgsql.cf", PGSQL.replaceFirst("hosts = .*", "hosts = postgresql://db/"));

    JsonObject database = onlyConnection(imported("--inline-passwords", table.toString()));

    assertThat(database.get("username").getAsString()).isEqualTo("postfix");
    assertThat(database.get("database").getAsString()).isEqualTo("postfix");
    assertThat(database.has("password")).isFalse();
    assertThat(said).doesNotContain("inner map");
  }

  @Test
  void namesWhatMapsKnowByItsUsualSpellingAlone() throws IOException {
    write("pgsql.cf", PGSQL.replaceFirst("hosts = .*", "hosts = db"));
    String uses =
        """
        virtual_alias_maps = pgsql:FOLDER/pgsql.cf
        smtpd_sender_restrictions = check_sender_access pgsql:FOLDER/pgsql.cf
        """;
    String others =
        """
        empty_address_recipient = nobody
        strict_mailbox_ownership = no
        recipient_delimiter = -
        double_bounce_sender = double-bounce
        """;
    Path usual = main(uses + others);

    imported("--main-cf", usual.toString());

    assertThat(said).doesNotContain("Changed in meaning");

    String unlike =
        """
        recipient_delimiter = -
        double_bounce_sender = twice-bounced
        smtpd_null_access_lookup_key = null.sender
        """;
    Path unusual = main(uses + unlike);

    imported("--main-cf", unusual.toString());

    assertThat(said)
        .contains("double_bounce_sender: maps take what follows the delimiter in \"twice-bounced\"")
        .contains("smtpd_null_access_lookup_key: a map of check_sender_access is asked for");
  }

  @Test
  void takesTheHostAndTheUserOfAnOptionFileAndNamesWhatItDoesNotTake() throws IOException {
    optionFile(
        """
        user = someone
        host = db.example.com
        ssl-ca = /etc/ca.pem
        [mysql]
        socket = /of/another/program
        """);
    Path table =
        write(
            "mysql.cf",
            "query = SELECT 1 WHERE '%s' = 'a'\ndbname = mail\noption_file = "
                + folder.resolve("my.cnf")
                + "\n");

    JsonObject database = onlyConnection(imported(table.toString()));

    assertThat(database.get("host").getAsString()).isEqualTo("db.example.com");
    assertThat(database.get("username").getAsString()).isEqualTo("someone");
    assertThat(said)
        .contains(folder.resolve("my.cnf") + ": the option ssl-ca of Postfix's client is not")
        .doesNotContain("names no user");
  }

  @Test
  void saysOnceWhoIsToAskBySocketWithoutAPassword() throws IOException {
    String text = "hosts = /run/pg\ndbname = mail\nquery = SELECT 1 WHERE '%s' = 'a'\n";
    Path first = write("pgsql-a.cf", text);
    Path second = write("pgsql-b.cf", text);

    JsonObject database = onlyConnection(imported(first.toString(), second.toString()));

    assertThat(database.get("username").getAsString()).isEqualTo("postfix");
    assertThat(said)
        .containsOnlyOnce("logs in by UNIX socket as \"postfix\" without a password")
        .contains("also " + second)
        .doesNotContain("names no user");
  }

  @Test
  void takesTheSocketBelowTheQueueDirectoryThatChrootedServicesSee() throws IOException {
    Files.createDirectories(folder.resolve("queue/run/chrooted-only"));
    Path table = write("pgsql.cf", PGSQL.replaceFirst("hosts = .*", "hosts = /run/chrooted-only"));
    Path main = main("queue_directory = FOLDER/queue\nvirtual_alias_maps = pgsql:" + table + "\n");

    JsonObject database = onlyConnection(imported("--main-cf", main.toString()));

    assertThat(database.get("host").getAsString())
        .isEqualTo("unix:" + folder.resolve("queue/run/chrooted-only"));
    assertThat(said).contains("is there for chrooted services of Postfix alone");
  }

  @ParameterizedTest
  @CsvSource({"5.5.5-10.11.19-MariaDB-log, mariadb", "8.0.31, mysql"})
  void asksAServerBehindASocketWhatItIs(String version, String type) throws Exception {
    Path socket = folder.resolve("s");
    Path table = write("mysql.cf", PGSQL.replaceFirst("hosts = .*", "hosts = unix:" + socket));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread.ofVirtual().start(() -> greet(server, version));

      assertThat(onlyConnection(imported(table.toString())).get("type").getAsString())
          .isEqualTo(type);
    }
    assertThat(said).doesNotContain("no server greets");
  }

  private static void greet(ServerSocketChannel server, String version) {
    try (SocketChannel client = server.accept()) {
      client.write(ByteBuffer.wrap(("\1\0\0\0\n" + version + "\0rest").getBytes(US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void takesASocketWhereNobodyGreetsForMySqlWhichAsksMariaDbToo() throws IOException {
    Path table = write("mysql.cf", PGSQL.replaceFirst("hosts = .*", "hosts = unix:/nobody"));

    assertThat(onlyConnection(imported(table.toString())).get("type").getAsString())
        .isEqualTo("mysql");
    assertThat(said).contains("needs \"type\": \"mariadb\"");
  }

  private void optionFile(String options) throws IOException {
    write("my.cnf", "[client]\n" + options.replace("FOLDER", folder.toString()));
  }

  private static JsonObject onlyConnection(JsonObject json) {
    JsonObject databases = json.getAsJsonObject("databases");
    assertThat(databases.keySet()).hasSize(1);
    return databases.getAsJsonObject(databases.keySet().iterator().next());
  }

  private static JsonArray oneOrMore(JsonElement element) {
    if (element.isJsonArray()) {
      return element.getAsJsonArray();
    }
    JsonArray one = new JsonArray();
    one.add(element);
    return one;
  }

  @Test
  void copiesTheKeysOfADomainTableAndLeavesATableItCannotRead() throws IOException {
    write("domains", "# ours\nexample.com  x\n\nexample.org y\n");
    Path good =
        write("pgsql-a.cf", PGSQL + "domain = a.test, hash:" + folder.resolve("domains") + "\n");
    Path bad = write("pgsql-b.cf", PGSQL + "domain = ldap:/etc/ldap.cf\n");

    JsonObject json = imported(good.toString(), bad.toString());

    assertThat(json.getAsJsonArray("postmaps")).hasSize(1);
    assertThat(map(json, 0).getAsJsonArray("domain").toString())
        .isEqualTo("[\"a.test\",\"example.com\",\"example.org\"]");
    assertThat(said)
        .contains(
            bad + ":8:10: domain: the table is left to Postfix: ldap:/etc/ldap.cf is a table");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("query = SELECT '%q'", ":5:17: query: unknown %q at offset 8"),
        Arguments.of("query =\n  SELECT\n  '%q'", ":7:4: query: unknown %q"),
        Arguments.of("query = SELECT 1 FROM %s", ":5:23: query: %s as a part of a name"),
        Arguments.of("query = SELECT 'a", ":5:16: query: ' at offset 7 is never closed"),
        Arguments.of("query = SELECT 1\nresult_format = %x", ":6:17: result_format: unknown %x"),
        Arguments.of("query = SELECT 1\nexpansion_limit = many", ":6:19: expansion_limit: expect"),
        Arguments.of("query SELECT 1", ":5:7: expected \"name = value\""),
        Arguments.of("table = a", ": has no query, and not all of select_field"),
        Arguments.of("query = SELECT 1\nhosts = a:b:c:d/", ":6:9: hosts: expected a host"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void endsWith78AtTheLineAndColumnOfAMistake(String line, String expected) throws IOException {
    Path table =
        write("pgsql-x.cf", "hosts = db\nuser = u\npassword = geheim\ndbname = d\n" + line + "\n");

    assertThat(run.status("import-postfix", table.toString())).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains(table + expected).doesNotContain("geheim");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void endsWith78ForAFileThatIsMissingOrNoTable() throws IOException {
    Path json = write("pgsql.cf", "{\"sysconfig\": {}}\n");
    Path ldap = write("pgsql-ldap.cf", "server_host = ldap\nsearch_base = dc=x\n");
    Path missing = folder.resolve("pgsql-missing.cf");

    assertThat(run.status("import-postfix", json.toString(), ldap.toString(), missing.toString()))
        .isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err())
        .contains(json + ":1:15: expected \"name = value\"")
        .contains(ldap + ": has no parameter of pgsql_table(5)")
        .contains(missing + ": cannot be read: no such file");
  }

  @Test
  void warnsOfAParameterThatItDoesNotKnow() throws IOException {
    Path table = write("pgsql-x.cf", PGSQL + "qeury = x\nretry_interval = 5\n");

    imported(table.toString());

    assertThat(said)
        .contains("  " + table + ":8:1: qeury: is no parameter of pgsql_table(5)")
        .contains("  " + table + ":9:1: retry_interval: not carried over");
  }

  @Test
  void asksForTheTypeThatDoesNotShow() throws IOException {
    Path table = write("x.cf", PGSQL.replaceFirst("hosts = .*", "hosts = db"));

    assertThat(run.status("import-postfix", table.toString())).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("write pgsql:" + table);
    assertThat(
            map(imported("--type", "mysql", table.toString()), 0).get("connection").getAsString())
        .isEqualTo("mariadb");
    assertThat(map(imported("mysql:" + table), 0).get("connection").getAsString())
        .isEqualTo("mariadb");
  }

  @Test
  void wantsSomethingToImport() {
    assertThat(run.status("import-postfix")).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("nothing to import");
  }

  /** Imports to a file of its own, so that no password is written into the working directory. */
  private JsonObject imported(String... arguments) throws IOException {
    Path output = Files.createTempDirectory(folder, "imported").resolve("sockmapd.json");
    written = output;
    String[] all =
        Stream.concat(Stream.of("import-postfix", "-o", output.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    CommandRun importing = new CommandRun();
    int status = importing.status(all);
    said = importing.err() + importing.out();
    assertThat(status).as(said).isZero();
    return json(Files.readString(output));
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static JsonObject connection(JsonObject json, String name) {
    return json.getAsJsonObject("databases").getAsJsonObject(name);
  }

  private static JsonObject map(JsonObject json, int index) {
    JsonArray maps = json.getAsJsonArray("postmaps");
    return maps.get(index).getAsJsonObject();
  }

  private Path main(String text) throws IOException {
    return write("main.cf", QUIET + text.replace("FOLDER", folder.toString()));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
