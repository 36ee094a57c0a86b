package org.sockmapd.lookup.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Reads a file that another program may be writing at the same time. */
final class WholeFile {
  private static final int ATTEMPTS = 3;

  private WholeFile() {}

  /** What changes when a file is written or replaced. */
  private record State(long size, long modified, Object key) {
    static State of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(
          attributes.size(),
          attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          Objects.requireNonNullElse(attributes.fileKey(), ""));
    }
  }

  /**
   * Reads a file that did not change meanwhile.
   *
   * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
   * @throws FileSystemException if it changes each time that it is read
   */
  static String read(Path file) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      State before = State.of(file);
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length == before.size() && before.equals(State.of(file))) {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      }
    }
    throw new FileSystemException(file.toString(), null, "it is being written");
  }
}
