package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What a driver is told of one connection, with the files that it reads while it connects. */
final class DriverOptions implements AutoCloseable {
  /** A name that no resolver may know (RFC 6761). */
  private static final String NOWHERE = "unix-socket.invalid";

  private final Properties properties = new Properties();
  private final List<Path> files = new ArrayList<>();

  DriverOptions set(String name, String value) {
    properties.setProperty(name, value);
    return this;
  }

  /**
   * Names a class to the driver, if it sees this one: an application server may keep drivers apart
   * from what its applications bring with them.
   */
  void setSeen(String name, Class<?> type, String driver) {
    try {
      ClassLoader loader = Class.forName(driver).getClassLoader();
      if (Class.forName(type.getName(), false, loader) == type) {
        set(name, type.getName());
      }
    } catch (ClassNotFoundException e) {
      // The driver makes one of its own.
    }
  }

  /** Has a file deleted once the connection stands. */
  Path borrow(Path file) {
    files.add(file);
    return file;
  }

  /** Names the host and the database, by what a driver calls its properties for them. */
  DriverOptions place(String host, String port, String database, NodeAddress at, String name) {
    return set(host, hostOf(at)).set(port, Integer.toString(at.port())).set(database, name);
  }

  /** A driver that does not take the socket that it is given must not find another way. */
  static String hostOf(NodeAddress at) {
    return at.socket().isPresent() ? NOWHERE : at.host();
  }

  /**
   * Opens a connection. Not by DriverManager, which would load the drivers of all databases for one
   * of them.
   */
  Connection connect(String driver, String url) throws SQLException {
    Connection connection = driver(driver).connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not know its own address", "08001");
    }
    return connection;
  }

  /** Finds a driver. */
  static Driver driver(String className) throws SQLException {
    try {
      return Class.forName(className).asSubclass(Driver.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new SQLException("no driver " + className + " on the class path", "08001", e);
    }
  }

  Properties properties() {
    return properties;
  }

  @Override
  public void close() {
    files.forEach(DriverOptions::delete);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(DriverOptions.class.getName())
          .log(System.Logger.Level.WARNING, "a temporary key store stays behind", e);
    }
  }
}
