package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.testing.DatabaseServer;

/** A database that is asked by its UNIX socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
interface UnixSocketContract {
  String SCHEMA = "unix_socket";
  Duration PATIENCE = Duration.ofSeconds(20);
  Found ONE = new Found("1");

  /** A server of this class's own. */
  DatabaseServer server();

  /** What a configuration calls its socket. */
  String host();

  /** What a socket that is not there is called, in a configuration and in full. */
  String absentHost();

  Path absentSocket();

  /** Makes an account that needs no password, for the user who runs the test. */
  void createPeer() throws SQLException;

  /** The name of that account; empty for that of the user. */
  String peer();

  @BeforeAll
  default void fill() throws SQLException {
    Rows.create(server(), SCHEMA);
    createPeer();
  }

  @AfterAll
  default void close() {
    server().close();
  }

  private DatabaseSettings.Builder settings(String host) {
    return DatabaseSettings.builder(DatabaseType.of(server().type()).orElseThrow(), SCHEMA)
        .host(host)
        .account(peer(), "")
        .poolSize(3)
        .lookupTimeout(Duration.ofSeconds(2))
        .probeInterval(Duration.ofMillis(50), Duration.ofMillis(200));
  }

  @Test
  default void answersTheUserOfTheProcessWithoutAPassword() throws Exception {
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings(host()).build(), events);
        Load load = Load.of(Rows.table(database, events), "a", 5)) {
      await().atMost(PATIENCE).until(() -> load.count(ONE) > 100);
      load.endsWithout("a failure", ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  default void answersAnAccountWithAPassword() {
    DatabaseSettings settings =
        settings(host()).account(server().username(), server().password()).build();
    try (Database database = Database.open(settings, new RecordedEvents())) {
      assertThat(Rows.table(database, new RecordedEvents()).lookup("a")).isEqualTo(ONE);
    }
  }

  @Test
  default void usesNoTlsWhateverTheOtherHostsAreToUse() {
    DatabaseSettings settings = settings(host()).tls(TlsSettings.of(TlsMode.VERIFY_FULL)).build();
    try (Database database = Database.open(settings, new RecordedEvents())) {
      assertThat(Rows.table(database, new RecordedEvents()).lookup("a")).isEqualTo(ONE);
    }
  }

  @Test
  default void saysWhichSocketIsNotThere() {
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings(absentHost()).build(), events)) {
      assertThat(Rows.table(database, events).lookup("a"))
          .isEqualTo(new TemporaryFailure("database unavailable"));
    }
    assertThat(events.of("down")).containsExactly("down unix:" + absentSocket());
    FailureReason reason = FailureReason.of(events.causes.getFirst());
    assertThat(reason.toString()).isEqualTo("no such UNIX socket (" + absentSocket() + ")");
    assertThat(reason.mayPass()).isTrue();
  }

  @Test
  default void aRestartBetweenTwoLookupsCostsNoAnswer() {
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings(host()).build(), events)) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(ONE);
      server().stop();
      server().start();
      assertThat(table.lookup("a")).isEqualTo(ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  default void aFrozenServerIsGivenUpInTime() {
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings(host()).build(), events)) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(ONE);
      server().pause();
      long begun = System.nanoTime();
      assertThat(table.lookup("a")).isNotInstanceOf(Found.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
      server().resume();
      await().atMost(PATIENCE).until(() -> table.lookup("a").equals(ONE));
    } finally {
      server().resume();
    }
    assertThat(events.of("down")).hasSize(1);
  }
}
