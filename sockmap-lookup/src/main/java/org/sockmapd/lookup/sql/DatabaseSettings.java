package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Says which database to ask, where it is, and how long that may take. Immutable. The password
 * shows in no text form.
 */
public final class DatabaseSettings {
  private static final Duration MAX_MARGIN = Duration.ofMillis(250);
  private static final String USER = System.getProperty("user.name", "");
  private static final Duration MAX_SILENCE = Duration.ofSeconds(1);
  private static final Duration MIN_LOOKUP_TIMEOUT = Duration.ofMillis(100);

  private final DatabaseType type;
  private final List<NodeAddress> hosts;
  private final String username;
  private final String password;
  private final String database;
  private final int poolSize;
  private final int maxWaiting;
  private final Duration lookupTimeout;
  private final Duration connectTimeout;
  private final Duration minProbeInterval;
  private final Duration maxProbeInterval;
  private final NodePolicy nodePolicy;
  private final TlsSettings tls;
  private final HostResolver resolver;
  private final PreparedStatements prepared;
  private final boolean allowsCleartextPassword;

  private DatabaseSettings(Builder builder) {
    type = builder.type;
    hosts = List.copyOf(builder.hosts);
    username = builder.username.isEmpty() && isByUnixSockets() ? USER : builder.username;
    password = builder.password;
    database = builder.database;
    poolSize = builder.poolSize;
    maxWaiting = builder.maxWaiting;
    lookupTimeout = builder.lookupTimeout;
    connectTimeout = builder.connectTimeout;
    minProbeInterval = builder.minProbeInterval;
    maxProbeInterval = builder.maxProbeInterval;
    nodePolicy = builder.nodePolicy;
    tls = builder.tls;
    resolver = builder.resolver;
    prepared = builder.prepared;
    allowsCleartextPassword = builder.allowsCleartextPassword;
    check();
  }

  private void check() {
    require(!database.isEmpty(), "no database is named");
    require(type == DatabaseType.SQLITE || !hosts.isEmpty(), "no host is named");
    require(type != DatabaseType.SQLITE || hosts.isEmpty(), "a file has no hosts");
    require(
        type == DatabaseType.POSTGRESQL || !nodePolicy.needsRole(),
        "only PostgreSQL tells a primary from a replica");
    require(
        type != DatabaseType.SQLITE || prepared == PreparedStatements.AUTO,
        "when statements are prepared can be set for a server only");
    require(poolSize >= 1, "the pool needs one connection at least");
    require(maxWaiting >= 0, "a negative number of lookups cannot wait");
    require(lookupTimeout.compareTo(MIN_LOOKUP_TIMEOUT) >= 0, "the lookup timeout is under 100ms");
    require(connectTimeout.toMillis() >= 1, "the connect timeout is under 1ms");
    require(minProbeInterval.toMillis() >= 1, "the probe interval is under 1ms");
    require(maxProbeInterval.compareTo(minProbeInterval) >= 0, "the probe intervals are swapped");
  }

  private boolean isByUnixSockets() {
    return !hosts.isEmpty() && hosts.stream().allMatch(host -> host.socket().isPresent());
  }

  private static void require(boolean fits, String problem) {
    if (!fits) {
      throw new IllegalArgumentException(problem);
    }
  }

  /**
   * Begins the settings of a database.
   *
   * @param type the kind of server
   * @param database the name of the schema; for SQLite the path of the file
   * @return a builder
   */
  public static Builder builder(DatabaseType type, String database) {
    return new Builder(type, database);
  }

  /** Returns the kind of server. */
  public DatabaseType type() {
    return type;
  }

  /** Returns the hosts in the order of the configuration; none for SQLite. */
  public List<NodeAddress> hosts() {
    return hosts;
  }

  /** Returns the name of the schema; for SQLite the path of the file. */
  public String database() {
    return database;
  }

  /** Returns the account. */
  public String username() {
    return username;
  }

  /** Returns the most connections to one node. */
  public int poolSize() {
    return poolSize;
  }

  /** Returns the time that one lookup may take in all. */
  public Duration lookupTimeout() {
    return lookupTimeout;
  }

  /** Returns the order in which nodes are asked. */
  public NodePolicy nodePolicy() {
    return nodePolicy;
  }

  /** Returns how connections are protected. */
  public TlsSettings tls() {
    return tls;
  }

  /** Returns whether a server may be told the password where others may read it. */
  public boolean allowsCleartextPassword() {
    return allowsCleartextPassword;
  }

  /** Returns when the server keeps statements prepared. */
  public PreparedStatements prepared() {
    return prepared;
  }

  String password() {
    return password;
  }

  HostResolver resolver() {
    return resolver;
  }

  int maxWaiting() {
    return maxWaiting;
  }

  Duration minProbeInterval() {
    return minProbeInterval;
  }

  Duration maxProbeInterval() {
    return maxProbeInterval;
  }

  /** The part of a lookup's time that one node gets when all are still to be tried. */
  Duration nodeShare() {
    return lookupTimeout.dividedBy(Math.max(1, hosts.size()));
  }

  /** How long a node may be silent with a lookup waiting until others are asked first. */
  Duration suspectAfter() {
    Duration part = nodeShare().dividedBy(4);
    return part.compareTo(MAX_SILENCE) < 0 ? part : MAX_SILENCE;
  }

  /** When the server is to give up on a statement: before the node's share is over. */
  Duration statementTimeout() {
    Duration margin = nodeShare().dividedBy(10);
    return nodeShare().minus(margin.compareTo(MAX_MARGIN) < 0 ? margin : MAX_MARGIN);
  }

