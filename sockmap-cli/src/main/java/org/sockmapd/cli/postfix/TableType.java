package org.sockmapd.cli.postfix;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.sockmapd.lookup.sql.DatabaseType;
import org.sockmapd.lookup.template.SqlQuoting;

/** The SQL tables that Postfix knows. */
enum TableType {
  /** {@code pgsql_table(5)}. */
  PGSQL(DatabaseType.POSTGRESQL, SqlQuoting.POSTGRESQL, "postgres|pgsql"),
  /**
   * {@code mysql_table(5)}, for MariaDB too. Debian's Postfix asks both by MariaDB's library, which
   * knows the ways to log in of both; so does MariaDB's driver.
   */
  MYSQL(DatabaseType.MARIADB, SqlQuoting.MYSQL, "mysql|maria"),
  /** {@code sqlite_table(5)}. */
  SQLITE(DatabaseType.SQLITE, SqlQuoting.SQLITE, "sqlite");

  private final DatabaseType database;
  private final SqlQuoting quoting;
  private final String hint;

  TableType(DatabaseType database, SqlQuoting quoting, String hint) {
    this.database = database;
    this.quoting = quoting;
    this.hint = hint;
  }

  /** The type as {@code main.cf} names it. */
  static Optional<TableType> of(String name) {
    return Arrays.stream(values()).filter(type -> type.postfixName().equals(name)).findFirst();
  }

  String postfixName() {
    return name().toLowerCase(Locale.ROOT);
  }

  DatabaseType database() {
    return database;
  }

  SqlQuoting quoting() {
    return quoting;
  }

  /** Tells whether a text, such as the name of a file, speaks of this database. */
  boolean hintedBy(String text) {
    return text.matches(".*(" + hint + ").*");
  }
}
