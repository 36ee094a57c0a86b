package org.sockmapd.cli.config;

import java.util.List;
import java.util.Optional;

/**
 * One configured map, for showing.
 *
 * @param mapName the first word of the requests that it answers
 * @param path where it stands, such as {@code postmaps[2]}
 * @param line the line where it begins
 * @param type its type, such as {@code sql}
 * @param source where its answers come from, such as {@code dbmail_aliases in mysql dbmail at
 *     db1:3306}; without a password, and empty for a map without a database
 * @param search which parts of a key are looked up, such as {@code exact}
 * @param rewriting whether what is found takes the place of the address that was asked for
 * @param uses what Postfix uses it for, by its parameters, such as {@code virtual_alias_maps}
 * @param freshness what its cache means for somebody who changes a row; empty without a cache
 */
public record Postmap(
    String mapName,
    String path,
    int line,
    String type,
    String source,
    String search,
    boolean rewriting,
    List<String> uses,
    Optional<String> freshness) {
  public Postmap {
    uses = List.copyOf(uses);
  }
}
