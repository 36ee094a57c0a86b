package org.sockmapd.lookup.sql.mariadb;

/**
 * A value to be bound as a literal that every session reads alike. To be given to a statement of
 * MariaDB's driver by {@code setObject}.
 *
 * @param literal the literal, in ASCII
 */
public record LiteralValue(String literal) {}
