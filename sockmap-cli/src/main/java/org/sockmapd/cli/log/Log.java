package org.sockmapd.cli.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The log of a running daemon. Safe for use by many threads, none of which it holds up. */
public final class Log implements AutoCloseable {
  // A disk that hangs must neither keep a reload from happening nor the process from ending.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final WritableByteChannel standardError;
  private final boolean journal;
  private final LineStamp stamp;
  private final LineWriter writer;
  private volatile LogLevel level = LogLevel.INFO;
  private volatile Optional<RotatingFile> file = Optional.empty();

  /**
   * Begins a log on standard error, at level info.
   *
   * @param standardError where lines go while there is no file
   * @param journal whether systemd's journal reads standard error
   * @param clock gives lines their time
   */
  public Log(WritableByteChannel standardError, boolean journal, Clock clock) {
    this.standardError = standardError;
    this.journal = journal;
    this.stamp = new LineStamp(clock);
    this.writer = new LineWriter(standardError, this::lossNotice, this::reportOutage);
  }

  /**
   * Goes on with other settings. A file is opened anew also when its name is the same, as log
   * rotation wants it.
   *
   * @param settings where lines go, and how many
   * @throws IOException if the file cannot be opened; lines go where they went before, at the new
   *     level
   */
  public synchronized void use(LogSettings settings) throws IOException {
    level = settings.level();
    Optional<RotatingFile> old = file;
    if (settings.file().isPresent() && settings.file().equals(old.map(RotatingFile::path))) {
      old.get().reopen();
    } else {
      redirect(settings);
    }
  }

  private void redirect(LogSettings settings) throws IOException {
    Optional<RotatingFile> old = file;
    if (settings.file().isPresent()) {
      RotatingFile next =
          new RotatingFile(settings.file().get(), settings.followsLinks(), this::reportStuck);
      writer.redirect(next);
      file = Optional.of(next);
    } else {
      writer.redirect(standardError);
      file = Optional.empty();
    }
    flush();
    if (old.isPresent()) {
      old.get().close();
    }
  }

  /**
   * Tells whether a line would be kept, for who has to put it together first.
   *
   * @param line the level of the line
   * @return false when it need not be logged
   */
  public boolean records(LogLevel line) {
    return level.includes(line);
  }

  /**
   * Tells where lines go.
   *
   * @return true for a file, false for standard error
   */
  public boolean isFile() {
    return file.isPresent();
  }

  /**
   * Logs that something does not work.
   *
   * @param message the rest of the line; what came from outside in it must be escaped
   */
  public void error(String message) {
    log(LogLevel.ERROR, message);
  }

  /**
   * Logs that something does not work, for a defect that somebody must find.
   *
   * @param message the beginning of the line; what came from outside in it must be escaped
   * @param thrown what was thrown
   */
  public void error(String message, Throwable thrown) {
    log(LogLevel.ERROR, new LogLine(message).cause(thrown).trace(thrown));
  }

  /**
   * Logs that somebody should look at something.
   *
   * @param message the rest of the line; what came from outside in it must be escaped
   */
  public void warn(String message) {
    log(LogLevel.WARN, message);
  }

  /**
   * Logs what an administrator may ask for later.
   *
   * @param message the rest of the line; what came from outside in it must be escaped
   */
  public void info(String message) {
    log(LogLevel.INFO, message);
  }

  /** Has everything logged here that libraries say from now on, whichever way they say it. */
  public void hearLibraries() {
    LibraryMessage.sendAllTo(message -> log(message.level(), message.line()));
  }

  void log(LogLevel line, Object message) {
    if (records(line)) {
      writer.append(bytes(line, message.toString()), LogLevel.WARN.includes(line));
    }
  }

  /** Waits for the lines logged so far to be written, two seconds at most. */
  public void flush() {
    writer.flush(PATIENCE);
  }

  /** Writes what is left, for two seconds at most, and closes the file. */
  @Override
  public synchronized void close() {
    writer.close(PATIENCE);
    file.ifPresent(RotatingFile::closeQuietly);
  }

  private byte[] bytes(LogLevel line, String message) {
    String start =
        journal && file.isEmpty() ? "<" + line.priority() + ">" : stamp.now() + line + " ";
    return (start + message + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private byte[] lossNotice(long lines) {
    return bytes(LogLevel.WARN, "log lost lines=" + lines);
  }

  private void reportStuck(IOException cause) {
    log(
        LogLevel.WARN,
        new LogLine("log file was moved away and cannot be opened anew").cause(cause));
  }

  // The last resort: where the log itself fails, standard error may still be seen.
  private void reportOutage(IOException cause) {
    LogLine line = new LogLine("log cannot be written").cause(cause);
    try {
      standardError.write(ByteBuffer.wrap(bytes(LogLevel.ERROR, line.toString())));
    } catch (IOException e) {
      // Nowhere is left to say it, but the lines lost are counted and reported later.
      cause.addSuppressed(e);
    }
  }
}
