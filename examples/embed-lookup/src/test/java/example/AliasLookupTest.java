package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AliasLookupTest {
  @TempDir Path folder;

  @Test
  void answersWhatTheTableHolds() throws Exception {
    String file = folder.resolve("mail.db").toString();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE alias (address TEXT, destination TEXT)");
      statement.executeUpdate(
          "INSERT INTO alias VALUES ('sales@example.com', 'alice'), ('sales@example.com', 'bob')");
    }

    assertEquals("alice,bob", AliasLookup.lookup(file, "sales@example.com"));
    assertEquals("not found", AliasLookup.lookup(file, "nobody@example.com"));
  }

  @Test
  void takesAMissingDatabaseForAFailureAndNotForAnAnswer() {
    String file = folder.resolve("missing.db").toString();

    assertTrue(AliasLookup.lookup(file, "sales@example.com").startsWith("try again later"));
  }
}
