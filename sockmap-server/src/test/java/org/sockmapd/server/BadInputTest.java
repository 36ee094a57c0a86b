package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sockmapd.server.TestServer.connect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.SocketmapLimits;

/** What a client gets for input that is wrong or unusual. */
@Timeout(60)
class BadInputTest {
  private static final String KNOWN = "echo known";

  private final RecordingEvents events = new RecordingEvents();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private SocketmapServer server;
  private WireClient client;

  @BeforeEach
  void start() throws IOException {
    LookupTables tables =
        LookupTables.builder()
            .add("echo", this::echo)
            .add("long", key -> new LookupResult.Found("x".repeat(Integer.parseInt(key))))
            .add("nul", key -> new LookupResult.Found("a\0b"))
            .add("half", key -> new LookupResult.Found("a\ud83d"))
            .add("empty", key -> new LookupResult.Found(""))
            .add(
                "throws",
                key -> {
                  throw new IllegalStateException("secret of the database");
                })
            .add(
                "error",
                key -> {
                  throw new AssertionError("secret of the database");
                })
            .build();
    server =
        TestServer.start(
            SocketmapServer.builder().tables(tables).listen(TestServer.ANY_PORT).events(events));
    client = connect(server);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private LookupResult echo(String key) {
    asked.add(key);
    return new LookupResult.Found("<" + key + ">");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+5:a b,",
        "-5:a b,",
        "GET / HTTP/1.0\r\n\r\n",
        "05:a b,",
        " 3:a b,",
        "10257:",
        "99999999999999999999:",
        "3:a b;",
        ":a b,",
        "\r\n",
      })
  void answersPermOnceToWhatIsNoNetstringAndCloses(String garbage) throws IOException {
    client.send(garbage + WireClient.netstring(KNOWN));

    assertThat(client.read()).startsWith("PERM netstring");
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(asked).isEmpty();
    assertThat(events.lines).filteredOn(line -> line.startsWith("malformed")).hasSize(1);
  }

  @Test
  void answersWhatCameBeforeTheGarbage() throws IOException {
    client.send(WireClient.netstring(KNOWN) + "garbage");

    assertThat(client.read()).isEqualTo("OK <known>");
    assertThat(client.read()).startsWith("PERM ");
    assertThat(client.isClosedByServer()).isTrue();
  }

  @Test
  void letsAClientThatSendsMuchGarbageReadItsReply() throws IOException {
    client.send("x".repeat(60_000));

    assertThat(client.read()).startsWith("PERM ");
    assertThat(client.isClosedByServer()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nospace", " key", " "})
  void answersPermToANetstringThatIsNoRequestAndReadsOn(String payload) throws IOException {
    assertThat(client.ask(payload)).startsWith("PERM request ");
    assertThat(client.ask(KNOWN)).isEqualTo("OK <known>");
    assertThat(events.lines).filteredOn(line -> line.startsWith("malformed")).hasSize(1);
  }

  @Test
  void answersTempForAMapThatThereIsNotAndSaysSoOnce() throws IOException {
    assertThat(client.ask("nomap key")).isEqualTo("TEMP unknown map");
    assertThat(client.ask("nomap other")).isEqualTo("TEMP unknown map");
    assertThat(client.ask("othermap key")).isEqualTo("TEMP unknown map");
    assertThat(client.ask(KNOWN)).isEqualTo("OK <known>");
    assertThat(events.lines)
        .filteredOn(line -> line.startsWith("unknown"))
        .containsExactly("unknown map nomap x1", "unknown map othermap x1");
  }

  @Test
  void findsNoKeyThatNoTableCanHoldWithoutAskingOne() throws IOException {
    assertThat(client.ask("echo a\0b")).isEqualTo("NOTFOUND ");
    assertThat(askRaw("echo ", (byte) 0xff)).isEqualTo("NOTFOUND ");
    assertThat(askRaw("echo ", (byte) 0xc0, (byte) 0x80)).isEqualTo("NOTFOUND ");
    assertThat(asked).isEmpty();
  }

  @Test
  void doesNotSayNotFoundOfAMapThatThereIsNot() throws IOException {
    assertThat(askRaw("nomap ", (byte) 0xff)).isEqualTo("TEMP unknown map");
  }

  private String askRaw(String name, byte... key) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    payload.writeBytes(key);
    client.send(payload.size() + ":").send(payload.toByteArray()).send(",");
    return client.read();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "' OR 1=1;--", "\\\"%s%%", "😀 ñ", "a:b,c", "\t\r\n"})
  void looksUpEveryOtherKeyAsItIs(String key) throws IOException {
    assertThat(client.ask("echo " + key)).isEqualTo("OK <" + key + ">");
    assertThat(asked).containsExactly(key);
  }

  @Test
  void looksUpALongKey() throws IOException {
    String key = "k".repeat(10_000);

    assertThat(client.ask("echo " + key)).isEqualTo("OK <" + key + ">");
  }

  @Test
  void answersTempForAValueThatCannotBeSent() throws IOException {
    int longest = SocketmapLimits.postfix().maxReplyBytes() - "OK ".length();

    assertThat(client.ask("long " + longest)).hasSize(longest + "OK ".length());
    assertThat(client.ask("long " + (longest + 1))).startsWith("TEMP ");
    assertThat(client.ask("nul key")).startsWith("TEMP ");
    assertThat(client.ask("half key")).startsWith("TEMP ");
    assertThat(events.lines)
        .containsSubsequence(
            "unsendable long '%d': it takes 100001 bytes, the limit is 100000"
                .formatted(longest + 1),
            "unsendable nul 'key': it holds a NUL character",
            "unsendable half 'key': it holds half of a character");
  }

  @Test
  void answersTempForAnEmptyValue() throws IOException {
    assertThat(client.ask("empty key")).isEqualTo("TEMP internal error");
    assertThat(client.ask("echo key")).isEqualTo("OK <key>");
  }

  @Test
  void answersTempWithoutACauseWhenATableThrows() throws IOException {
    assertThat(client.ask("throws key")).isEqualTo("TEMP internal error");
    assertThat(client.ask("error key")).isEqualTo("TEMP internal error");
    assertThat(client.ask(KNOWN)).isEqualTo("OK <known>");
    assertThat(events.lines).contains("lookup threw throws", "lookup threw error");
    assertThat(events.causes).hasSize(2).allMatch(cause -> cause.toString().contains("secret"));
  }

  @Test
  void readsARequestThatComesByteByByte() throws IOException {
    for (byte single : WireClient.netstring(KNOWN).getBytes(StandardCharsets.UTF_8)) {
      client.send(new byte[] {single});
    }

    assertThat(client.read()).isEqualTo("OK <known>");
  }

  @Test
  void answersAClientThatEndsItsInputBehindItsRequests() throws IOException {
    client.send(WireClient.netstring(KNOWN).repeat(3)).endInput();

    assertThat(List.of(client.read(), client.read(), client.read())).containsOnly("OK <known>");
    assertThat(client.isClosedByServer()).isTrue();
  }

  @Test
  void answersWhatWasWholeWhenTheInputEndsInsideARequest() throws IOException {
    client.send(WireClient.netstring(KNOWN) + "9:echo").endInput();

    assertThat(client.read()).isEqualTo("OK <known>");
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(events.lines).noneMatch(line -> line.startsWith("internal"));
  }
}
