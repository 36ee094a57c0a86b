package org.sockmapd.cli.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object and the line of each of its members.
 *
 * @param root the members: {@code String}, {@code Number}, {@code Boolean}, {@code List}, {@code
 *     Map}; a member that is null in the file is absent
 * @param lines the line of each member by its path, such as {@code postmaps[2].query}
 */
record JsonTree(Map<String, Object> root, Map<String, Integer> lines) {

  /** Finds the line of a path, or of the nearest thing around it that is in the file. */
  int lineOf(String path) {
    String at = path;
    while (!at.isEmpty()) {
      @Nullable Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return 0;
  }
}
