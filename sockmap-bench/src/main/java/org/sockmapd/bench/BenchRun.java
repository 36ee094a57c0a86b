package org.sockmapd.bench;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One run of the {@code bench} command. */
public final class BenchRun {
  private static final long TICK_MILLIS = 20;

  /** The figures of a shorter time say nothing. */
  private static final long FEWEST_SHOWN_NANOS = Duration.ofMillis(500).toNanos();

  private final BenchSettings settings;
  private final Keys keys;
  private final BenchOutput output;
  private final RunTime time;
  private final Measurement measurement;
  private final Progress progress;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile @Nullable Load load;

  /**
   * Prepares a run.
   *
   * @param settings the load
   * @param keys what to ask for
   * @param output where the result goes
   * @param nanos the clock, as {@link System#nanoTime}
   */
  public BenchRun(BenchSettings settings, Keys keys, BenchOutput output, LongSupplier nanos) {
    this.settings = settings;
    this.keys = keys;
    this.output = output;
    this.time = new RunTime(nanos, settings.warmUp(), settings.duration());
    this.measurement = new Measurement(keys, time);
    this.progress = new Progress(output.err(), output.terminal());
  }

  /**
   * Puts the load on the server, and prints what came of it. To be called once.
   *
   * @return how it came out
   * @throws InterruptedException if the thread is interrupted
   */
  public BenchOutcome run() throws InterruptedException {
    try (HdrFile histogram = histogram()) {
      if (output.plot().isPresent()) {
        Files.newOutputStream(output.plot().get()).close(); // Fails now, not after the run.
      }
      return run(histogram);
    } catch (IOException e) {
      return fail("cannot write the result: " + e, BenchOutcome.NOT_WRITTEN);
    }
  }

  private HdrFile histogram() throws IOException {
    Optional<Path> file = output.histogram();
    return file.isPresent() ? HdrFile.create(file.get()) : HdrFile.none();
  }

  private BenchOutcome run(HdrFile histogram) throws IOException, InterruptedException {
    Load running;
    try {
      running =
          new Load(settings, keys, time, measurement, Runtime.getRuntime().availableProcessors());
    } catch (UnknownHostException e) {
      return fail("no such host: " + e.getMessage(), BenchOutcome.FAILURES);
    } catch (IOException e) {
      return fail("cannot ask: " + e.getMessage(), BenchOutcome.FAILURES);
    }
    load = running;
    running.connect();
    running.awaitTried();
    if (running.connected() == 0) {
      return fail(
          settings.endpoint() + ": " + String.join("; ", measurement.tally().failures()),
          BenchOutcome.FAILURES);
    }
    time.begin();
    running.begin();
    Timeline timeline =
        new Timeline(measurement, histogram, time.measuredFrom(), settings.duration());
    watch(running, timeline);
    return report(timeline, histogram);
  }

  private void watch(Load running, Timeline timeline) throws InterruptedException {
    while (!running.awaitFinished(TICK_MILLIS)) {
      long now = time.now();
      timeline.advance(now);
      if (output.showsProgress() && progress.isDue(now - time.begun())) {
        showProgress(timeline, now);
      }
    }
    timeline.finish(time.now());
    progress.end();
  }

  private void showProgress(Timeline timeline, long now) {
    long measured = now - time.measuredFrom();
    if (measured < FEWEST_SHOWN_NANOS) {
      progress.warmingUp(now - time.begun(), settings.warmUp());
      return;
    }
    Counts counts = measurement.tally().counts();
    progress.measuring(
        now - time.begun(), measured, settings.duration(), timeline.recent(), counts);
    timeline.forgetRecent();
  }

  private BenchOutcome report(Timeline timeline, HdrFile histogram) throws IOException {
    Tally tally = measurement.tally();
    BenchResult result =
        new BenchResult(
            Duration.ofNanos(time.measured()),
            tally.counts(),
            timeline.total(),
            timeline.intervals(),
            tally.wrongReplies(),
            tally.failures());
    if (output.json()) {
      new JsonReport(settings, output.out()).print(result);
    } else {
      new TextReport(settings, keys, output.out()).print(result);
    }
    output.out().flush();
    histogram.total(result.latencies());
    if (output.plot().isPresent()) {
      Files.writeString(output.plot().get(), new LatencyPlot(settings, result).svg());
    }
    return result.outcome();
  }

  private BenchOutcome fail(String problem, BenchOutcome outcome) {
    output.err().println("sockmapd: " + problem);
    return outcome;
  }

  /**
   * Ends the run: what was asked is awaited, and the result printed. The second time it is not
   * awaited. For any thread.
   */
  public void stop() {
    time.stop();
    Load running = load;
    if (running != null && !stopping.compareAndSet(false, true)) {
      running.abandon();
    }
  }
}
