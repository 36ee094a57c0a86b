package org.sockmapd.cli.serve;

import java.util.List;
import java.util.Locale;
import org.sockmapd.protocol.Endpoint;

/**
 * The line of Postfix's {@code main.cf} (postconf(5)) that uses a map. Which parameter is meant can
 * only be guessed, by the name of the map; the administrator knows.
 */
final class MainCf {
  private record Guess(String part, String parameter) {}

  // The first part that a name contains decides, so the special ones stand before the general ones.
  private static final List<Guess> GUESSES =
      List.of(
          new Guess("sender_login", "smtpd_sender_login_maps ="),
          new Guess("login", "smtpd_sender_login_maps ="),
          new Guess("recipient_canonical", "recipient_canonical_maps ="),
          new Guess("sender_canonical", "sender_canonical_maps ="),
          new Guess("canonical", "canonical_maps ="),
          new Guess("sender_dependent", "sender_dependent_relayhost_maps ="),
          new Guess("relayhost", "sender_dependent_relayhost_maps ="),
          new Guess("transport", "transport_maps ="),
          new Guess("tls", "smtp_tls_policy_maps ="),
          new Guess("relocated", "relocated_maps ="),
          new Guess("bcc", "recipient_bcc_maps ="),
          new Guess("relay_domain", "relay_domains ="),
          new Guess("domain", "virtual_mailbox_domains ="),
          new Guess("mailbox", "virtual_mailbox_maps ="),
          new Guess("local_recipient", "local_recipient_maps ="),
          new Guess("recipient_access", "smtpd_recipient_restrictions = check_recipient_access"),
          new Guess("recipient", "relay_recipient_maps ="),
          new Guess("alias", "virtual_alias_maps ="),
          new Guess("virtual", "virtual_alias_maps ="),
          new Guess("helo", "smtpd_helo_restrictions = check_helo_access"),
          new Guess("sender", "smtpd_sender_restrictions = check_sender_access"),
          new Guess("client", "smtpd_client_restrictions = check_client_access"),
          new Guess("blacklist", "smtpd_client_restrictions = check_client_access"),
          new Guess("blocklist", "smtpd_client_restrictions = check_client_access"),
          new Guess("network", "smtpd_client_restrictions = check_client_access"),
          new Guess("access", "smtpd_sender_restrictions = check_sender_access"));

  private MainCf() {}

  /** The line for a map, with a comment in place of a parameter that nothing hints at. */
  static String line(String mapName, Endpoint endpoint) {
    String table = "socketmap:" + reachable(endpoint) + ":" + mapName;
    String name = mapName.toLowerCase(Locale.ROOT).replace('-', '_');
    return GUESSES.stream()
        .filter(guess -> name.contains(guess.part))
        .findFirst()
        .map(guess -> guess.parameter + " " + table)
        .orElse("# (a parameter of your choice) = " + table);
  }

  /** What a client on this machine connects to, for an endpoint that stands for all addresses. */
  static Endpoint reachable(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Unix unix -> unix;
      case Endpoint.Inet(String host, int port) ->
          List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0").contains(host)
              ? new Endpoint.Inet("127.0.0.1", port)
              : endpoint;
    };
  }
}
