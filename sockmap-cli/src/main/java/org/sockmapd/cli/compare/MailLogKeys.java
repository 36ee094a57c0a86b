package org.sockmapd.cli.compare;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the keys that Postfix asked for out of its log, by what a map is searched for. */
public final class MailLogKeys {
  private static final Pattern ADDRESS = Pattern.compile("\\b(?:from|to|orig_to)=<([^<>]+)>");
  private static final Pattern CLIENT =
      Pattern.compile("\\b(?:client=|(?:connect )?from )([A-Za-z0-9._-]+)\\[([0-9A-Fa-f:.]+)]");

  private MailLogKeys() {}

  /**
   * Reads lines of a mail log.
   *
   * @param lines the lines
   * @param search the map's {@code search}
   * @return keys, each once, in the order in which they come
   */
  public static List<String> read(Iterable<String> lines, String search) {
    Set<String> keys = new LinkedHashSet<>();
    for (String line : lines) {
      Matcher address = ADDRESS.matcher(line);
      while (address.find()) {
        addAddress(address.group(1), search, keys);
      }
      Matcher client = CLIENT.matcher(line);
      while (client.find()) {
        addClient(client.group(1), client.group(2), search, keys);
      }
    }
    return List.copyOf(keys);
  }

  private static void addAddress(String address, String search, Set<String> keys) {
    if (List.of("address", "access", "transport", "exact").contains(search)) {
      keys.add(address);
    }
    int at = address.lastIndexOf('@');
    if (at >= 0 && List.of("domain", "exact").contains(search)) {
      keys.add(address.substring(at + 1));
    }
  }

  private static void addClient(String name, String address, String search, Set<String> keys) {
    boolean named = !name.equals("unknown");
    if (named && List.of("access", "domain").contains(search)) {
      keys.add(name);
    }
    if (List.of("access", "domain", "network").contains(search)) {
      keys.add(address);
    }
  }
}
