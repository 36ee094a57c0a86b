package org.sockmapd.lookup.search;

/** What a table is for, which decides the keys that are tried and their order. */
public enum SearchKind {
  /** The key as it was sent, alone. */
  EXACT,
  /**
   * An address, for {@code virtual_alias_maps}, {@code canonical_maps}, recipient maps and {@code
   * smtpd_sender_login_maps}: with and without extension, the user alone in local domains, then
   * {@code @domain}.
   */
  ADDRESS,
  /**
   * An {@code access(5)} table. For an address: with and without extension, its domain, the parent
   * domains, then {@code user@}. For a host name as {@link #DOMAIN}, for a network address as
   * {@link #NETWORK}: {@code check_client_access} sends both.
   */
  ACCESS,
  /** A domain or host name and its parents. A network address is no name and has no parents. */
  DOMAIN,
  /**
   * A network address, then the networks around it, the smallest first: {@code 10.1.2.3}, {@code
   * 10.1.2.3/32}, {@code 10.1.2.2/31} … {@code 10.1.2}, {@code 10.1.2.0/24} … {@code 0.0.0.0/0}.
   */
  NETWORK,
  /**
   * A recipient, for {@code transport_maps}: with and without extension, its domain, the parent
   * domains, then {@code *}.
   */
  TRANSPORT
}
