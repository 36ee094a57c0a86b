package org.sockmapd.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.sockmapd.testing.DatabaseServer;

/**
 * A ready configuration under {@code examples}, with what it needs to be served: its files are used
 * as they are, but for where the database is and where it listens.
 *
 * @param folder its folder
 * @param configuration its configuration file
 * @param schema its SQL file
 * @param server the database server; none for SQLite
 */
record Example(
    String folder, String configuration, String schema, List<Supplier<DatabaseServer>> server) {

  @Override
  public String toString() {
    return folder + ": " + configuration + " with " + schema;
  }

  Path home() {
    return Distribution.repository().resolve("examples").resolve(folder);
  }

  String readme() throws IOException {
    return Files.readString(home().resolve("README.md"));
  }

  List<ExpectedAnswer> expected() throws IOException {
    return ExpectedAnswer.readAll(home().resolve("expected.tsv"));
  }

  List<String> maps() throws IOException {
    return StreamSupport.stream(json().getAsJsonArray("postmaps").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(map -> map.get("service").getAsString())
        .toList();
  }

  /** Fills a database, and writes the configuration for it to another folder. */
  Path prepare(Path target) throws IOException, SQLException {
    JsonObject json = json();
    JsonObject database = json.getAsJsonObject("database");
    if (server.isEmpty()) {
      fillFile(target.resolve(database.get("database").getAsString()));
    } else {
      fillServer(server.getFirst().get(), database);
    }
    JsonArray listen = new JsonArray();
    listen.add("inet:127.0.0.1:0");
    json.getAsJsonObject("sysconfig").add("listen", listen);
    return Files.writeString(target.resolve(configuration), json.toString());
  }

  private void fillFile(Path file) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements()) {
        statement.execute(sql);
      }
    }
  }

  private void fillServer(DatabaseServer running, JsonObject database)
      throws IOException, SQLException {
    String name = database.get("database").getAsString();
    running.createDatabase(name);
    running.execute(name, statements().toArray(String[]::new));
    database.addProperty("type", running.type());
    database.addProperty("port", running.port());
    database.addProperty("username", running.username());
    database.remove("password_file");
    database.addProperty("password", running.password());
  }

  private List<String> statements() throws IOException {
    String sql = Files.readString(home().resolve(schema)).replaceAll("(?m)^--.*\n", "");
    return Stream.of(sql.split(";\n", -1)).filter(one -> !one.isBlank()).toList();
  }

  private JsonObject json() throws IOException {
    return JsonParser.parseString(Files.readString(home().resolve(configuration)))
        .getAsJsonObject();
  }
}
