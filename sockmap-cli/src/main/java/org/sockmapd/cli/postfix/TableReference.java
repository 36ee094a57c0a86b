package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table as {@code main.cf} names it: {@code pgsql:/etc/postfix/virtual.cf}. A name that begins
 * with neither a slash nor a dot stands for parameters in {@code main.cf} itself.
 */
record TableReference(TableType type, String name) {
  private static final Pattern REFERENCE = Pattern.compile("(?:proxy:)*(pgsql|mysql|sqlite):(.+)");

  static Optional<TableReference> of(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    return matcher.matches()
        ? TableType.of(matcher.group(1)).map(type -> new TableReference(type, matcher.group(2)))
        : Optional.empty();
  }

  boolean isFile() {
    return name.startsWith("/") || name.startsWith(".");
  }

  Path file() {
    return Path.of(name);
  }

  @Override
  public String toString() {
    return type.postfixName() + ":" + name;
  }
}
