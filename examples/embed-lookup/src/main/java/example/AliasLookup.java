package example;

import java.util.Optional;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupResult.TimedOut;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.sql.Database;
import org.sockmapd.lookup.sql.DatabaseSettings;
import org.sockmapd.lookup.sql.DatabaseType;
import org.sockmapd.lookup.sql.SqlTable;
import org.sockmapd.lookup.sql.TableColumns;

/** Asks a table of aliases in a SQLite file, without a server. */
public final class AliasLookup {
  private AliasLookup() {}

  public static void main(String[] arguments) {
    System.out.println(lookup(arguments[0], arguments[1]));
  }

  static String lookup(String file, String key) {
    DatabaseSettings settings = DatabaseSettings.builder(DatabaseType.SQLITE, file).build();
    TableColumns columns =
        new TableColumns("alias", "address", Optional.of("destination"), Optional.empty());
    try (Database database = Database.open(settings, LookupEvents.NONE);
        LookupTable table = SqlTable.builder("alias", database).columns(columns).build()) {
      return describe(table.lookup(key));
    }
  }

  // A failure is a result of its own, so the compiler asks what to do about it.
  private static String describe(LookupResult result) {
    return switch (result) {
      case Found(String value) -> value;
      case NotFound() -> "not found";
      case TemporaryFailure(String reason) -> "try again later: " + reason;
      case TimedOut(String reason) -> "try again later: " + reason;
    };
  }
}