  /** The time to get a connection: never more than a node's share. */
  Duration connectTimeout() {
    return connectTimeout.compareTo(nodeShare()) < 0 ? connectTimeout : nodeShare();
  }

  /** Tells all but the password. */
  @Override
  public String toString() {
    return type.configName() + " " + username + "@" + hosts + "/" + database;
  }

  /** Collects settings. For use by one thread. */
  public static final class Builder {
    private final DatabaseType type;
    private final String database;
    private final List<NodeAddress> hosts = new ArrayList<>();
    private String username = "";
    private String password = "";
    private int poolSize = 10;
    private int maxWaiting = 10_000;
    private Duration lookupTimeout = Duration.ofSeconds(5);
    private Duration connectTimeout = Duration.ofSeconds(2);
    private Duration minProbeInterval = Duration.ofMillis(250);
    private Duration maxProbeInterval = Duration.ofSeconds(10);
    private NodePolicy nodePolicy = NodePolicy.ORDER;
    private TlsSettings tls = TlsSettings.PREFER;
    private HostResolver resolver = HostResolver.SYSTEM;
    private PreparedStatements prepared = PreparedStatements.AUTO;
    private boolean allowsCleartextPassword;

    private Builder(DatabaseType type, String database) {
      this.type = Objects.requireNonNull(type, "type");
      this.database = Objects.requireNonNull(database, "database");
    }

    /**
     * Adds a host that holds the database. All hosts hold the same rows.
     *
     * @param host where it listens
     * @return this builder
     */
    public Builder host(NodeAddress host) {
      hosts.add(type == DatabaseType.POSTGRESQL ? host.ofPostgres() : host);
      return this;
    }

    /**
     * Adds a host that listens on the usual port unless the text says otherwise.
     *
     * @param host {@code name}, {@code name:port}, {@code [v6]:port} or {@code unix:/path}; for
     *     PostgreSQL the path of its folder of sockets
     * @return this builder
     * @throws IllegalArgumentException if the text is none of these
     */
    public Builder host(String host) {
      return host(NodeAddress.parse(host, type.defaultPort()));
    }

    /**
     * Sets the account; default is none. By UNIX sockets a server may know the user of this process
     * and ask for no password.
     *
     * @param username its name; empty for that of the user of this process, by UNIX sockets alone
     * @param password its password; empty for none
     * @return this builder
     */
    public Builder account(String username, String password) {
      this.username = Objects.requireNonNull(username, "username");
      this.password = Objects.requireNonNull(password, "password");
      return this;
    }

    /**
     * Sets the most connections to one node; default 10. More than the database has cores seldom
     * helps.
     *
     * @param connections 1 or more
     * @return this builder
     */
    public Builder poolSize(int connections) {
      this.poolSize = connections;
      return this;
    }

    /**
     * Sets how many lookups may wait for a connection of one node; default 10,000. The next one
     * fails at once, temporarily.
     *
     * @param lookups 0 or more
     * @return this builder
     */
    public Builder maxWaiting(int lookups) {
      this.maxWaiting = lookups;
      return this;
    }

    /**
     * Sets the time that one lookup may take over all nodes; default 5 s. Keep it well under the
     * mail system's own patience (Postfix 100 s, Sendmail 30 s).
     *
     * @param timeout 100 ms or more
     * @return this builder
     */
    public Builder lookupTimeout(Duration timeout) {
      this.lookupTimeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /**
     * Sets how long one node may be silent while a connection to it is opened, at each step of it;
     * default 2 s. Never more than the node's share of the lookup's time.
     *
     * @param timeout 1 ms or more
     * @return this builder
     */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /**
     * Sets how long to wait before a node that is down is probed; default 250 ms, growing to 10 s.
     *
     * @param first before the first probe, 1 ms or more
     * @param longest between later probes, not less than the first
     * @return this builder
     */
    public Builder probeInterval(Duration first, Duration longest) {
      this.minProbeInterval = Objects.requireNonNull(first, "first");
      this.maxProbeInterval = Objects.requireNonNull(longest, "longest");
      return this;
    }

    /**
     * Sets which node is asked first; default {@link NodePolicy#ORDER}.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder nodePolicy(NodePolicy policy) {
      this.nodePolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets how connections are protected; default {@link TlsSettings#PREFER}.
     *
     * @param tls the settings
     * @return this builder
     */
    public Builder tls(TlsSettings tls) {
      this.tls = Objects.requireNonNull(tls, "tls");
      return this;
    }

    /**
     * Sets whether a server may be told the password where others may read it; default false. It
     * concerns {@link TlsMode#DISABLE} and {@link TlsMode#PREFER} and hosts other than this one.
     *
     * @param allowed whether it may
     * @return this builder
     */
    public Builder allowCleartextPassword(boolean allowed) {
      this.allowsCleartextPassword = allowed;
      return this;
    }

    /**
     * Sets when the server keeps statements prepared; default {@link PreparedStatements#AUTO}.
     *
     * @param prepared the choice
     * @return this builder
     */
    public Builder prepared(PreparedStatements prepared) {
      this.prepared = Objects.requireNonNull(prepared, "prepared");
      return this;
    }

    /**
     * Sets who finds the addresses of hosts; default {@link HostResolver#SYSTEM}. All addresses of
     * a host are tried.
     *
     * @param resolver finds them
     * @return this builder
     */
    public Builder resolver(HostResolver resolver) {
      this.resolver = Objects.requireNonNull(resolver, "resolver");
      return this;
    }

    /**
     * Builds the settings.
     *
     * @return the settings
     * @throws IllegalArgumentException if they do not fit together, with the reason
     */
    public DatabaseSettings build() {
      return new DatabaseSettings(this);
    }
  }
}
