package org.sockmapd.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The histogram as a file, in a form that the tools of HdrHistogram read: the percentile
 * distribution for its plotter, or, if the name ends in {@code .hlog}, the interval log. For use by
 * one thread.
 */
final class HdrFile implements Closeable {
  private static final String LOG_SUFFIX = ".hlog";
  private static final int TICKS_PER_HALF_DISTANCE = 5;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Optional<PrintStream> out;
  private final Optional<HistogramLogWriter> log;

  private HdrFile(Optional<PrintStream> out, Optional<HistogramLogWriter> log) {
    this.out = out;
    this.log = log;
  }

  /** No file: all that is written is left out. */
  static HdrFile none() {
    return new HdrFile(Optional.empty(), Optional.empty());
  }

  static HdrFile create(Path file) throws IOException {
    PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8);
    if (!file.toString().endsWith(LOG_SUFFIX)) {
      return new HdrFile(Optional.of(out), Optional.empty());
    }
    HistogramLogWriter log = new HistogramLogWriter(out);
    log.outputComment("sockmapd bench: latencies in nanoseconds, maxima in milliseconds");
    log.outputLogFormatVersion();
    log.outputLegend();
    return new HdrFile(Optional.of(out), Optional.of(log));
  }

  /** Adds the latencies of an interval to the log. The times are those of the measurement. */
  void interval(long fromNanos, long toNanos, Histogram latencies) {
    log.ifPresent(
        writer -> {
          latencies.setStartTimeStamp(TimeUnit.NANOSECONDS.toMillis(fromNanos));
          latencies.setEndTimeStamp(TimeUnit.NANOSECONDS.toMillis(toNanos));
          writer.outputIntervalHistogram(latencies);
        });
  }

  /**
   * Writes the whole, unless it is a log.
   *
   * @throws IOException if something could not be written, now or earlier
   */
  void total(Histogram latencies) throws IOException {
    if (out.isEmpty()) {
      return;
    }
    if (log.isEmpty()) {
      latencies.outputPercentileDistribution(
          out.get(), TICKS_PER_HALF_DISTANCE, NANOS_PER_MILLI, false);
    }
    if (out.get().checkError()) {
      throw new IOException("writing failed");
    }
  }

  @Override
  public void close() {
    out.ifPresent(PrintStream::close);
  }
}
