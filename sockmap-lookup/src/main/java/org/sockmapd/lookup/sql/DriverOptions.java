package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What a driver is told of one connection, with the files that it reads while it connects. */
final class DriverOptions implements AutoCloseable {
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
