package org.sockmapd.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question: a map name and a key, sent as {@code NAME KEY}. The first space ends the name; the
 * key is the rest, and may be empty or hold any bytes, spaces included ({@code
 * socketmap_table}(5)).
 *
 * <p>Immutable.
 */
public final class SocketmapRequest {
  private final String mapName;

  /** The key as text; null when its bytes are not UTF-8. */
  private final @Nullable String key;

  /** The key's bytes, kept only when they are not UTF-8. */
  private final byte @Nullable [] rawKey;

  private SocketmapRequest(String mapName, @Nullable String key, byte @Nullable [] rawKey) {
    this.mapName = mapName;
    this.key = key;
    this.rawKey = rawKey;
  }

  /**
   * Asks for a key that is text. It is sent as UTF-8; half a surrogate pair is sent as {@code ?}.
   *
   * @param mapName the map: not empty, without a space
   * @param key the key, which may be empty
   * @return the request
   * @throws IllegalArgumentException if the map name is not one
   */
  public static SocketmapRequest of(String mapName, String key) {
    return new SocketmapRequest(requireMapName(mapName), Objects.requireNonNull(key), null);
  }

  /**
   * Asks for a key of any bytes.
   *
   * @param mapName the map: not empty, without a space
   * @param key the key's bytes, copied
   * @return the request
   * @throws IllegalArgumentException if the map name is not one
   */
  public static SocketmapRequest of(String mapName, byte[] key) {
    return of(requireMapName(mapName), key, 0, key.length);
  }

  /**
   * Reads a request from the payload of a netstring. The payload's position is left as it was, and
   * nothing of it is kept.
   *
   * @param payload the payload, from its position to its limit
   * @return the request
   * @throws SocketmapSyntaxException if there is no space, or the map name is empty or not UTF-8
   */
  public static SocketmapRequest parse(ByteBuffer payload) throws SocketmapSyntaxException {
    return parse(payload, "");
  }

  /** As {@link #parse(ByteBuffer)}, with the map name of an earlier request to be used again. */
  static SocketmapRequest parse(ByteBuffer payload, String likelyName)
      throws SocketmapSyntaxException {
    byte[] bytes = Payloads.array(payload);
    int from = Payloads.offset(payload);
    int to = from + payload.remaining();
    int space = Payloads.firstSpace(bytes, from, to);
    if (space == to) {
      throw new SocketmapSyntaxException("request without a space: expected 'MAP KEY'");
    }
    if (space == from) {
      throw new SocketmapSyntaxException("request with an empty map name: expected 'MAP KEY'");
    }
    return of(mapName(bytes, from, space, likelyName), bytes, space + 1, to);
  }

  private static SocketmapRequest of(String mapName, byte[] bytes, int from, int to) {
    String text = Utf8.decode(bytes, from, to);
    return new SocketmapRequest(
        mapName, text, text == null ? Arrays.copyOfRange(bytes, from, to) : null);
  }

  private static String mapName(byte[] bytes, int from, int to, String likelyName)
      throws SocketmapSyntaxException {
    if (Payloads.isAscii(likelyName, bytes, from, to)) {
      return likelyName;
    }
    String name = Utf8.decode(bytes, from, to);
    if (name == null) {
      throw new SocketmapSyntaxException("map name is not UTF-8");
    }
    return name;
  }

  private static String requireMapName(String mapName) {
    if (mapName.isEmpty() || mapName.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("not a map name: '" + mapName + "'");
    }
    return mapName;
  }

  /**
   * Names the map that is asked.
   *
   * @return the map name: not empty, without a space
   */
  public String mapName() {
    return mapName;
  }

  /**
   * Gives the key as text.
   *
   * @return the key, which may be empty and may hold NUL; nothing when its bytes are not UTF-8
   */
  public Optional<String> key() {
    return Optional.ofNullable(key);
  }

  /**
   * Gives the key as it is on the wire.
   *
   * @return the key's bytes, the caller's own copy
   */
  public byte[] keyBytes() {
    return rawKey != null ? rawKey.clone() : text().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Counts what the request takes in a netstring's payload, to be compared with {@link
   * SocketmapLimits#maxRequestBytes}.
   *
   * @return the bytes of map name, space and key
   */
  public int encodedLength() {
    return Utf8.length(mapName) + 1 + (rawKey != null ? rawKey.length : Utf8.length(text()));
  }

  /** Writes the payload at an index of a buffer that is large enough; returns the index after. */
  int encode(byte[] to, int at) {
    int out = Utf8.encode(mapName, to, at);
    to[out++] = ' ';
    if (rawKey == null) {
      return Utf8.encode(text(), to, out);
    }
    System.arraycopy(rawKey, 0, to, out, rawKey.length);
    return out + rawKey.length;
  }

  private String text() {
    return Objects.requireNonNull(key);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SocketmapRequest that
        && mapName.equals(that.mapName)
        && Objects.equals(key, that.key)
        && Arrays.equals(rawKey, that.rawKey);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * mapName.hashCode() + Objects.hashCode(key)) + Arrays.hashCode(rawKey);
  }

  /** The map name, a space and the key, as they are: escape it before it goes to a log. */
  @Override
  public String toString() {
    return mapName + " " + (rawKey != null ? "(" + rawKey.length + " bytes, not UTF-8)" : key);
  }
}
