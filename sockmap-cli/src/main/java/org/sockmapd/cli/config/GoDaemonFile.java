package org.sockmapd.cli.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the JSON decoder of the Go daemon let pass, for its settings alone: their names in any case,
 * and an empty text for a setting that is left out.
 */
final class GoDaemonFile {
  private static final Pattern POSTMAP = Pattern.compile("postmaps\\[\\d+]");
  private static final Set<String> ROOT = Set.of("database", "sysconfig", "postmaps");
  private static final Set<String> SYSCONFIG =
      Set.of("port", "logfile", "loglevel", "run_as_user", "run_as_group");
  private static final Set<String> DATABASE = Set.of("host", "port", "username", "password");
  private static final Set<String> POSTMAPS =
      Set.of("service", "database", "table", "key", "value", "reason");

  private GoDaemonFile() {}

  /** Gives the name that a member has here. */
  static String name(String parent, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return known(parent).contains(lower) ? lower : name;
  }

  private static Set<String> known(String parent) {
    return switch (parent) {
      case "" -> ROOT;
      case "sysconfig" -> SYSCONFIG;
      case "database" -> DATABASE;
      default -> POSTMAP.matcher(parent).matches() ? POSTMAPS : Set.of();
    };
  }

  /** Leaves out what is an empty text. */
  static void dropEmpty(Map<String, Object> root) {
    dropEmpty(root.get("sysconfig"), SYSCONFIG);
    dropEmpty(root.get("database"), DATABASE);
    if (root.get("postmaps") instanceof List<?> postmaps) {
      postmaps.forEach(postmap -> dropEmpty(postmap, POSTMAPS));
    }
  }

  private static void dropEmpty(@Nullable Object section, Set<String> names) {
    if (section instanceof Map<?, ?> members) {
      members.entrySet().removeIf(e -> "".equals(e.getValue()) && names.contains(e.getKey()));
    }
  }
}
