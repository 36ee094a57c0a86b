package org.sockmapd.lookup.sql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.lookup.LookupEvents;

/**
 * Somebody who answers in a server's place and wants the password. He is asked as {@code 127.1}, a
 * name of this machine that is not known to be one, as it might be far away; as {@code 127.0.0.1}
 * he is trusted.
 */
class PasswordGuardTest {
  private static final String PASSWORD = "correct horse battery staple";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static String ownKey = "";

  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private ServerSocket listener;

  @BeforeAll
  static void makeOwnKey() throws GeneralSecurityException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048);
    byte[] key = keys.generateKeyPair().getPublic().getEncoded();
    ownKey =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
            + "\n-----END PUBLIC KEY-----\n";
  }

  /** Anew for each: a driver that was refused may have tried twice. */
  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  /** What one client sent until it closed the connection. */
  private interface Impostor {
    void serve(DataInputStream in, OutputStream out) throws Exception;
  }

  @ParameterizedTest
  @CsvSource({
    "127.1, PREFER, false, false",
    "127.1, DISABLE, false, false",
    "127.1, PREFER, true, true",
    "127.0.0.1, PREFER, false, true",
    "localhost, DISABLE, false, true"
  })
  void tellsAPostgresServerNoClearPassword(String host, TlsMode tls, boolean allowed, boolean told)
      throws Exception {
    assertThat(heard(DatabaseType.POSTGRESQL, host, tls, allowed, this::wantClearPassword))
        .satisfies(heard -> assertThat(heard.contains(PASSWORD)).as(heard).isEqualTo(told));
  }

  private void wantClearPassword(DataInputStream in, OutputStream out) throws IOException {
    byte[] first = in.readNBytes(in.readInt() - 4);
    while (first.length == 4) { // Wants TLS or GSS.
      out.write('N');
      first = in.readNBytes(in.readInt() - 4);
    }
    out.write(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, 3});
    in.transferTo(received);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MYSQL", "MARIADB"})
  void tellsAMySqlServerNoClearPassword(DatabaseType type) throws Exception {
    Impostor impostor = (in, out) -> switchTo("mysql_clear_password", in, out);

    assertThat(heard(type, "127.1", TlsMode.PREFER, false, impostor)).doesNotContain(PASSWORD);
  }

  @Test
  void scramblesNoPasswordInTheWayOfOldServers() throws Exception {
    Impostor impostor = (in, out) -> switchTo("mysql_old_password", in, out);

    String endOfLogin = "MySQL Connector/J";
    assertThat(heard(DatabaseType.MYSQL, "127.1", TlsMode.PREFER, false, impostor))
        .endsWith(endOfLogin);
    assertThat(heard(DatabaseType.MYSQL, "127.0.0.1", TlsMode.PREFER, false, impostor))
        .contains(endOfLogin)
        .doesNotEndWith(endOfLogin);
  }

  @Test
  void tellsAMariaDbServerNoPasswordInADialog() throws Exception {
    Impostor impostor = (in, out) -> switchTo("dialog", in, out);

    assertThat(heard(DatabaseType.MARIADB, "127.1", TlsMode.PREFER, false, impostor))
        .doesNotContain(PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MYSQL", "MARIADB"})
  void encryptsNoPasswordWithAKeyThatJustCame(DatabaseType type) throws Exception {
    assertThat(heard(type, "127.1", TlsMode.PREFER, false, this::offerOwnKey))
        .doesNotContain("encrypted password");
    assertThat(heard(type, "127.0.0.1", TlsMode.DISABLE, false, this::offerOwnKey))
        .contains("encrypted password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POSTGRESQL", "MYSQL"})
  void namesTheRemedies(DatabaseType type) throws Exception {
    Impostor impostor = type == DatabaseType.MYSQL ? this::offerOwnKey : this::wantClearPassword;
    CompletableFuture<String> heard = begin(impostor);
    FailureReason reason = attempt(type, "127.1", TlsMode.PREFER, false);
    heard.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertThat(reason.detail())
        .contains("\"tls\": \"require\"", "\"allow_cleartext_password\": true")
        .doesNotContain(PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1"})
  void namesMariaDbsDriverForAPluginOfMariaDbs(String host) throws Exception {
    CompletableFuture<String> heard = begin((in, out) -> switchTo("client_ed25519", in, out));
    FailureReason reason = attempt(DatabaseType.MYSQL, host, TlsMode.PREFER, false);
    heard.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertThat(reason.detail()).contains("use \"type\": \"mariadb\"");
  }

  private String heard(
      DatabaseType type, String host, TlsMode tls, boolean allowed, Impostor impostor)
      throws Exception {
    CompletableFuture<String> heard = begin(impostor);
    attempt(type, host, tls, allowed);
    return heard.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private CompletableFuture<String> begin(Impostor impostor) throws IOException {
    listener.close();
    listen();
    return CompletableFuture.supplyAsync(
        () -> {
          received.reset();
          try (Socket client = listener.accept()) {
            client.setSoTimeout((int) PATIENCE.toMillis());
            impostor.serve(new DataInputStream(client.getInputStream()), client.getOutputStream());
          } catch (EOFException over) {
            return received.toString(ISO_8859_1); // The client has left.
          } catch (Exception e) {
            return received.toString(ISO_8859_1) + " " + e;
          }
          return received.toString(ISO_8859_1);
        },
        Thread::startVirtualThread);
  }

  private FailureReason attempt(DatabaseType type, String host, TlsMode tls, boolean allowed) {
    DatabaseSettings settings =
        DatabaseSettings.builder(type, "mail")
            .host(host + ":" + listener.getLocalPort())
            .account("postmap", PASSWORD)
            .tls(TlsSettings.of(tls))
            .allowCleartextPassword(allowed)
            .connectTimeout(Duration.ofSeconds(3))
            .lookupTimeout(Duration.ofSeconds(8))
            .build();
    try (Database database = Database.open(settings, LookupEvents.NONE)) {
      return database.check().getFirst().problem().orElseThrow();
    }
  }

  private void switchTo(String plugin, DataInputStream in, OutputStream out) throws IOException {
    greet(out, "mysql_native_password");
    readPacket(in);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(0xfe);
    request.writeBytes((plugin + "\0").getBytes(US_ASCII));
    if (plugin.equals("dialog")) {
      request.write(4);
      request.writeBytes("Password: ".getBytes(US_ASCII));
    } else if (plugin.equals("mysql_old_password")) {
      request.writeBytes("12345678\0".getBytes(US_ASCII)); // The challenge.
    }
    writePacket(out, 2, request.toByteArray());
    in.transferTo(received);
  }

  /** Full authentication of caching_sha2_password, with a key of the impostor's own. */
  private void offerOwnKey(DataInputStream in, OutputStream out) throws IOException {
    greet(out, "mysql_native_password");
    readPacket(in);
    writePacket(out, 2, "\u00fecaching_sha2_password\0abcdefghijklmnopqrst\0".getBytes(ISO_8859_1));
    readPacket(in);
    writePacket(out, 4, new byte[] {1, 4});
    byte[] request = readPacket(in);
    if (request.length != 1 || request[0] != 2) {
      return;
    }
    writePacket(out, 6, ("\1" + ownKey).getBytes(US_ASCII));
    if (readPacket(in).length == 256) {
      received.writeBytes("encrypted password".getBytes(US_ASCII));
    }
  }

  /** A server without TLS. */
  private static void greet(OutputStream out, String plugin) throws IOException {
    ByteArrayOutputStream greeting = new ByteArrayOutputStream();
    greeting.write(10);
    greeting.writeBytes("8.0.31\0".getBytes(US_ASCII));
    greeting.writeBytes(new byte[] {1, 0, 0, 0});
    greeting.writeBytes("12345678\0".getBytes(US_ASCII));
    int capabilities = 0x00ff_f7ff & ~0x800; // All but TLS.
    greeting.write(capabilities & 0xff);
    greeting.write(capabilities >> 8 & 0xff);
    greeting.write(45);
    greeting.writeBytes(new byte[] {2, 0});
    greeting.write(capabilities >> 16 & 0xff);
    greeting.write(0);
    greeting.write(21);
    greeting.writeBytes(new byte[10]);
    greeting.writeBytes("901234567890\0".getBytes(US_ASCII));
    greeting.writeBytes((plugin + "\0").getBytes(US_ASCII));
    writePacket(out, 0, greeting.toByteArray());
  }

  private static void writePacket(OutputStream out, int sequence, byte[] payload)
      throws IOException {
    out.write(payload.length & 0xff);
    out.write(payload.length >> 8);
    out.write(0);
    out.write(sequence);
    out.write(payload);
    out.flush();
  }

  private byte[] readPacket(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
    in.readUnsignedByte();
    byte[] payload = in.readNBytes(length);
    received.writeBytes(payload);
    return payload;
  }
}
