package org.sockmapd.server;

import java.time.Duration;
import java.util.Objects;
import org.sockmapd.protocol.SocketmapLimits;

/**
 * What a server takes on at most. Every bound has a default that suits a mail server of some
 * hundred processes. Immutable.
 */
public final class ServerLimits {
  private static final ServerLimits DEFAULTS = builder().build();

  private final SocketmapLimits messages;
  private final int maxConnections;
  private final int maxConnectionsPerClient;
  private final int maxInFlightPerMap;
  private final int maxPipelined;
  private final Duration idleTimeout;
  private final Duration writeTimeout;

  private ServerLimits(Builder builder) {
    this.messages = builder.messages;
    this.maxConnections = builder.maxConnections;
    this.maxConnectionsPerClient = builder.maxConnectionsPerClient;
    this.maxInFlightPerMap = builder.maxInFlightPerMap;
    this.maxPipelined = builder.maxPipelined;
    this.idleTimeout = builder.idleTimeout;
    this.writeTimeout = builder.writeTimeout;
  }

  /**
   * The defaults.
   *
   * @return limits of which none was set
   */
  public static ServerLimits defaults() {
    return DEFAULTS;
  }

  /**
   * Begins with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How long a request and a reply may be.
   *
   * @return the limits, in bytes of payload
   */
  public SocketmapLimits messages() {
    return messages;
  }

  /**
   * How many connections may be open in all.
   *
   * @return at least 1
   */
  public int maxConnections() {
    return maxConnections;
  }

  /**
   * How many connections one client address may have open.
   *
   * @return at least 1
   */
  public int maxConnectionsPerClient() {
    return maxConnectionsPerClient;
  }

  /**
   * How many requests one map may be working on.
   *
   * @return at least 1
   */
  public int maxInFlightPerMap() {
    return maxInFlightPerMap;
  }

  /**
   * How many requests of one connection may be unanswered before no further one is read.
   *
   * @return at least 1
   */
  public int maxPipelined() {
    return maxPipelined;
  }

  /**
   * How long a connection without a request stays open.
   *
   * @return more than zero
   */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /**
   * How long a client may leave a reply unread.
   *
   * @return more than zero
   */
  public Duration writeTimeout() {
    return writeTimeout;
  }

  /** Collects limits. For use by one thread. */
  public static final class Builder {
    private SocketmapLimits messages = SocketmapLimits.postfix();
    private int maxConnections = 10_000;
    private int maxConnectionsPerClient = 2_500;
    private int maxInFlightPerMap = 5_000;
    private int maxPipelined = 100;
    private Duration idleTimeout = Duration.ofMinutes(15);
    private Duration writeTimeout = Duration.ofSeconds(30);

    private Builder() {}

    /**
     * Sets how long a request and a reply may be.
     *
     * @param limits the limits; {@link SocketmapLimits#postfix} by default
     * @return this builder
     */
    public Builder messages(SocketmapLimits limits) {
      this.messages = Objects.requireNonNull(limits);
      return this;
    }

    /**
     * Sets how many connections may be open in all. A client past it gets one TEMP and is cut off.
     *
     * @param connections at least 1; 10,000 by default. Each takes a file descriptor
     * @return this builder
     */
    public Builder maxConnections(int connections) {
      this.maxConnections = positive("maxConnections", connections);
      return this;
    }

    /**
     * Sets how many connections one client address may have open, so that one host cannot take them
     * all. A client past it gets one TEMP and is cut off. UNIX sockets are not counted.
     *
     * @param connections at least 1; 2,500 by default: a large mail server has some hundred
     *     processes that ask, and a proxy in between makes several hosts one
     * @return this builder
     */
    public Builder maxConnectionsPerClient(int connections) {
      this.maxConnectionsPerClient = positive("maxConnectionsPerClient", connections);
      return this;
    }

    /**
     * Sets how many requests one map may be working on. A request past it gets TEMP at once.
     *
     * @param requests at least 1; 5,000 by default: more than Postfix has processes, and few enough
     *     that those who wait for a slow table leave room for the other maps
     * @return this builder
     */
    public Builder maxInFlightPerMap(int requests) {
      this.maxInFlightPerMap = positive("maxInFlightPerMap", requests);
      return this;
    }

    /**
     * Sets how many requests of one connection may be unanswered before no further one is read.
     *
     * @param requests at least 1; 100 by default. A connection may hold this many replies
     * @return this builder
     */
    public Builder maxPipelined(int requests) {
      this.maxPipelined = positive("maxPipelined", requests);
      return this;
    }

    /**
     * Sets how long a connection without a whole request stays open.
     *
     * @param timeout more than zero; 15 minutes by default. Postfix closes its side after 10
     *     seconds; Sendmail keeps it as long as an SMTP session, in which 10 minutes of silence are
     *     in order (RFC 5321, 4.5.3.2), and does not ask again when the server has closed it
     * @return this builder
     */
    public Builder idleTimeout(Duration timeout) {
      this.idleTimeout = positive("idleTimeout", timeout);
      return this;
    }

    /**
     * Sets how long a client may leave a reply unread before it is cut off.
     *
     * @param timeout more than zero; 30 seconds by default
     * @return this builder
     */
    public Builder writeTimeout(Duration timeout) {
      this.writeTimeout = positive("writeTimeout", timeout);
      return this;
    }

    /**
     * Builds the limits.
     *
     * @return the limits set so far
     */
    public ServerLimits build() {
      return new ServerLimits(this);
    }

    private static int positive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, got " + value);
      }
      return value;
    }

    private static Duration positive(String name, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " must be more than zero, got " + value);
      }
      return value;
    }
  }
}
