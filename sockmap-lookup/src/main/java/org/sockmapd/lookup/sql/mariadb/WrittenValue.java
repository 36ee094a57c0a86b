package org.sockmapd.lookup.sql.mariadb;

/**
 * A value as the server wrote it. To be had from a row of MariaDB's driver by {@code getObject}.
 *
 * @param text the server's text
 */
public record WrittenValue(String text) {}
