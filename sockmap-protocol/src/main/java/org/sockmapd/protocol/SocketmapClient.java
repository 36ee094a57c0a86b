package org.sockmapd.protocol;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a socketmap server over connections that it keeps. Safe for use by many threads.
 *
 * <p>A connection carries one request at a time, so there are as many as threads that ask at one
 * time; up to eight stay open between requests. It connects at the first request. A name with
 * several addresses is tried in the order of the resolver, each address for its share of the
 * connect timeout. A connection that breaks before the reply is opened anew and the request sent
 * once more, as Postfix does ({@code dict_sockmap.c}), so that a restart of the server goes
 * unnoticed; timeouts are not tried again. Bytes that come unasked are never taken for an answer:
 * the connection is replaced.
 *
 * <p>Every failure is an {@code IOException} whose message begins with the endpoint; after it the
 * client may be used on. An answer that reports a failure, such as {@code TEMP}, is no exception.
 *
 * <p>An interrupt of a waiting thread ends its wait, and so does {@link #close}.
 */
public final class SocketmapClient implements AutoCloseable {
  private static final int MAX_IDLE = 8;

  private final Endpoint endpoint;
  private final Duration connectTimeout;
  private final Duration writeTimeout;
  private final Duration readTimeout;
  private final SocketmapLimits limits;

  private final Deque<ClientConnection> idle = new ArrayDeque<>();
  private final Set<ClientConnection> inUse = new HashSet<>();

  /** Counts the calls of {@link #close}, which end the requests that were begun before. */
  private int closings;

  private SocketmapClient(Builder builder) {
    this.endpoint = builder.endpoint;
    this.connectTimeout = builder.connectTimeout;
    this.writeTimeout = builder.writeTimeout;
    this.readTimeout = builder.readTimeout;
    this.limits = builder.limits;
  }

  /**
   * Begins a client with the timeouts and limits of Postfix.
   *
   * @param endpoint the server; a TCP port must not be 0
   * @return a builder
   * @throws IllegalArgumentException if the port is 0
   */
  public static Builder builder(Endpoint endpoint) {
    return new Builder(endpoint);
  }

  /**
   * Asks, and waits for the answer.
   *
   * @param request the question
   * @return the server's answer, whatever it is
   * @throws SocketTimeoutException if sending the request, or the reply, takes too long
   * @throws InterruptedIOException if the thread is interrupted, which it then still is
   * @throws IOException if the request is over the limit (nothing is sent), the server cannot be
   *     reached, or what it sends is no reply, which the cause then tells apart
   */
  public SocketmapReply ask(SocketmapRequest request) throws IOException {
    try {
      requireWithinLimit(request);
      return askOrRetry(request);
    } catch (IOException e) {
      throw naming(e);
    }
  }

  private void requireWithinLimit(SocketmapRequest request) throws IOException {
    int length = request.encodedLength();
    if (length > limits.maxRequestBytes()) {
      throw new IOException(
          "request not sent: limit is %d bytes, got %d"
              .formatted(limits.maxRequestBytes(), length));
    }
  }

  private SocketmapReply askOrRetry(SocketmapRequest request) throws IOException {
    int begun = closings();
    @Nullable ClientConnection kept = takeIdle();
    ClientConnection on = kept != null ? kept : connect(begun);
    try {
      return exchange(on, request, begun);
    } catch (SocketTimeoutException
        | ClosedByInterruptException
        | NetstringException
        | SocketmapSyntaxException e) {
      throw e;
    } catch (IOException broken) {
      return askAgain(request, begun, broken);
    }
  }

  /** On a new connection: others that were kept may have broken with this one. */
  private SocketmapReply askAgain(SocketmapRequest request, int begun, IOException first)
      throws IOException {
    if (closings() != begun) {
      throw closed(first);
    }
    try {
      return exchange(connect(begun), request, begun);
    } catch (IOException e) {
      e.addSuppressed(first);
      throw e;
    }
  }

  private SocketmapReply exchange(ClientConnection on, SocketmapRequest request, int begun)
      throws IOException {
    boolean sound = false;
    try {
      SocketmapReply reply = on.exchange(request, writeTimeout, readTimeout);
      sound = true;
      return reply;
    } catch (ClosedSelectorException | CancelledKeyException e) {
      throw closed(e);
    } finally {
      giveBack(on, sound && closings() == begun);
    }
  }

  private static IOException closed(@Nullable Exception cause) {
    return new IOException("the client was closed", cause);
  }

  /** Takes a connection that was kept, if the server has not closed it meanwhile. */
  private @Nullable ClientConnection takeIdle() throws IOException {
    @Nullable ClientConnection kept = pollIdle();
    while (kept != null && !kept.isReusable()) {
      giveBack(kept, false);
      kept = pollIdle();
    }
    return kept;
  }

  private synchronized @Nullable ClientConnection pollIdle() {
    @Nullable ClientConnection kept = idle.poll();
    if (kept != null) {
      inUse.add(kept);
    }
    return kept;
  }

  private ClientConnection connect(int begun) throws IOException {
    Deadline deadline = Deadline.in(connectTimeout, "connecting");
    ClientConnection opened = new ClientConnection(Connector.connect(endpoint, deadline), limits);
    if (!use(opened, begun)) {
      opened.close();
      throw closed(null);
    }
    return opened;
  }

  private synchronized boolean use(ClientConnection connection, int begun) {
    return closings == begun && inUse.add(connection);
  }

  private synchronized int closings() {
    return closings;
  }

  private void giveBack(ClientConnection connection, boolean sound) throws IOException {
    if (!sound || !keep(connection)) {
      forget(connection);
      connection.close();
    }
  }

  private synchronized boolean keep(ClientConnection connection) {
    if (idle.size() == MAX_IDLE || !inUse.remove(connection)) {
      return false;
    }
    idle.push(connection);
    return true;
  }

  private synchronized void forget(ClientConnection connection) {
    inUse.remove(connection);
  }

  private IOException naming(IOException e) {
    String message = endpoint + ": " + e.getMessage();
    IOException named =
        switch (e) {
          case SocketTimeoutException timeout -> new SocketTimeoutException(message);
          case ClosedByInterruptException interrupt ->
              new InterruptedIOException(endpoint + ": interrupted");
          default -> new IOException(message);
        };
    named.initCause(e);
    return named;
  }

  /**
   * Closes all connections. Requests that wait for their replies fail; a later request opens a new
   * connection. May be called from any thread, and again.
   *
   * @throws IOException if closing fails
   */
  @Override
  public void close() throws IOException {
    for (ClientConnection connection : takeAll()) {
      connection.close();
    }
  }

  private synchronized List<ClientConnection> takeAll() {
    closings++;
    List<ClientConnection> all = new ArrayList<>(idle);
    all.addAll(inUse);
    idle.clear();
    inUse.clear();
    return all;
  }

  /**
   * Says how a client shall ask. For use by one thread.
   *
   * <p>A timeout is greater than zero and at most a day; its default is the 100 s of Postfix.
   */
  public static final class Builder {
    private static final Duration POSTFIX_TIMEOUT = Duration.ofSeconds(100);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Endpoint endpoint;
    private Duration connectTimeout = POSTFIX_TIMEOUT;
    private Duration writeTimeout = POSTFIX_TIMEOUT;
    private Duration readTimeout = POSTFIX_TIMEOUT;
    private SocketmapLimits limits = SocketmapLimits.postfix();

    private Builder(Endpoint endpoint) {
      if (endpoint instanceof Endpoint.Inet inet && inet.port() == 0) {
        throw new IllegalArgumentException("a client cannot connect to port 0: " + endpoint);
      }
      this.endpoint = endpoint;
    }

    /**
     * Limits the time for a connection, over all addresses of the name; not that for finding them,
     * which is the system's.
     *
     * @param timeout how long connecting may take
     * @return this builder
     * @throws IllegalArgumentException if the timeout is out of its range
     */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = requireTimeout(timeout);
      return this;
    }

    /**
     * Limits the time for sending one request.
     *
     * @param timeout how long sending may take
     * @return this builder
     * @throws IllegalArgumentException if the timeout is out of its range
     */
    public Builder writeTimeout(Duration timeout) {
      writeTimeout = requireTimeout(timeout);
      return this;
    }

    /**
     * Limits the time from the request sent to the whole reply.
     *
     * @param timeout how long the reply may take
     * @return this builder
     * @throws IllegalArgumentException if the timeout is out of its range
     */
    public Builder readTimeout(Duration timeout) {
      readTimeout = requireTimeout(timeout);
      return this;
    }

    /**
     * Limits what is sent and what is accepted.
     *
     * @param sizes the limits; by default those of Postfix
     * @return this builder
     */
    public Builder limits(SocketmapLimits sizes) {
      limits = sizes;
      return this;
    }

    /**
     * Builds the client. Nothing is opened yet.
     *
     * @return a client
     */
    public SocketmapClient build() {
      return new SocketmapClient(this);
    }

    private static Duration requireTimeout(Duration timeout) {
      if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "a timeout is greater than zero and at most a day, got " + timeout);
      }
      return timeout;
    }
  }
}
