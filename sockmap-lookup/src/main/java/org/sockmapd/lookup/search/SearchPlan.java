package org.sockmapd.lookup.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which keys a table is asked for, and in which order, to answer one that was sent. Immutable and
 * safe for use by many threads.
 */
public final class SearchPlan {
  private static final Pattern LITERAL = Pattern.compile("\\[(?:(?i:IPv6):)?([^\\[\\]]+)]");

  private final SearchKind kind;
  private final RecipientDelimiter delimiter;
  private final ParentStyle parentStyle;
  private final DomainList localDomains;
  private final boolean bothIdnForms;
  private final boolean rewriting;

  private SearchPlan(Builder builder) {
    this.kind = builder.kind;
    this.delimiter =
        new RecipientDelimiter(builder.recipientDelimiter, builder.ownerRequestSpecial);
    this.parentStyle = builder.parentStyle;
    this.localDomains = builder.localDomains;
    this.bothIdnForms = builder.bothIdnForms;
    this.rewriting = builder.kind == SearchKind.ADDRESS && builder.rewriting;
  }

  /**
   * Begins a plan.
   *
   * @param kind what the table is for
   * @return a builder with the defaults of that kind
   */
  public static Builder builder(SearchKind kind) {
    return new Builder(kind);
  }

  /**
   * Lists the keys to try.
   *
   * @param key the key as it was sent, not folded
   * @return the keys, the most specific first; at least one
   */
  public List<String> keys(String key) {
    return candidates(key, isLocal(key)).stream().map(Candidate::key).toList();
  }

  SearchKind kind() {
    return kind;
  }

  /** Tells whether what is found is an address that takes the place of the one asked for. */
  boolean rewriting() {
    return rewriting;
  }

  /** Tells whether the domain of an address is in the list of local domains. */
  boolean isLocal(String key) {
    String domain = domainOf(key);
    return localDomains.contains(domain)
        || literal(domain).filter(localDomains::contains).isPresent();
  }

  /** The one form of an address literal, {@code [192.0.2.1]} or {@code [2001:db8::1]}. */
  private static Optional<String> literal(String domain) {
    Matcher literal = LITERAL.matcher(domain);
    return literal.matches()
        ? IpAddress.parse(literal.group(1)).map(address -> "[" + address + "]")
        : Optional.empty();
  }

  /** The domain as it is compared: without the dot at its end, as Postfix compares it. */
  static String domainOf(String key) {
    int at = key.lastIndexOf('@');
    String domain = at < 0 ? "" : key.substring(at + 1);
    return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
  }

  List<Candidate> candidates(String key, boolean local) {
    Map<String, Candidate> distinct = new LinkedHashMap<>();
    for (Candidate candidate : inBothForms(key, local)) {
      distinct.putIfAbsent(candidate.key(), candidate);
    }
    return List.copyOf(distinct.values());
  }

  private Collection<Candidate> inBothForms(String key, boolean local) {
    List<Candidate> sent = ofOneForm(key, local);
    String other = bothIdnForms ? IdnForms.other(key) : key;
    if (other.equals(key)) {
      return sent;
    }
    List<Candidate> merged = new ArrayList<>();
    List<Candidate> others = ofOneForm(other, local);
    for (int i = 0; i < Math.max(sent.size(), others.size()); i++) {
      merged.addAll(sent.subList(Math.min(i, sent.size()), Math.min(i + 1, sent.size())));
      merged.addAll(others.subList(Math.min(i, others.size()), Math.min(i + 1, others.size())));
    }
    return merged;
  }

  private List<Candidate> ofOneForm(String key, boolean local) {
    // The null sender has no parts: Postfix asks for it as for any fixed word.
    if (key.isEmpty() || key.equals("<>")) {
      return plain(List.of(key));
    }
    return switch (kind) {
      case EXACT -> plain(List.of(key));
      case ADDRESS -> address(key, local);
      case ACCESS -> access(key);
      case DOMAIN -> domain(key);
      case NETWORK -> plain(NetworkKeys.of(key));
      case TRANSPORT -> transport(key);
    };
  }

  private List<Candidate> address(String key, boolean local) {
    if (!rewriting && key.indexOf('@') < 0) {
      // A host name, which Postfix looks up beside addresses in smtp_sasl_password_maps.
      return plain(List.of(key));
    }
    AddressKeys keys = new AddressKeys(key, delimiter, !rewriting);
    keys.address();
    if (!keys.atDomain().isEmpty()) {
      if (local) {
        keys.localUser();
      }
      keys.add(keys.atDomain());
    }
    return keys.keys();
  }

