package org.sockmapd.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.Network;

/** Reads where the daemon listens: {@code port} as the Go daemon had it, or {@code listen}. */
final class ListenersReader {
  private static final String EVERYWHERE = "::";
  private static final int DEFAULT_PORT = 2224;
  private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
  private static final List<String> FOR_UNIX = List.of("mode", "owner", "group", "peers");

  private final Settings sysconfig;
  private final Problems problems;
  private final List<Network> allowByDefault;

  ListenersReader(Settings sysconfig, Problems problems) {
    this.sysconfig = sysconfig;
    this.problems = problems;
    this.allowByDefault = networks(sysconfig);
  }

  List<ListenerSettings> read() {
    int port = sysconfig.integer("port", DEFAULT_PORT, 1, 65535);
    if (!sysconfig.has("listen")) {
      return List.of(everywhere(port));
    }
    if (sysconfig.has("port")) {
      sysconfig.problem(
          "port",
          "stands beside \"listen\"; add \"inet:[::]:" + port + "\" to it, or leave one out");
    }
    List<ListenerSettings> listeners = new ArrayList<>();
    for (Settings each : sysconfig.objects("listen", "endpoint")) {
      listener(each).ifPresent(listeners::add);
      each.finish();
    }
    if (listeners.isEmpty()) {
      sysconfig.problem("listen", "names no endpoint");
    }
    return listeners;
  }

  private ListenerSettings everywhere(int port) {
    String path = sysconfig.has("port") ? sysconfig.path("port") : sysconfig.path();
    warnOfEverybody(path, EVERYWHERE, allowByDefault);
    return new ListenerSettings.Tcp(new Endpoint.Inet(EVERYWHERE, port), allowByDefault);
  }

  private Optional<ListenerSettings> listener(Settings settings) {
    String text = settings.requiredText("endpoint");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return switch (Endpoint.parse(text)) {
        case Endpoint.Inet inet -> Optional.of(tcp(inet, settings));
        case Endpoint.Unix unix -> Optional.of(unix(unix, settings));
      };
    } catch (IllegalArgumentException e) {
      settings.problem("endpoint", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private ListenerSettings tcp(Endpoint.Inet endpoint, Settings settings) {
    FOR_UNIX.stream()
        .filter(settings::has)
        .forEach(name -> settings.problem(name, "is for UNIX sockets; a TCP endpoint has none"));
    List<Network> allow = settings.has("allow") ? networks(settings) : allowByDefault;
    warnOfEverybody(settings.path("endpoint"), endpoint.host(), allow);
    return new ListenerSettings.Tcp(endpoint, allow);
  }

  private void warnOfEverybody(String path, String host, List<Network> allow) {
    if (allow.isEmpty() && Set.of("::", "0.0.0.0").contains(host)) {
      problems.warn(
          path,
          "listens on every address and answers everybody who reaches it; name the mail servers in"
              + " \"allow\", or listen on one address");
    }
  }

  private List<Network> networks(Settings settings) {
    List<Network> networks = new ArrayList<>();
    for (String text : settings.texts("allow")) {
      try {
        networks.add(Network.parse(text));
      } catch (IllegalArgumentException e) {
        settings.problem("allow", String.valueOf(e.getMessage()));
      }
    }
    if (settings.has("allow") && networks.isEmpty()) {
      settings.problem("allow", "names no network; leave it out to let everybody ask");
    }
    return networks;
  }

  private static ListenerSettings unix(Endpoint.Unix endpoint, Settings settings) {
    if (settings.has("allow")) {
      settings.problem("allow", "is for TCP endpoints; a UNIX socket has \"mode\" and \"peers\"");
    }
    return new ListenerSettings.Unix(
        endpoint,
        mode(settings),
        settings.text("owner"),
        settings.text("group"),
        Set.copyOf(settings.texts("peers")));
  }

  private static int mode(Settings settings) {
    String text = settings.text("mode").orElse("");
    if (settings.has("mode") && !MODE.matcher(text).matches()) {
      settings.problem("mode", "expected three octal digits, such as \"0660\"");
      return ListenerSettings.Unix.DEFAULT_MODE;
    }
    return text.isEmpty() ? ListenerSettings.Unix.DEFAULT_MODE : Integer.parseInt(text, 8);
  }
}
