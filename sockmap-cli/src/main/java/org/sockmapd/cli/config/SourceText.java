package org.sockmapd.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a whole text file, bounded and strictly UTF-8. */
public final class SourceText {
  /** A table written out in a configuration may be long; a device file must end. */
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private SourceText() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @param problems takes why it could not be read
   * @return its text, or empty when there was a problem
   */
  public static Optional<String> read(Path file, Consumer<Problem> problems) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        return Optional.of(decode(bytes));
      }
      problems.accept(Problem.of(file, "is longer than " + MAX_BYTES / 1024 / 1024 + " MiB"));
    } catch (CharacterCodingException e) {
      problems.accept(Problem.of(file, "is not UTF-8 text"));
    } catch (IOException e) {
      problems.accept(Problem.of(file, "cannot be read: " + reason(e)));
    }
    return Optional.empty();
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "no such file";
      case AccessDeniedException denied -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}
