package org.sockmapd.lookup.sql;

import java.util.List;

/** What is the same on MySQL and MariaDB. */
final class MySqlValues {
  static final String SLOW_QUERY =
      "SELECT v FROM m WHERE k = '%s' OR ('%s' = 'slow' AND SLEEP(2) = 7)";

  static final List<String[]> TYPED =
      List.of(
          new String[] {"INT(6) UNSIGNED ZEROFILL", "42"},
          new String[] {"SMALLINT(5) ZEROFILL", "42"},
          new String[] {"DECIMAL(8, 2) ZEROFILL", "1.5"},
          new String[] {"TINYINT(1)", "1"},
          new String[] {"BIGINT UNSIGNED", "18446744073709551615"},
          new String[] {"INT", "-7"},
          new String[] {"BIT(4)", "5"},
          new String[] {"FLOAT", "1.1"},
          new String[] {"DOUBLE", "0.1"},
          new String[] {"DECIMAL(5, 2)", "1.50"},
          new String[] {"YEAR", "2026"},
          new String[] {"DATE", "'2026-11-22'"},
          new String[] {"DATETIME(3)", "'2026-11-22 10:11:12.5'"},
          new String[] {"TIME", "'26:00:00'"},
          new String[] {"CHAR(10)", "'padded'"},
          new String[] {"VARCHAR(10)", "'blank '"},
          new String[] {"BINARY(4)", "'ab'"},
          new String[] {"ENUM('OK', 'REJECT')", "'REJECT'"},
          new String[] {"SET('a', 'b')", "'a,b'"},
          new String[] {"TEXT CHARACTER SET latin1", "'f\u00fcr'"},
          new String[] {"JSON", "'{\"a\": 1}'"});

  private MySqlValues() {}
}
