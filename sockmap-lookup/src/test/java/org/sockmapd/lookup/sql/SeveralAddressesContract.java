package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.testing.DatabaseServer;

/** A host with several addresses, of which 127.0.0.1 alone is of use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
interface SeveralAddressesContract {
  String SCHEMA = "several_addresses";
  String HOST = "db.test";
  String ALIVE = "127.0.0.1";
  String DEAD = "127.0.0.2";
  Duration PATIENCE = Duration.ofSeconds(10);
  Found ONE = new Found("1");

  DatabaseServer server();

  @BeforeAll
  default void fill() throws SQLException {
    Rows.create(server(), SCHEMA);
  }

  private DatabaseSettings settings(HostResolver resolver) {
    return ServerDatabase.account(server(), SCHEMA)
        .host(new NodeAddress(HOST, server().port()))
        .poolSize(3)
        .probeInterval(Duration.ofMillis(50), Duration.ofMillis(200))
        .resolver(resolver)
        .build();
  }

  private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>();
    for (String text : texts) {
      addresses.add(InetAddress.getByAddress(HOST, InetAddress.getByName(text).getAddress()));
    }
    return addresses;
  }

  private void answersFromTheLastOf(String... texts) throws Exception {
    RecordedEvents events = new RecordedEvents();
    List<InetAddress> all = addresses(texts);
    try (Database database = Database.open(settings(host -> all), events);
        Load load = Load.of(Rows.table(database, events), "a", 5)) {
      await().atMost(PATIENCE).until(() -> load.count(ONE) > 100);
      load.endsWithout("a failure", ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  default void answersWhereTheFirstAddressRefuses() throws Exception {
    answersFromTheLastOf(DEAD, ALIVE);
  }

  @Test
  default void answersWhereTheFirstAddressIsABlackHole() throws Exception {
    SilentListener hole = SilentListener.blackHole("127.0.0.3", server().port());
    try (hole) {
      answersFromTheLastOf("127.0.0.3", DEAD, ALIVE);
    }
  }

  @Test
  default void answersWhereTheFirstAddressAcceptsAndIsSilent() throws Exception {
    SilentListener silent = SilentListener.accepting("127.0.0.4", server().port());
    try (silent) {
      answersFromTheLastOf("127.0.0.4", ALIVE);
    }
  }

  @Test
  default void isTemporaryWhereNoAddressIsOfUse() throws Exception {
    List<InetAddress> all = addresses(DEAD, "127.0.0.5");
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings(host -> all), events)) {
      assertThat(Rows.table(database, events).lookup("a"))
          .isEqualTo(new TemporaryFailure("database unavailable"));
    }
    assertThat(events.of("down")).hasSize(1);
  }

  @Test
  default void usesAnAddressThatChangedWhileTheOldOneFails() throws Exception {
    AtomicReference<List<InetAddress>> all = new AtomicReference<>(addresses(DEAD));
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings(host -> all.get()), events)) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(new TemporaryFailure("database unavailable"));
      all.set(addresses(ALIVE));
      await().atMost(PATIENCE).until(() -> table.lookup("a").equals(ONE));
    }
  }

  @Test
  default void usesTheLastKnownAddressesWhileNamesAreNotResolved() throws Exception {
    AtomicReference<List<InetAddress>> all = new AtomicReference<>(addresses(DEAD, ALIVE));
    HostResolver resolver =
        host -> {
          if (all.get().isEmpty()) {
            throw new UnknownHostException(host);
          }
          return all.get();
        };
    RecordedEvents events = new RecordedEvents();
    DatabaseSettings settings = settings(resolver);
    ConnectionOpener opener =
        new ConnectionOpener(
            settings, Dialect.of(settings), settings.hosts().getFirst().toString());
    opener.open(Duration.ofSeconds(2)).close();
    all.set(List.of());
    opener.open(Duration.ofSeconds(2)).close();
    try (Database database = Database.open(settings, events)) {
      assertThat(Rows.table(database, events).lookup("a")).isInstanceOf(TemporaryFailure.class);
    }
  }
}
