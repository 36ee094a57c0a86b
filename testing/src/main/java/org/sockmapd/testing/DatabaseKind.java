package org.sockmapd.testing;

/** What the three differ in, once they run. */
enum DatabaseKind {
  POSTGRESQL(
      "postgresql",
      "postgresql",
      "postgres",
      "postgres",
      "drop database if exists \"%s\" with (force)",
      "create database \"%s\" encoding 'UTF8' template template0"),
  MARIADB(
      "mariadb",
      "mysql",
      "root",
      "mysql",
      "drop database if exists `%s`",
      "create database `%s` character set utf8mb4"),
  MYSQL(
      "mysql",
      "mysql",
      "root",
      "mysql",
      "drop database if exists `%s`",
      "create database `%s` character set utf8mb4");

  final String type;
  final String jdbcScheme;
  final String superuser;
  final String ownDatabase;
  final String dropDatabase;
  final String createDatabase;

  DatabaseKind(
      String type,
      String jdbcScheme,
      String superuser,
      String ownDatabase,
      String dropDatabase,
      String createDatabase) {
    this.type = type;
    this.jdbcScheme = jdbcScheme;
    this.superuser = superuser;
    this.ownDatabase = ownDatabase;
    this.dropDatabase = dropDatabase;
    this.createDatabase = createDatabase;
  }
}
