package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sockmapd.cli.config.SourceText;

/**
 * Postfix's {@code main.cf}, maybe with what a service of {@code master.cf} sets otherwise, with
 * {@code $name} replaced where it is asked for (postconf(5)).
 */
final class MainCf {
  /** Postfix's own values of the parameters that matter here, as {@code postconf -d} has them. */
  static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("compatibility_level", "0"),
          Map.entry("myorigin", "$myhostname"),
          Map.entry("mydestination", "$myhostname, localhost.$mydomain, localhost"),
          Map.entry("inet_interfaces", "all"),
          Map.entry("inet_protocols", "all"),
          Map.entry("owner_request_special", "yes"),
          Map.entry("double_bounce_sender", "double-bounce"),
          Map.entry("smtpd_null_access_lookup_key", "<>"),
          Map.entry("smtputf8_enable", "${{$compatibility_level} <level {1} ? {no} : {yes}}"),
          Map.entry("propagate_unmatched_extensions", "canonical, virtual"),
          Map.entry(
              "parent_domain_matches_subdomains",
              "debug_peer_list,fast_flush_domains,mynetworks,permit_mx_backup_networks,"
                  + "qmqpd_authorized_clients,relay_domains,smtpd_access_maps"),
          Map.entry("queue_directory", "/var/spool/postfix"),
          Map.entry("virtual_transport", "virtual"),
          Map.entry("default_database_type", "hash"),
          Map.entry("local_recipient_maps", "proxy:unix:passwd.byname $alias_maps"),
          Map.entry("virtual_alias_maps", "$virtual_maps"),
          Map.entry("virtual_alias_domains", "$virtual_alias_maps"),
          Map.entry("virtual_mailbox_domains", "$virtual_mailbox_maps"),
          Map.entry(
              "relay_domains", "${{$compatibility_level} <level {2} ? {$mydestination} : {}}"),
          Map.entry("fast_flush_domains", "$relay_domains"),
          Map.entry("address_verify_transport_maps", "$transport_maps"),
          Map.entry(
              "address_verify_sender_dependent_relayhost_maps", "$sender_dependent_relayhost_maps"),
          Map.entry(
              "address_verify_sender_dependent_default_transport_maps",
              "$sender_dependent_default_transport_maps"),
          Map.entry("smtpd_authorized_verp_clients", "$authorized_verp_clients"),
          Map.entry(
              "smtpd_client_event_limit_exceptions",
              "${smtpd_client_connection_limit_exceptions:$mynetworks}"),
          Map.entry("smtpd_forbid_bare_newline_exclusions", "$mynetworks"),
          Map.entry("mime_header_checks", "$header_checks"),
          Map.entry("nested_header_checks", "$header_checks"),
          Map.entry("postscreen_reject_footer_maps", "$smtpd_reject_footer_maps"),
          Map.entry(
              "postscreen_discard_ehlo_keyword_address_maps",
              "$smtpd_discard_ehlo_keyword_address_maps"),
          Map.entry("postscreen_forbidden_commands", "$smtpd_forbidden_commands"),
          Map.entry(
              "postscreen_allowlist_interfaces",
              "${postscreen_whitelist_interfaces?{$postscreen_whitelist_interfaces}:{static:all}}"),
          Map.entry("tlsproxy_client_per_site", "$smtp_tls_per_site"),
          Map.entry(
              "tlsproxy_client_policy_maps", "${tlsproxy_client_policy:$smtp_tls_policy_maps}"),
          Map.entry("smtp_delivery_status_filter", "$default_delivery_status_filter"),
          Map.entry("lmtp_delivery_status_filter", "$default_delivery_status_filter"),
          Map.entry("local_delivery_status_filter", "$default_delivery_status_filter"),
          Map.entry("pipe_delivery_status_filter", "$default_delivery_status_filter"),
          Map.entry("virtual_delivery_status_filter", "$default_delivery_status_filter"));

  private final ParameterFile file;
  private final Map<String, String> overrides;
  private final Macros macros = new Macros(this::raw);

  private MainCf(ParameterFile file, Map<String, String> overrides) {
    this.file = file;
    this.overrides = Map.copyOf(overrides);
  }

  static MainCf read(Path path, Notes notes) {
    return new MainCf(ParameterFile.read(path, notes), Map.of());
  }

  /** The same file as a service sees it that sets some parameters otherwise. */
  MainCf with(Map<String, String> others) {
    return new MainCf(file, others);
  }

  Path path() {
    return file.file();
  }

  Collection<Parameter> parameters() {
    return file.all();
  }

  Optional<Parameter> parameter(String name) {
    return file.get(name);
  }

  /**
   * A parameter that the file does not set, with the text that Postfix takes for it; empty when it
   * is set, or has nothing of another one in it.
   */
  Optional<Parameter> inherited(String name) {
    String text = DEFAULTS.getOrDefault(name, "");
    if (text.indexOf('$') < 0 || file.get(name).isPresent()) {
      return Optional.empty();
    }
    CfText place = CfText.whole(file.file());
    return Optional.of(new Parameter(place.with(name), place.with(text)));
  }

  /** The value of a parameter, or Postfix's default for it; nothing is left to replace. */
  String value(String name) {
    return expand("$" + name);
  }

  /** Tells whether a parameter that is yes or no is yes. */
  boolean isYes(String name) {
    return value(name).strip().equalsIgnoreCase("yes");
  }

  /** The words of a parameter that is a list. */
  List<String> words(String name) {
    return Pattern.compile("[^,\\s]+")
        .matcher(value(name))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  String expand(String text) {
    return macros.expand(text);
  }

  private String raw(String name) {
    @Nullable String other = overrides.get(name);
    String text = other == null ? file.get(name).map(Parameter::text).orElse("") : other;
    if (name.equals("myorigin") && text.startsWith("/")) {
      // Debian: the name stands in a file, /etc/mailname.
      return SourceText.read(Path.of(text), problem -> {})
          .orElse("")
          .lines()
          .findFirst()
          .orElse("");
    }
    if (other != null || file.get(name).isPresent()) {
      return text;
    }
    return switch (name) {
      case "config_directory" -> String.valueOf(file.file().toAbsolutePath().getParent());
      case "mydomain" -> parentDomain(raw("myhostname"));
      default -> DEFAULTS.getOrDefault(name, "");
    };
  }

  private static String parentDomain(String hostname) {
    int dot = hostname.indexOf('.');
    return hostname.isEmpty() ? "" : dot < 0 ? "localdomain" : hostname.substring(dot + 1);
  }

  /** The parameters of a table that has no file, such as {@code mytable_query}. */
  ParameterFile table(String name) {
    return file.withPrefix(name + "_", this::expand);
  }
}
