package org.sockmapd.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.sockmapd.protocol.NetstringOracle.Transcript;
import org.sockmapd.protocol.SocketmapReply.NotFound;
import org.sockmapd.protocol.SocketmapReply.Ok;
import org.sockmapd.protocol.SocketmapReply.Perm;
import org.sockmapd.protocol.SocketmapReply.Temp;
import org.sockmapd.protocol.SocketmapReply.Timeout;

/** What holds for every payload, every split of the input, and every kind of rubbish. */
class CodecPropertiesTest {
  static final int LIMIT = 3000;

  @Property
  void everyPayloadComesBackForEverySplit(
      @ForAll @Size(max = 8) List<@Size(max = LIMIT) byte[]> payloads, @ForAll long seed)
      throws IOException {
    byte[] sent =
        Bytes.written(
            writer -> {
              for (byte[] payload : payloads) {
                writer.write(ByteBuffer.wrap(payload));
              }
            });
    NetstringReader reader = new NetstringReader(split(sent, seed), LIMIT);

    for (byte[] payload : payloads) {
      assertThat(Bytes.copy(reader.read())).isEqualTo(payload);
    }
    assertThat(reader.read()).isNull();
  }

  @Property(tries = 5000)
  void rubbishIsAcceptedExactlyAsTheOracleDoes(
      @ForAll("nearlyNetstrings") byte[] input, @ForAll @IntRange(min = 1, max = 120) int limit)
      throws IOException {
    Transcript expected = NetstringOracle.decode(input, limit);

    for (Feed feed : Feed.values()) {
      assertThat(NetstringOracle.read(feed.of(input), limit)).isEqualTo(expected);
    }
  }

  @Property
  void oneWrongByteIsSeenAsTheOracleSeesIt(
      @ForAll @Size(min = 1, max = 40) byte[] payload, @ForAll int at, @ForAll byte wrong)
      throws IOException {
    byte[] sent = Bytes.written(writer -> writer.write(ByteBuffer.wrap(payload)));
    sent[Math.floorMod(at, sent.length)] = wrong;

    for (Feed feed : Feed.values()) {
      assertThat(NetstringOracle.read(feed.of(sent), LIMIT))
          .isEqualTo(NetstringOracle.decode(sent, LIMIT));
    }
  }

  @Property
  void everyRequestComesBack(@ForAll("mapNames") String map, @ForAll("texts") String key)
      throws IOException {
    SocketmapRequest request = SocketmapRequest.of(map, key);
    byte[] sent = Bytes.written(writer -> writer.write(request));
    SocketmapRequestReader reader =
        new SocketmapRequestReader(Feed.DRIBBLED.of(sent), SocketmapLimits.postfix());

    assertThat(reader.read()).isEqualTo(request);
    assertThat(sent).startsWith(Bytes.raw(request.encodedLength() + ":"));
  }

  @Property
  void everyKeyOfBytesComesBack(@ForAll("mapNames") String map, @ForAll byte[] key)
      throws IOException {
    SocketmapRequest request = SocketmapRequest.of(map, key);
    byte[] sent = Bytes.written(writer -> writer.write(request));
    SocketmapRequest read =
        Objects.requireNonNull(
            new SocketmapRequestReader(Feed.WHOLE.of(sent), SocketmapLimits.postfix()).read());

    assertThat(read).isEqualTo(request);
    assertThat(read.keyBytes()).isEqualTo(key);
    assertThat(read.key()).isEqualTo(strictlyDecoded(key));
  }

  @Property
  void everyReplyComesBack(@ForAll("replies") SocketmapReply reply) throws IOException {
    byte[] sent = Bytes.written(writer -> writer.write(reply));
    ByteBuffer payload = new NetstringReader(Feed.IN_SEVENS.of(sent), 100_000).read();

    assertThat(SocketmapReply.parse(Objects.requireNonNull(payload))).isEqualTo(reply);
    assertThat(payload.remaining()).isEqualTo(reply.encodedLength());
  }

  @Property
  void textIsEncodedAsTheJdkDoes(@ForAll String text) {
    byte[] encoded = new byte[Utf8.length(text)];

    assertThat(Utf8.encode(text, encoded, 0)).isEqualTo(encoded.length);
    assertThat(encoded).isEqualTo(text.getBytes(UTF_8));
  }

  @Property
  void bytesAreDecodedAsTheStrictJdkDecoderDoes(@ForAll("nearlyUtf8") byte[] bytes) {
    assertThat(Optional.ofNullable(Utf8.decode(bytes, 0, bytes.length)))
        .isEqualTo(strictlyDecoded(bytes));
  }

  @Provide
  Arbitrary<byte[]> nearlyNetstrings() {
    Arbitrary<String> netstring =
        Arbitraries.strings()
            .withChars("ab:,09 \u00ff")
            .ofMaxLength(30)
            .map(payload -> payload.length() + ":" + payload + ",");
    Arbitrary<String> rubbish =
        Arbitraries.strings().withChars("0123456789:,+- a\0\n\u00b2").ofMaxLength(8);
    return Arbitraries.frequencyOf(Tuple.of(4, netstring), Tuple.of(1, rubbish))
        .list()
        .ofMaxSize(6)
        .map(parts -> Bytes.raw(String.join("", parts)));
  }

  @Provide
  Arbitrary<byte[]> nearlyUtf8() {
    Arbitrary<byte[]> whole =
        Arbitraries.of("a", "\0", "\u07ff", "€", "\ufffd", "🐘").map(Bytes::utf8);
    Arbitrary<byte[]> broken =
        Arbitraries.of(
                "\u0080", // a continuation alone
                "\u00c3", // too short, of two, three and four bytes
                "\u00e2\u0082",
                "\u00f0\u009f\u0090",
                "\u00ff",
                "\u00c0\u0080", // overlong NUL
                "\u00ed\u00a0\u0080", // half a surrogate pair
                "\u00f4\u0090\u0080\u0080") // beyond U+10FFFF
            .map(Bytes::raw);
    return Arbitraries.frequencyOf(Tuple.of(6, whole), Tuple.of(1, broken))
        .list()
        .ofMaxSize(6)
        .map(CodecPropertiesTest::joined);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Integer> any =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    Arbitrary<Integer> ascii = Arbitraries.integers().between(0, 0x7f);
    return Arbitraries.frequencyOf(Tuple.of(3, ascii), Tuple.of(1, any))
        .map(Character::toString)
        .list()
        .ofMaxSize(60)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> mapNames() {
    return texts().map(text -> "m" + text.replace(" ", ""));
  }

  @Provide
  Arbitrary<SocketmapReply> replies() {
    return Arbitraries.oneOf(
        texts().map(Ok::new),
        Arbitraries.just(new NotFound()),
        texts().map(Temp::new),
        texts().map(Timeout::new),
        texts().map(Perm::new));
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static Optional<String> strictlyDecoded(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Gives the input in pieces of any size. */
  private static InputStream split(byte[] input, long seed) {
    Random random = new Random(seed);
    return new ByteArrayInputStream(input) {
      @Override
      public synchronized int read(byte[] to, int offset, int length) {
        return super.read(to, offset, Math.min(length, 1 + random.nextInt(1500)));
      }
    };
  }
}
