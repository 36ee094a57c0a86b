package org.sockmapd.cli;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sockmapd.lookup.spi.LookupTableProvider;

/** A folder in which table types are found, as in a jar among the plugins. */
public record Plugins(Path folder) {
  /** Does something while a further table type is found, of a class that may not be there. */
  public void with(String className, Runnable action) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(LookupTableProvider.class.getName()), className);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      action.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
