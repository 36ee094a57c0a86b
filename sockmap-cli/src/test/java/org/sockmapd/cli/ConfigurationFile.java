package org.sockmapd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the configuration of a daemon, {@code sockmapd.json} in a folder; each time anew. */
record ConfigurationFile(Path folder) {
  private static final String FREE_PORT = "\"inet:127.0.0.1:0\"";

  /** A map that has one key, {@code x}. */
  static String inline(String map, String value) {
    return "{\"service\": \"%s\", \"type\": \"inline\", \"entries\": {\"x\": \"%s\"}}"
        .formatted(map, value);
  }

  /** The file of a daemon on a free port, with settings of {@code sysconfig}, if any. */
  Path write(String sysconfig, String postmaps) throws IOException {
    return write(sysconfig, "", postmaps);
  }

  /** The same, with the settings of a database. */
  Path write(String sysconfig, String database, String postmaps) throws IOException {
    return write(FREE_PORT, sysconfig, database, postmaps);
  }

  /** The file of a daemon that listens where it is told. */
  Path listening(String endpoint, String postmaps) throws IOException {
    return listening(endpoint, "", postmaps);
  }

  /** The same, with further settings of {@code sysconfig}. */
  Path listening(String endpoint, String sysconfig, String postmaps) throws IOException {
    return write(endpoint, sysconfig, "", postmaps);
  }

  private Path write(String endpoint, String sysconfig, String database, String postmaps)
      throws IOException {
    String text =
        "{\"sysconfig\": {\"listen\": ["
            + endpoint
            + "]"
            + (sysconfig.isEmpty() ? "" : ", " + sysconfig)
            + "}, "
            + (database.isEmpty() ? "" : "\"database\": {" + database + "}, ")
            + "\"postmaps\": ["
            + postmaps
            + "]}";
    return Files.writeString(folder.resolve("sockmapd.json"), text);
  }
}
