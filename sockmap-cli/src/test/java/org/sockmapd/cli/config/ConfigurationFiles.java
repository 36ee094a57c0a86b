package org.sockmapd.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes configuration files and reads them, for tests. */
record ConfigurationFiles(Path directory) {
  Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Configuration read(String json) {
    return read(json, Map.of());
  }

  Configuration read(String json, Map<String, String> environment) {
    try {
      return Configuration.read(write("f.json", json), environment);
    } catch (ConfigurationException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** The problems of a file that has some, without the directory and the columns. */
  List<String> problems(String json) {
    return problems(json, Map.of());
  }

  List<String> problems(String json, Map<String, String> environment) {
    try {
      Configuration.read(write("f.json", json), environment);
    } catch (ConfigurationException e) {
      return shown(e.problems());
    }
    return List.of();
  }

  List<String> shown(List<Problem> problems) {
    return problems.stream()
        .map(p -> new Problem(p.file(), p.line(), 0, p.path(), p.message()))
        .map(problem -> problem.toString().replace(directory + "/", ""))
        .toList();
  }
}
