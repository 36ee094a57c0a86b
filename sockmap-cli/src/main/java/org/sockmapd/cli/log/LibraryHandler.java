package org.sockmapd.cli.log;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Takes what drivers and the JDK itself log through {@code java.util.logging}. */
final class LibraryHandler extends Handler {
  private final SimpleFormatter format = new SimpleFormatter();
  private final Consumer<? super LibraryMessage> receiver;

  private LibraryHandler(Consumer<? super LibraryMessage> receiver) {
    this.receiver = receiver;
    setLevel(Level.WARNING);
  }

  static void sendTo(Consumer<? super LibraryMessage> receiver) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(new LibraryHandler(receiver));
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      boolean severe = record.getLevel().intValue() >= Level.SEVERE.intValue();
      receiver.accept(
          new LibraryMessage(
              severe ? LogLevel.ERROR : LogLevel.WARN,
              record.getLoggerName(),
              format.formatMessage(record),
              record.getThrown()));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
