package org.sockmapd.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the machine. */
final class ExecutablePath {

  // Where system programs stand that are not on an ordinary user's PATH.
  private static final List<String> SYSTEM = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");

  private ExecutablePath() {}

  static Optional<Path> find(String program) {
    Stream<String> path =
        Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"));
    return Stream.concat(path, SYSTEM.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
