package org.sockmapd.cli.log;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.core.TinylogLoggingProvider;
import org.tinylog.provider.ProviderRegistry;
import org.tinylog.writers.Writer;

/**
 * Takes from tinylog what libraries log through SLF4J. tinylog makes the one instance there is, as
 * {@code tinylog.properties} says; until it is told where to, it hands on nothing.
 */
public final class LibraryWriter implements Writer {
  private volatile Consumer<? super LibraryMessage> receiver = message -> {};

  /**
   * For tinylog.
   *
   * @param properties what {@code tinylog.properties} says; nothing here
   */
  public LibraryWriter(Map<String, String> properties) {}

  static void sendTo(Consumer<? super LibraryMessage> receiver) {
    if (ProviderRegistry.getLoggingProvider() instanceof TinylogLoggingProvider tinylog) {
      Collection<Writer> writers = tinylog.getWriters();
      writers.stream()
          .filter(LibraryWriter.class::isInstance)
          .map(LibraryWriter.class::cast)
          .forEach(writer -> writer.receiver = receiver);
    }
  }

  @Override
  public Set<LogEntryValue> getRequiredLogEntryValues() {
    return EnumSet.of(
        LogEntryValue.LEVEL, LogEntryValue.CLASS, LogEntryValue.MESSAGE, LogEntryValue.EXCEPTION);
  }

  @Override
  public void write(LogEntry entry) {
    LogLevel level = entry.getLevel() == Level.ERROR ? LogLevel.ERROR : LogLevel.WARN;
    receiver.accept(
        new LibraryMessage(level, entry.getClassName(), entry.getMessage(), entry.getException()));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
