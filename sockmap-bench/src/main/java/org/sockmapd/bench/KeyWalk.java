package org.sockmapd.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Goes round through the keys, and makes each a request's payload. For use by one at a time. */
final class KeyWalk {
  private final Keys keys;
  private final byte[] request;
  private final ByteBuffer payload;
  private final int keyAt;
  private int key;

  KeyWalk(String mapName, Keys keys, int first) {
    byte[] name = (mapName + " ").getBytes(StandardCharsets.UTF_8);
    this.keys = keys;
    this.key = first;
    this.keyAt = name.length;
    this.request = Arrays.copyOf(name, name.length + keys.longest());
    this.payload = ByteBuffer.wrap(request);
  }

  /** Which key the next payload is for. */
  int key() {
    return key;
  }

  /** The payload for the current key, valid until the next call; then goes on to the next key. */
  ByteBuffer next() {
    int end = keys.copy(key, request, keyAt);
    key = key + 1 == keys.count() ? 0 : key + 1;
    return payload.limit(end).position(0);
  }
}
