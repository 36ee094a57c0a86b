package org.sockmapd.cli.config;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sockmapd.cli.log.LogLevel;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.protocol.SocketmapLimits;
import org.sockmapd.server.ConnectionThreads;
import org.sockmapd.server.ServerLimits;

/** Reads the {@code sysconfig} object. */
final class SysconfigReader {
  private static final int MOST_CONNECTIONS = 1_000_000;
  private static final int LEAST_BYTES = 256;
  private static final Duration LEAST_TIME = Duration.ofMillis(100);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Settings settings;
  private final Problems problems;

  private SysconfigReader(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  static Sysconfig read(Settings root, Problems problems) {
    Settings settings =
        root.object("sysconfig")
            .orElseGet(() -> new Settings("sysconfig", Map.of(), problems::error));
    return readSection(settings, problems);
  }

  static Sysconfig readSection(Settings settings, Problems problems) {
    return new SysconfigReader(settings, problems).read();
  }

  private Sysconfig read() {
    Sysconfig sysconfig =
        new Sysconfig(
            new ListenersReader(settings, problems).read(),
            PathSetting.read(settings, "logfile", Path.of("")),
            loglevel(),
            settings.text("run_as_user"),
            settings.text("run_as_group"),
            limits(),
            threads(),
            PathSetting.read(settings, "control", Path.of("")),
            settings.duration("drain_timeout", DRAIN, Duration.ZERO, Duration.ofMinutes(10)));
    settings.finish();
    return sysconfig;
  }

  // A warning is enough: the Go daemon took whatever stood there.
  private LogLevel loglevel() {
    String name = settings.text("loglevel").orElse(LogLevel.INFO.toString());
    Optional<LogLevel> level = LogLevelName.level(name);
    if (level.isEmpty()) {
      String names = Stream.of(LogLevel.values()).map(LogLevel::toString).collect(joining(", "));
      problems.warn(
          settings.path("loglevel"),
          "expected one of " + names + ", got \"" + name + "\"; going on with info");
    }
    return level.orElse(LogLevel.INFO);
  }

  private ConnectionThreads threads() {
    return switch (settings.word("threads", "auto", List.of("auto", "platform", "virtual"))) {
      case "platform" -> ConnectionThreads.PLATFORM;
      case "virtual" -> ConnectionThreads.VIRTUAL;
      default -> ConnectionThreads.recommended();
    };
  }

  private ServerLimits limits() {
    ServerLimits byDefault = ServerLimits.defaults();
    return ServerLimits.builder()
        .messages(messages(byDefault.messages()))
        .maxConnections(count("max_connections", byDefault.maxConnections()))
        .maxConnectionsPerClient(
            count("max_connections_per_client", byDefault.maxConnectionsPerClient()))
        .maxInFlightPerMap(count("max_in_flight_per_map", byDefault.maxInFlightPerMap()))
        .maxPipelined(count("max_pipelined", byDefault.maxPipelined()))
        .idleTimeout(time("idle_timeout", byDefault.idleTimeout()))
        .writeTimeout(time("write_timeout", byDefault.writeTimeout()))
        .build();
  }

  private SocketmapLimits messages(SocketmapLimits byDefault) {
    return new SocketmapLimits(
        bytes("max_request_bytes", byDefault.maxRequestBytes()),
        bytes("max_reply_bytes", byDefault.maxReplyBytes()));
  }

  private int bytes(String name, int byDefault) {
    return settings.integer(name, byDefault, LEAST_BYTES, SocketmapLimits.MAX_BYTES);
  }

  private int count(String name, int byDefault) {
    return settings.integer(name, byDefault, 1, MOST_CONNECTIONS);
  }

  private Duration time(String name, Duration byDefault) {
    return settings.duration(name, byDefault, LEAST_TIME, Duration.ofDays(1));
  }
}
