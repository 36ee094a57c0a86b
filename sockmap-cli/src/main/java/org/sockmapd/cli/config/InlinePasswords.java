package org.sockmapd.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the passwords that stand in the configuration file itself. */
final class InlinePasswords {
  private InlinePasswords() {}

  /** Gives the path of each; one that is taken from the environment does not count. */
  static List<String> in(Map<String, Object> root) {
    List<String> paths = new ArrayList<>();
    add("database", root.get("database"), paths);
    if (root.get("databases") instanceof Map<?, ?> named) {
      named.forEach((name, connection) -> add("databases." + name, connection, paths));
    }
    return paths;
  }

  private static void add(String path, @Nullable Object connection, List<String> paths) {
    if (connection instanceof Map<?, ?> members
        && members.get("password") instanceof String password
        && !Environment.isVariable(password)) {
      paths.add(path + ".password");
    }
  }
}
