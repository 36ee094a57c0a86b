package org.sockmapd.lookup.sockets;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the time zone and the style of dates of a session of PostgreSQL as the server has them for
 * the database and the role, as libpq leaves them. pgjdbc puts the JVM's zone and ISO in their
 * place, in the message that begins a session: what stands there outweighs all that the server's
 * administrator has set, and cannot be taken back later.
 *
 * <p>So both are left out of that one message. The driver takes no other style of dates than ISO,
 * though it makes nothing of the dates that a lookup reads as text: until the session has begun it
 * is told that the style is ISO. After that bytes pass as they are.
 *
 * <p>The streams of a connection share one of these, whatever their socket is, and whether they
 * stand inside TLS or not: what is no beginning of a session passes as it is. For use by one thread
 * at a time.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">the messages
 *     of PostgreSQL</a>
 */
final class PostgresStartup {
  /** In lower case. */
  private static final Set<String> SERVERS_OWN = Set.of("datestyle", "timezone");

  private static final String DATE_STYLE = "DateStyle";

  /** The first words of the messages that begin a session, or ask for TLS or GSSAPI before one. */
  private static final int VERSION_3 = 3 << 16;

  private static final Set<Integer> ENCRYPTION_REQUESTS = Set.of(80877103, 80877104);

  /** The server's own limit for what comes before a session, and more than any parameter needs. */
  private static final int MAX_LENGTH = 10_000;

  private @Nullable Output output;
  private @Nullable Input input;

  /** From when the message has gone out until the server has said that the session is ready. */
  private boolean beginning;

  PostgresStartup() {}

  /** What the driver is to write to, in place of a socket's stream; the same each time. */
  OutputStream output(OutputStream out) {
    if (output == null) {
      output = new Output(out);
    }
    return output;
  }

  /** What the driver is to read from, in place of a socket's stream; the same each time. */
  InputStream input(InputStream in) {
    if (input == null) {
      input = new Input(in);
    }
    return input;
  }

  /** The message that begins a session, without what is the server's own. */
  private static byte[] withoutServersOwn(byte[] message) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(message.length);
    int at = 2 * Integer.BYTES;
    kept.write(message, 0, at);
    while (at < message.length && message[at] != 0) {
      int value = endOfText(message, at);
      int end = endOfText(message, value);
      String name = new String(message, at, value - at - 1, StandardCharsets.US_ASCII);
      if (!SERVERS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
        kept.write(message, at, end - at);
      }
      at = end;
    }
    kept.write(0);
    byte[] shorter = kept.toByteArray();
    ByteBuffer.wrap(shorter).putInt(0, shorter.length);
    return shorter;
  }

  /** Where the text after this one begins, each ending with a zero. */
  private static int endOfText(byte[] message, int from) {
    int at = from;
    while (at < message.length && message[at] != 0) {
      at++;
    }
    return Math.min(at + 1, message.length);
  }

  /** Collects what is written until it is known what it is. */
  private final class Output extends FilterOutputStream {
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private boolean passing;

    Output(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (passing) {
        out.write(bytes, offset, length);
      } else {
        collected.write(bytes, offset, length);
        look();
      }
    }

    private void look() throws IOException {
      byte[] bytes = collected.toByteArray();
      collected.reset();
      int at = 0;
      while (!passing && isWhole(bytes, at)) {
        at += pass(bytes, at);
      }
      if (passing) {
        out.write(bytes, at, bytes.length - at);
      } else {
        collected.write(bytes, at, bytes.length - at);
      }
    }

    /** Tells whether a message has come, or what is not one of those that are looked for. */
    private boolean isWhole(byte[] bytes, int at) {
      int there = bytes.length - at;
      if (there > 0 && bytes[at] != 0) {
        passing = true; // TLS.
      } else if (there >= 2 * Integer.BYTES) {
        int length = ByteBuffer.wrap(bytes).getInt(at);
        passing = length < 2 * Integer.BYTES || length > MAX_LENGTH;
        return !passing && there >= length;
      }
      return false;
    }

    private int pass(byte[] bytes, int at) throws IOException {
      int length = ByteBuffer.wrap(bytes).getInt(at);
      int code = ByteBuffer.wrap(bytes).getInt(at + Integer.BYTES);
      byte[] message = Arrays.copyOfRange(bytes, at, at + length);
      boolean begins = (code & 0xffff0000) == VERSION_3;
      beginning = begins;
      out.write(begins ? withoutServersOwn(message) : message);
      passing = !ENCRYPTION_REQUESTS.contains(code);
      return length;
    }
  }

  /** Looks at what the server says of a session until that is ready. */
  private final class Input extends InputStream {
    private static final int HEADER = 1 + Integer.BYTES;
    private static final char PARAMETER_STATUS = 'S';
    private static final char READY_FOR_QUERY = 'Z';

    private final InputStream in;

    /** A message, or the beginning of one, that is still to be read from here. */
    private ByteBuffer ready = ByteBuffer.allocate(0);

    /** How much of a message is still to be read from below. */
    private int passing;

    private boolean last;

    Input(InputStream in) {
      this.in = in;
    }

    @Override
    public int available() throws IOException {
      return ready.hasRemaining() ? ready.remaining() : in.available();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (!beginning || length == 0) {
        return in.read(to, offset, length);
      }
      if (!ready.hasRemaining() && passing == 0) {
        nextMessage();
      }
      int read = ready.hasRemaining() ? take(to, offset, length) : pass(to, offset, length);
      beginning = !last || ready.hasRemaining() || passing > 0;
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    private int take(byte[] to, int offset, int length) {
      int count = Math.min(length, ready.remaining());
      ready.get(to, offset, count);
      return count;
    }

    private int pass(byte[] to, int offset, int length) throws IOException {
      int count = in.read(to, offset, Math.min(length, Math.max(passing, 1)));
      passing -= Math.clamp(count, 0, passing);
      return count;
    }

    private void nextMessage() throws IOException {
      byte[] header = in.readNBytes(HEADER);
      ready = ByteBuffer.wrap(header);
      if (header.length < HEADER) {
        return; // The end.
      }
      int rest = ready.getInt(1) - Integer.BYTES;
      last = header[0] == READY_FOR_QUERY || rest < 0;
      if (header[0] == PARAMETER_STATUS && rest >= 0 && rest <= MAX_LENGTH) {
        ready = ByteBuffer.wrap(withIso(header, in.readNBytes(rest)));
      } else {
        passing = Math.max(rest, 0);
      }
    }

    private static byte[] withIso(byte[] header, byte[] body) {
      int value = endOfText(body, 0);
      String name = new String(body, 0, Math.max(value - 1, 0), StandardCharsets.US_ASCII);
      byte[] said = name.equals(DATE_STYLE) ? iso(body, value) : body;
      return ByteBuffer.allocate(HEADER + said.length)
          .put(header[0])
          .putInt(Integer.BYTES + said.length)
          .put(said)
          .array();
    }

    /** The same order of day and month, in the style that the driver takes. */
    private static byte[] iso(byte[] body, int value) {
      String style = new String(body, value, body.length - value, StandardCharsets.US_ASCII);
      String order = style.substring(Math.max(style.indexOf(','), 0)).trim();
      String said = order.startsWith(",") ? "ISO" + order : "ISO, MDY";
      return (DATE_STYLE + "\0" + said + "\0").getBytes(StandardCharsets.US_ASCII);
    }
  }
}
