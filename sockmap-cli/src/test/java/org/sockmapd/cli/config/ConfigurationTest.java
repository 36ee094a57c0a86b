package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.cli.log.LogLevel;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.server.ListenerSettings;

class ConfigurationTest {
  @TempDir private Path directory;
  private ConfigurationFiles files;

  @BeforeEach
  void useDirectory() {
    files = new ConfigurationFiles(directory);
  }

  @Test
  void readsTheFileOfTheGoDaemonUnchanged() throws Exception {
    Path file = Path.of(Objects.requireNonNull(getClass().getResource("go-daemon.json")).toURI());

    Configuration configuration = Configuration.read(file, Map.of());

    Sysconfig sysconfig = configuration.sysconfig();
    assertThat(sysconfig.listen())
        .extracting(ListenerSettings::endpoint)
        .containsExactly(new Endpoint.Inet("::", 2224));
    assertThat(sysconfig.logfile()).contains(Path.of("/var/log/sockmapd.log"));
    assertThat(sysconfig.loglevel()).isEqualTo(LogLevel.INFO);
    assertThat(sysconfig.runAsUser()).contains("anonymous");
    assertThat(sysconfig.runAsGroup()).contains("anonymous");
    assertThat(configuration.postmaps())
        .extracting(Postmap::mapName)
        .containsExactly("blacklist", "recipient");
    assertThat(configuration.postmaps().getLast())
        .isEqualTo(
            new Postmap(
                "recipient",
                "postmaps[1]",
                24,
                "sql",
                "dbmail_aliases in mysql dbmail at db1.example.com:3306, db2.example.com:3306",
                "exact",
                true,
                List.of(),
                Optional.empty()));
  }

  @Test
  void opensTheTablesWithoutANetwork() throws Exception {
    Path file = Path.of(Objects.requireNonNull(getClass().getResource("go-daemon.json")).toURI());

    try (LookupTables tables = Configuration.read(file, Map.of()).open(LookupEvents.NONE)) {
      assertThat(tables.mapNames()).containsExactly("blacklist", "recipient");
    }
  }

  @Test
  void reportsEveryProblemAtOnceEachWithItsLine() {
    assertThat(
            files.problems(
                """
                {
                  "sysconfig": {
                    "port": "222400",
                    "threads": "many",
                    "prot": 1
                  },
                  "database": {
                    "type": "oracle",
                    "host": ["db1", "db2:x"],
                    "username": "postmap"
                  },
                  "postmaps": [
                    {"service": "a", "database": "mail", "table": "t", "key": "k"},
                    {"service": "a", "database": "mail", "table": "t", "key": "k"},
                    {"service": "b c", "table": "t", "kye": "k"}
                  ],
                  "surplus": {}
                }
                """))
        .containsExactly(
            "f.json:3: sysconfig.port: expected a whole number from 1 to 65535, got \"222400\"",
            "f.json:4: sysconfig.threads: expected one of auto, platform, virtual, got \"many\"",
            "f.json:5: sysconfig.prot: unknown setting; did you mean \"port\"?",
            "f.json:8: database.type: expected one of mysql, mariadb, postgresql, sqlite, got"
                + " \"oracle\"",
            "f.json:9: database.host[1]: expected name, name:port, [v6]:port or unix:/path, got \"db2:x\"",
            "f.json:14: postmaps[1].service: the name \"a\" is taken by postmaps[0]",
            "f.json:15: postmaps[2].service: a map name has no space and no control character",
            "f.json:15: postmaps[2].database: missing, and its connection names none",
            "f.json:15: postmaps[2].key: missing",
            "f.json:15: postmaps[2].kye: unknown setting; did you mean \"key\"?",
            "f.json:17: surplus: unknown setting");
  }

  @Test
  void reportsWhatJsonAllowsAndAConfigurationDoesNot() {
    assertThat(files.problems("{\n\"sysconfig\": {\"port\": 1},\n\"sysconfig\": {}}"))
        .containsExactly(
            "f.json: postmaps: missing", "f.json:3: sysconfig: stands twice; first at line 2");
    assertThat(files.problems("{}")).containsExactly("f.json: postmaps: missing");
    assertThat(files.problems("{\"postmaps\": []}"))
        .containsExactly("f.json:1: postmaps: names no map");
    assertThat(files.problems("{\"postmaps\": {}}"))
        .containsExactly("f.json:1: postmaps: expected an array, got an object");
  }

  @Test
  void throwsForAMissingFileWithOneReadableProblem() {
    assertThatThrownBy(() -> Configuration.read(Path.of("gone.json"), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("gone.json: cannot be read: no such file");
  }
}
