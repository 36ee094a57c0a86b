package org.sockmapd.cli.config;

/**
 * One configured map, for showing.
 *
 * @param mapName the first word of the requests that it answers
 * @param path where it stands, such as {@code postmaps[2]}
 * @param line the line where it begins
 * @param type its type, such as {@code sql}
 * @param source where its answers come from, such as {@code mysql postmap@[db1:3306]/dbmail
 *     dbmail_aliases}; without a password
 */
public record Postmap(String mapName, String path, int line, String type, String source) {}
