import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.PostgresServer;

/**
 * Starts PostgreSQL and MariaDB with the same aliases, writes how to reach them and which keys to
 * ask for into a directory, and ends them when standard input ends. Run as a source file by {@code
 * benchmarks/run}, with the classes of the module testing.
 */
public final class Databases {
  private static final int KEYS = 200_000;
  private static final int ROWS_OF_A_STATEMENT = 5_000;

  private Databases() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    int rows = Integer.parseInt(arguments[1]);
    // Room for the whole table: it is lookups that are to be measured, not the disk.
    try (DatabaseServer postgres = PostgresServer.start("--shared_buffers=512MB");
        DatabaseServer mariadb = MariaDbServer.start("--innodb-buffer-pool-size=512M")) {
      for (DatabaseServer server : List.of(postgres, mariadb)) {
        load(server, rows);
      }
      postgres.execute("bench", "VACUUM ANALYZE aliases");
      mariadb.execute("bench", "ANALYZE TABLE aliases");
      writeKeys(directory.resolve("keys.tsv"), rows);
      Files.writeString(
          directory.resolve("servers"),
          "PG_PORT=%d PG_USER=%s MY_PORT=%d MY_USER=%s PASSWORD=%s%n"
              .formatted(
                  postgres.port(),
                  postgres.username(),
                  mariadb.port(),
                  mariadb.username(),
                  postgres.password()));
      while (System.in.read() >= 0) {}
    }
  }

  private static void load(DatabaseServer server, int rows) throws SQLException {
    server.createDatabase("bench");
    server.execute(
        "bench",
        "CREATE TABLE aliases (address VARCHAR(190) NOT NULL PRIMARY KEY,"
            + " goto VARCHAR(190) NOT NULL, active INT NOT NULL)");
    try (Connection connection = server.connection("bench");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int from = 0; from < rows; from += ROWS_OF_A_STATEMENT) {
        statement.execute(insert(from, Math.min(rows, from + ROWS_OF_A_STATEMENT)));
      }
      connection.commit();
    }
  }

  private static String insert(int from, int to) {
    StringBuilder sql = new StringBuilder("INSERT INTO aliases VALUES ");
    for (int i = from; i < to; i++) {
      sql.append(i == from ? "" : ",").append("('").append(address("user", i)).append("','");
      sql.append(value(i)).append("',1)");
    }
    return sql.toString();
  }

  private static String address(String user, int number) {
    return user + number + "@example" + number % 1000 + ".com";
  }

  private static String value(int number) {
    return "box" + number + "@mail.example.net";
  }

  /** One of five is not there. */
  private static void writeKeys(Path file, int rows) throws IOException {
    Random random = new Random(1);
    try (PrintWriter keys = new PrintWriter(Files.newBufferedWriter(file))) {
      for (int i = 0; i < KEYS; i++) {
        int number = random.nextInt(rows);
        boolean miss = random.nextInt(5) == 0;
        keys.println(
            address(miss ? "nobody" : "user", number)
                + "\t"
                + (miss ? "NOTFOUND " : "OK " + value(number)));
      }
    }
  }
}
