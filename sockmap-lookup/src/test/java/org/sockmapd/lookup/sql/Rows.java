package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import java.util.Optional;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.testing.DatabaseServer;

/** A table {@code m} with the row {@code a}, {@code 1}, in a schema of its own. */
final class Rows {
  static final TableColumns COLUMNS =
      new TableColumns("m", "k", Optional.of("v"), Optional.empty());

  private Rows() {}

  static void create(DatabaseServer server, String schema) throws SQLException {
    server.createDatabase(schema);
    server.execute(
        schema,
        "CREATE TABLE m (k VARCHAR(100) PRIMARY KEY, v VARCHAR(100))",
        "INSERT INTO m VALUES ('a', '1'), ('b', '2')");
  }

  static LookupTable table(Database database, LookupEvents events) {
    return SqlTable.builder("map", database).columns(COLUMNS).events(events).build();
  }
}
