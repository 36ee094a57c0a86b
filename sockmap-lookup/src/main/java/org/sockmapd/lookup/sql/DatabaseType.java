package org.sockmapd.lookup.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sockmapd.lookup.template.SqlQuoting;

/** A kind of database server. */
public enum DatabaseType {
  /** MySQL, by MySQL's driver; a MariaDB server is recognised and treated as one. */
  MYSQL(3306),
  /** MariaDB, Galera included, by MariaDB's driver. */
  MARIADB(3306),
  /** PostgreSQL. */
  POSTGRESQL(5432),
  /** A file, read by this process. */
  SQLITE(0);

  private final int defaultPort;

  DatabaseType(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  /**
   * Names the type as a configuration does.
   *
   * @return the name, in lower case
   */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Tells where such a server usually listens.
   *
   * @return the TCP port; 0 for a file
   */
  public int defaultPort() {
    return defaultPort;
  }

  /** How queries for it are quoted. */
  SqlQuoting quoting() {
    return switch (this) {
      case POSTGRESQL -> SqlQuoting.POSTGRESQL;
      case MYSQL, MARIADB -> SqlQuoting.MYSQL;
      case SQLITE -> SqlQuoting.SQLITE;
    };
  }

  /**
   * Finds a type.
   *
   * @param configName its name in a configuration
   * @return the type, or empty when there is none of that name
   */
  public static Optional<DatabaseType> of(String configName) {
    return Arrays.stream(values()).filter(type -> type.configName().equals(configName)).findFirst();
  }

  /**
   * Lists the names.
   *
   * @return what a configuration may say
   */
  public static List<String> configNames() {
    return Arrays.stream(values()).map(DatabaseType::configName).toList();
  }
}
