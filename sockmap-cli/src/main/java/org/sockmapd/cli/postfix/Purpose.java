package org.sockmapd.cli.postfix;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Postfix uses a table for, which decides how it searches it. From postconf(5) and the sources
 * that read each parameter.
 *
 * @param search the value of {@code search}
 * @param extensions the name in {@code propagate_unmatched_extensions} that stands for it; empty
 *     when unmatched extensions are never propagated
 * @param parents the name in {@code parent_domain_matches_subdomains} that stands for it; empty
 *     when no parent domains are tried
 */
record Purpose(String search, String extensions, String parents) {
  static final Purpose EXACT = new Purpose("exact", "", "");
  private static final Purpose ADDRESS = new Purpose("address", "", "");
  private static final Purpose ACCESS = new Purpose("access", "", "smtpd_access_maps");
  private static final Purpose NAME = new Purpose("domain", "", "smtpd_access_maps");
  private static final Purpose TRANSPORT = new Purpose("transport", "", "transport_maps");

  private static final Map<String, String> REWRITING =
      Map.of(
          "virtual_alias_maps", "virtual",
          "virtual_maps", "virtual",
          "canonical_maps", "canonical",
          "sender_canonical_maps", "canonical",
          "recipient_canonical_maps", "canonical",
          "smtp_generic_maps", "generic",
          "lmtp_generic_maps", "generic");
  private static final Set<String> OF_ADDRESSES =
      Set.of(
          "local_recipient_maps",
          "relay_recipient_maps",
          "virtual_mailbox_maps",
          "smtpd_sender_login_maps",
          "relocated_maps",
          "sender_dependent_relayhost_maps",
          "sender_dependent_default_transport_maps",
          "sender_bcc_maps",
          "recipient_bcc_maps");

  /** Lists in which a parent domain may stand for its subdomains. */
  private static final Set<String> OF_DOMAINS =
      Set.of(
          "relay_domains",
          "mynetworks",
          "permit_mx_backup_networks",
          "fast_flush_domains",
          "debug_peer_list",
          "qmqpd_authorized_clients");

  private static final Set<String> OF_WHOLE_KEYS =
      Set.of(
          "mydestination",
          "virtual_alias_domains",
          "virtual_mailbox_domains",
          "relay_clientcerts",
          "smtp_tls_policy_maps",
          "lmtp_tls_policy_maps",
          "smtp_sasl_password_maps",
          "lmtp_sasl_password_maps",
          "mailbox_transport_maps",
          "fallback_transport_maps",
          "tls_server_sni_maps",
          "postscreen_access_list",
          "smtpd_discard_ehlo_keyword_address_maps",
          "smtp_discard_ehlo_keyword_address_maps",
          "lmtp_discard_ehlo_keyword_address_maps",
          "smtpd_sasl_mechanism_filter",
          "authorized_submit_users",
          "authorized_flush_users",
          "authorized_mailq_users");
  private static final Pattern CHECK = Pattern.compile("check_(\\w+)_access");
  private static final Pattern RESTRICTIONS = Pattern.compile("smtpd_(\\w+)_restrictions");

  /** What a table in a parameter is for, when nothing stands before it that tells. */
  static Optional<Purpose> ofParameter(String name, MainCf main) {
    if (name.equals("smtp_sasl_password_maps")
        && main.isYes("smtp_sender_dependent_authentication")) {
      // By the sender first, and then by hosts, which are no addresses and so stay whole.
      return Optional.of(ADDRESS);
    }
    if (REWRITING.containsKey(name)) {
      return Optional.of(new Purpose("address", REWRITING.get(name), ""));
    }
    if (OF_DOMAINS.contains(name)) {
      return Optional.of(new Purpose("domain", "", name));
    }
    Matcher restrictions = RESTRICTIONS.matcher(name);
    if (restrictions.matches()) {
      return ofBareTable(restrictions.group(1));
    }
    return switch (name) {
      case "transport_maps" -> Optional.of(TRANSPORT);
      case String n when OF_ADDRESSES.contains(n) -> Optional.of(ADDRESS);
      case String n when OF_WHOLE_KEYS.contains(n) -> Optional.of(EXACT);
      default -> Optional.empty();
    };
  }

  /** A table alone in a list of restrictions stands for the check of that list. */
  private static Optional<Purpose> ofBareTable(String list) {
    return switch (list) {
      case "client", "sender", "recipient", "relay" -> Optional.of(ACCESS);
      case "helo", "etrn" -> Optional.of(NAME);
      default -> Optional.empty();
    };
  }

  /** What a table behind {@code check_…_access} is for; empty when a word is no such check. */
  static Optional<Purpose> ofCheck(String word) {
    Matcher check = CHECK.matcher(word);
    if (!check.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (check.group(1)) {
          case "helo", "etrn" -> NAME;
          case "ccert", "sasl" -> EXACT;
          default -> ACCESS;
        });
  }

  /** The settings of a postmap that is searched so, by what else {@code main.cf} says. */
  Map<String, Object> settings(MainCf main, Map<String, Object> localDomains) {
    if (search.equals("exact")) {
      return Map.of();
    }
    Map<String, Object> settings = new java.util.LinkedHashMap<>();
    settings.put("search", search);
    String delimiter = main.value("recipient_delimiter");
    if (!delimiter.isEmpty() && !search.equals("domain")) {
      settings.put("recipient_delimiter", delimiter);
    }
    if (search.equals("address")) {
      boolean propagates = main.words("propagate_unmatched_extensions").contains(extensions);
      settings.put("propagate_unmatched_extensions", propagates);
      settings.putAll(localDomains);
    }
    if (!parents.isEmpty()) {
      List<String> bare = main.words("parent_domain_matches_subdomains");
      settings.put("parent_domain_style", bare.contains(parents) ? "bare" : "dotted");
    }
    return settings;
  }
}
