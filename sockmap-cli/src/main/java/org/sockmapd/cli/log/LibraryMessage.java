package org.sockmapd.cli.log;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that a library has to say, however it says it.
 *
 * @param level how grave it is
 * @param source the class or logger that says it
 * @param text what it says
 * @param thrown what was thrown
 */
record LibraryMessage(
    LogLevel level, @Nullable String source, @Nullable String text, @Nullable Throwable thrown) {

  /** Hands everything that libraries say from now on to a receiver; their own ways are closed. */
  static void sendAllTo(Consumer<? super LibraryMessage> receiver) {
    LibraryWriter.sendTo(receiver);
    LibraryHandler.sendTo(receiver);
  }

  LogLine line() {
    LogLine line = new LogLine("library").plain("from", source == null ? "unknown" : source);
    if (text != null) {
      line.quoted("message", text);
    }
    return thrown == null ? line : line.cause(thrown);
  }
}
