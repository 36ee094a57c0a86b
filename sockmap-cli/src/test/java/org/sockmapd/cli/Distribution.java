package org.sockmapd.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The distribution that the build has put together, unpacked. */
final class Distribution {
  private Distribution() {}

  static Path launcher() {
    return home().resolve("bin/sockmapd");
  }

  static Path home() {
    Path target = repository().resolve("sockmap-cli/target/distribution");
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(target, "sockmapd-*")) {
      folders.forEach(found::add);
    } catch (IOException e) {
      throw new IllegalStateException(
          "no distribution in " + target + ": run the package phase first", e);
    }
    if (found.size() != 1) {
      throw new IllegalStateException("expected one distribution in " + target + ", got " + found);
    }
    return found.getFirst();
  }

  /** The folder with the sources of everything. Maven runs tests in the folder of the module. */
  static Path repository() {
    Path module = Path.of("").toAbsolutePath();
    return module.endsWith("sockmap-cli") ? module.resolve("..").normalize() : module;
  }
}