  private List<Candidate> access(String key) {
    if (key.indexOf('@') < 0) {
      return IpAddress.parse(key).isPresent() ? plain(NetworkKeys.of(key)) : domain(key);
    }
    AddressKeys keys = new AddressKeys(key, delimiter, !rewriting);
    keys.address();
    domainAndParents(keys);
    keys.userAt();
    return keys.keys();
  }

  private List<Candidate> transport(String key) {
    AddressKeys keys = new AddressKeys(key, delimiter, !rewriting);
    keys.address();
    domainAndParents(keys);
    keys.add("*");
    return keys.keys();
  }

  private void domainAndParents(AddressKeys keys) {
    if (!keys.atDomain().isEmpty()) {
      parentStyle.withParents(keys.atDomain().substring(1)).forEach(keys::add);
    }
  }

  private List<Candidate> domain(String key) {
    return plain(IpAddress.parse(key).isPresent() ? List.of(key) : parentStyle.withParents(key));
  }

  private static List<Candidate> plain(List<String> keys) {
    return keys.stream().map(key -> new Candidate(key, "", false)).toList();
  }

  /** Collects the options of a plan. For use by one thread. */
  public static final class Builder {
    private final SearchKind kind;
    private String recipientDelimiter = "";
    private ParentStyle parentStyle;
    private DomainList localDomains = DomainList.of();
    private boolean bothIdnForms = false;
    private boolean rewriting = true;
    private boolean ownerRequestSpecial = true;

    private Builder(SearchKind kind) {
      this.kind = kind;
      this.parentStyle = kind == SearchKind.TRANSPORT ? ParentStyle.DOTTED : ParentStyle.BARE;
    }

    /**
     * Sets what divides a localpart from its extension: Postfix's {@code recipient_delimiter}.
     *
     * @param characters any of these divides; empty, the default, for no extensions
     * @return this builder
     */
    public Builder recipientDelimiter(String characters) {
      this.recipientDelimiter = characters;
      return this;
    }

    /**
     * Sets how parent domains are written in the table.
     *
     * @param style by default as Postfix has it by default: {@code DOTTED} for {@code TRANSPORT},
     *     else {@code BARE}
     * @return this builder
     */
    public Builder parentStyle(ParentStyle style) {
      this.parentStyle = style;
      return this;
    }

    /**
     * Sets the domains whose users are also looked up without domain, where the kind is {@code
     * ADDRESS}: Postfix's {@code myorigin}, {@code mydestination} and its own addresses.
     *
     * @param domains the domains; none by default. An address stands in brackets, an IPv6 address
     *     as short as RFC 5952 has it and without {@code IPv6:}, and means each form of that
     *     address
     * @return this builder
     */
    public Builder localDomains(DomainList domains) {
      this.localDomains = domains;
      return this;
    }

    /**
     * Sets whether each key is tried with its domain in both forms of an internationalised name,
     * first in the form that was sent.
     *
     * @param both true to try {@code bücher.example} for {@code xn--bcher-kva.example} too, and the
     *     other way round; false by default
     * @return this builder
     */
    public Builder bothIdnForms(boolean both) {
      this.bothIdnForms = both;
      return this;
    }

    /**
     * Sets whether Postfix rewrites addresses by the table, as it does by {@code
     * virtual_alias_maps} and the canonical and generic maps. A value {@code @other} of such a
     * table gets the localpart that was asked for, and an address whose localpart needs quotes is
     * tried with quotes alone. Of any other table the value is the answer, and such an address is
     * tried without its quotes too.
     *
     * @param rewriting true by default; only of effect where the kind is {@code ADDRESS}
     * @return this builder
     */
    public Builder rewriting(boolean rewriting) {
      this.rewriting = rewriting;
      return this;
    }

    /**
     * Sets whether {@code owner-list} and {@code list-request} are names of their own where {@code
     * -} divides: Postfix's {@code owner_request_special}.
     *
     * @param special true by default
     * @return this builder
     */
    public Builder ownerRequestSpecial(boolean special) {
      this.ownerRequestSpecial = special;
      return this;
    }

    /**
     * Builds the plan.
     *
     * @return a plan with these options
     */
    public SearchPlan build() {
      return new SearchPlan(this);
    }
  }
}
