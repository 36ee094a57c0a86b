package org.sockmapd.lookup.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each whole and byte by byte. */
class PostgresStartupTest {
  private static final int VERSION_3 = 196608;
  private static final int SSL_REQUEST = 80877103;
  private static final int CANCEL_REQUEST = 80877102;
  private static final byte[] QUERY = message('Q', "SELECT 1\0");

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final PostgresStartup startup = new PostgresStartup();
  private final OutputStream out = startup.output(sent);

  private static byte[] packet(int code, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(8 + bytes.length)
        .putInt(8 + bytes.length)
        .putInt(code)
        .put(bytes)
        .array();
  }

  private static byte[] message(char type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(5 + bytes.length)
        .put((byte) type)
        .putInt(4 + bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private void send(int piece, byte[]... parts) throws IOException {
    byte[] all = join(parts);
    for (int at = 0; at < all.length; at += piece) {
      out.write(all, at, Math.min(piece, all.length - at));
      out.flush();
    }
  }

  private static byte[] read(InputStream in, int piece) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[piece];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      all.write(buffer, 0, count);
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8192})
  void leavesTheServersSettingsOutOfTheMessageThatBeginsASession(int piece) throws IOException {
    byte[] driver =
        packet(
            VERSION_3,
            "user\0u\0database\0d\0client_encoding\0UTF8\0DateStyle\0ISO\0TimeZone\0Nowhere\0"
                + "application_name\0sockmapd\0\0");
    byte[] kept =
        packet(
            VERSION_3,
            "user\0u\0database\0d\0client_encoding\0UTF8\0application_name\0sockmapd\0\0");
    send(piece, driver, QUERY, driver);
    assertThat(sent.toByteArray()).isEqualTo(join(kept, QUERY, driver));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8192})
  void looksOnWhenTlsIsAskedForAndNotGiven(int piece) throws IOException {
    byte[] request = packet(SSL_REQUEST, "");
    send(piece, request, packet(VERSION_3, "user\0u\0TimeZone\0UTC\0\0"));
    assertThat(sent.toByteArray()).isEqualTo(join(request, packet(VERSION_3, "user\0u\0\0")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8192})
  void passesTlsAndCancellationsAsTheyAre(int piece) throws IOException {
    byte[] request = packet(SSL_REQUEST, "");
    byte[] hello = {22, 3, 1, 0, 2, 0, 0, 0, 8, 0, 3, 0, 0};
    send(piece, request, hello);
    assertThat(sent.toByteArray()).isEqualTo(join(request, hello));

    sent.reset();
    OutputStream other = new PostgresStartup().output(sent);
    byte[] cancel = packet(CANCEL_REQUEST, "\0\0\0\1\0\0\0\2");
    other.write(cancel);
    other.write(0);
    assertThat(sent.toByteArray()).isEqualTo(join(cancel, new byte[1]));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 10_001, -1})
  void passesWhatHasNoLengthOfAMessage(int length) throws IOException {
    byte[] odd = ByteBuffer.allocate(12).putInt(length).putInt(VERSION_3).putInt(0).array();
    send(1, odd, QUERY);
    assertThat(sent.toByteArray()).isEqualTo(join(odd, QUERY));
  }

  private byte[] received(int piece, byte[]... parts) throws IOException {
    InputStream in = startup.input(new ByteArrayInputStream(join(parts)));
    send(8192, packet(VERSION_3, "user\0u\0\0"));
    return read(in, piece);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8192})
  void tellsTheDriverOfTheStyleThatItTakesUntilTheSessionIsReady(int piece) throws IOException {
    byte[] before = join(message('R', "\0\0\0\0"), message('S', "TimeZone\0Asia/Kolkata\0"));
    byte[] after = join(message('K', "\0\0\0\1\0\0\0\2"), message('Z', "I"));
    byte[] german = message('S', "DateStyle\0German, DMY\0");
    assertThat(received(piece, before, german, after, german, QUERY))
        .isEqualTo(join(before, message('S', "DateStyle\0ISO, DMY\0"), after, german, QUERY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO, YMD", "SQL, YMD", "Postgres, YMD"})
  void keepsTheOrderOfDayAndMonth(String style) throws IOException {
    assertThat(received(8192, message('S', "DateStyle\0" + style + "\0")))
        .isEqualTo(message('S', "DateStyle\0ISO, YMD\0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0\0", "", "DateStyle", "DateStyle\0", "DateStyle\0German\0"})
  void takesAnyParameter(String body) throws IOException {
    assertThat(received(1, message('S', body), message('Z', "I"), QUERY))
        .endsWith(join(message('Z', "I"), QUERY));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8192})
  void passesAServerThatBreaksOffOrSpeaksOtherwise(int piece) throws IOException {
    byte[] refused = message('E', "SFATAL\0C28P01\0Mno\0\0");
    assertThat(received(piece, refused)).isEqualTo(refused);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8192})
  void passesWhatIsNoMessage(int piece) throws IOException {
    byte[] odd = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(received(piece, odd)).isEqualTo(odd);
  }

  @Test
  void endsWhereTheServerEnds() throws IOException {
    byte[] half = {'S', 0, 0};
    assertThat(received(8192, half)).isEqualTo(half);
    InputStream in = startup.input(InputStream.nullInputStream());
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void passesAllThatComesBeforeASession() throws IOException {
    byte[] answer = {'S', 22, 3, 3};
    assertThat(read(startup.input(new ByteArrayInputStream(answer)), 2)).isEqualTo(answer);
  }
}
