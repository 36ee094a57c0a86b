package org.sockmapd.cli.config;

import java.util.Map;

/**
 * A JSON object and the place of each of its members.
 *
 * @param root the members: {@code String}, {@code Number}, {@code Boolean}, {@code List}, {@code
 *     Map}; a member that is null in the file is absent
 * @param places the place of each value by its path, such as {@code postmaps[2].query}
 */
record JsonTree(Map<String, Object> root, Map<String, JsonPlace> places) {

  int lineOf(String path) {
    return placeOf(path).line();
  }

  /** Finds the place of a path, or of the nearest thing around it that is in the file. */
  JsonPlace placeOf(String path) {
    String at = path;
    while (!at.isEmpty() && !places.containsKey(at)) {
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return places.getOrDefault(at, JsonPlace.NONE);
  }
}
