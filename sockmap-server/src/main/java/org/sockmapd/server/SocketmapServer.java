package org.sockmapd.server;

import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.Endpoint;

/**
 * Answers socketmap requests from tables, on any number of endpoints. See the description of the
 * package for what it promises.
 *
 * <p>The server owns its tables and closes them. Its accepting threads keep the JVM running until
 * it is stopped. Safe for use by many threads.
 */
public final class SocketmapServer implements AutoCloseable {
  private static final Duration CLOSING_DRAIN = Duration.ofSeconds(5);

  /** How long connections that were cut off have to notice it. */
  private static final Duration FORCED_END = Duration.ofSeconds(1);

  private enum State {
    NEW,
    BOUND,
    RUNNING,
    STOPPED
  }

  private final List<ListenerSettings> firstListeners;
  private final ServerEvents events;
  private final Lookups lookups;
  private final Connections connections;
  private final Reception reception;
  private final Listeners listeners;
  private final Watchdog watchdog;

  private final ReentrantLock lock = new ReentrantLock();
  private State state = State.NEW;
  private boolean drained = true;

  private SocketmapServer(Builder builder, LookupTables tables) {
    this.firstListeners = List.copyOf(builder.listeners);
    this.events = builder.events;
    Tallies tallies = new Tallies(builder.clock);
    this.lookups = new Lookups(tables, builder.limits, events, tallies);
    this.connections = new Connections(builder.limits);
    ThreadFactory late = Thread.ofVirtual().name("sockmapd-reply").factory();
    Service service =
        new Service(
            builder.limits,
            events,
            lookups,
            new ServingThreads(
                builder.threads,
                Runtime.getRuntime().availableProcessors(),
                connections::count,
                builder.loopsAtOnce),
            task -> late.newThread(task).start(),
            builder.clock);
    this.reception = new Reception(service, connections, tallies);
    this.listeners = new Listeners(reception);
    this.watchdog = new Watchdog(connections, tallies, service, builder.watchPeriod);
  }

  /**
   * Begins a server.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Opens every listener without accepting a connection yet: clients wait in the system's queue.
   * For a program that binds as root, gives up its privileges, and then serves. Does nothing when
   * the listeners are open.
   *
   * @throws BindException if a listener cannot be opened: its message is one line that names the
   *     endpoint and what is in the way (an address in use, a permission, a UNIX socket on which
   *     another server listens). None is open then, and the server can be bound again
   * @throws IllegalStateException if the server was stopped
   */
  public void bind() throws BindException {
    lock.lock();
    try {
      requireNotStopped();
      if (state == State.NEW) {
        listeners.replace(firstListeners);
        state = State.BOUND;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Serves, after {@link #bind} where that was not called. Returns once every listener takes
   * connections. Does nothing when the server runs.
   *
   * @throws BindException as {@link #bind} does
   * @throws IllegalStateException if the server was stopped
   */
  public void start() throws BindException {
    lock.lock();
    try {
      bind();
      if (state == State.BOUND) {
        state = State.RUNNING;
        watchdog.start();
        listeners.start();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells where the server listens.
   *
   * @return the endpoints, with their real ports; empty before {@link #bind} and after {@link
   *     #stop}
   */
  public List<Endpoint> endpoints() {
    lock.lock();
    try {
      return listeners.endpoints();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Answers from other tables, beginning with the next request of each connection. The tables until
   * now are closed, on a thread of their own, when the last request they were asked is answered.
   *
   * @param tables the tables, which are the server's from now on
   * @throws IllegalStateException if the server was stopped; the tables remain the caller's
   */
  public void replaceTables(LookupTables tables) {
    lock.lock();
    try {
      requireNotStopped();
      lookups.replace(tables);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Listens elsewhere. A listener that stays the same stays open; one of the same endpoint with
   * other settings stays open too, and the settings apply to those who connect from now on. Open
   * connections stay, also those of a listener that goes.
   *
   * <p>Where a new listener needs the port of one that goes, the old one is closed first, and for
   * that moment the port is closed.
   *
   * @param wanted the listeners
   * @throws BindException as {@link #bind} does; the listeners are as they were then
   * @throws IllegalStateException if the server is not bound, or was stopped
   */
  public void replaceListeners(List<ListenerSettings> wanted) throws BindException {
    lock.lock();
    try {
      requireNotStopped();
      if (state == State.NEW) {
        throw new IllegalStateException("the server is not bound");
      }
      listeners.replace(List.copyOf(wanted));
    } finally {
      lock.unlock();
    }
  }

  private void requireNotStopped() {
    if (state == State.STOPPED) {
      throw new IllegalStateException("the server was stopped");
    }
  }

  /**
   * Stops in order: closes the listeners, answers every request that was read, on connections
   * accepted until the last moment too, and closes each connection when it has nothing more to
   * answer. What is not done in time is cut off. Then closes the tables.
   *
   * <p>Returns when all is done. Another call waits for the first one.
   *
   * @param drain how long to wait for requests to be answered; zero to cut off at once
   * @return whether every request that was read was answered
   */
  public boolean stop(Duration drain) {
    lock.lock();
    try {
      if (state != State.STOPPED) {
        State before = state;
        state = State.STOPPED;
        end(before, drain);
      }
      return drained;
    } finally {
      lock.unlock();
    }
  }

  private void end(State before, Duration drain) {
    listeners.close();
    connections.snapshot().forEach(Connection::drain);
    drained = connections.awaitNone(drain);
    List<Connection> left = connections.snapshot();
    left.forEach(Connection::closeNow);
    connections.awaitNone(FORCED_END);
    reception.close();
    connections.snapshot().forEach(Connection::end);
    lookups.close();
    watchdog.stop();
    if (before == State.RUNNING) {
      events.stopped(left.size());
    }
  }

  /**
   * Stops without waiting for requests to be answered; also ends the waiting of a stop under way.
   */
  public void stopNow() {
    connections.hurry();
    stop(Duration.ZERO);
  }

  /** Stops, waiting up to five seconds for requests to be answered. */
  @Override
  public void close() {
    stop(CLOSING_DRAIN);
  }

  /** Collects what a server needs. For use by one thread. */
  public static final class Builder {
    private @Nullable LookupTables tables;
    private final List<ListenerSettings> listeners = new ArrayList<>();
    private ServerLimits limits = ServerLimits.defaults();
    private ServerEvents events = ServerEvents.NONE;
    private ConnectionThreads threads = ConnectionThreads.recommended();
    private LongSupplier clock = System::nanoTime;
    private Duration watchPeriod = Duration.ofSeconds(1);
    private boolean loopsAtOnce;

    private Builder() {}

    /**
     * Sets the tables to answer from. Required.
     *
     * @param tables the tables, which are the server's once it is built
     * @return this builder
     */
    public Builder tables(LookupTables tables) {
      this.tables = Objects.requireNonNull(tables);
      return this;
    }

    /**
     * Adds listeners. A server without one can be given some later.
     *
     * @param listeners where to listen, and who may ask there
     * @return this builder
     */
    public Builder listen(ListenerSettings... listeners) {
      this.listeners.addAll(List.of(listeners));
      return this;
    }

    /**
     * Adds a listener with default settings.
     *
     * @param endpoint where to listen
     * @return this builder
     */
    public Builder listen(Endpoint endpoint) {
      return listen(ListenerSettings.of(endpoint));
    }

    /**
     * Sets what the server takes on at most.
     *
     * @param limits the limits; {@link ServerLimits#defaults} by default
     * @return this builder
     */
    public Builder limits(ServerLimits limits) {
      this.limits = Objects.requireNonNull(limits);
      return this;
    }

    /**
     * Sets who hears what happens.
     *
     * @param events the receiver of events; nobody by default
     * @return this builder
     */
    public Builder events(ServerEvents events) {
      this.events = Objects.requireNonNull(events);
      return this;
    }

    /**
     * Sets the kind of thread that serves a connection.
     *
     * @param threads the kind; {@link ConnectionThreads#recommended} by default
     * @return this builder
     */
    public Builder threads(ConnectionThreads threads) {
      this.threads = Objects.requireNonNull(threads);
      return this;
    }

    /**
     * Sets the clock of the timeouts and tallies, in nanoseconds, and how often it is looked at.
     */
    Builder clock(LongSupplier clock, Duration watchPeriod) {
      this.clock = clock;
      this.watchPeriod = watchPeriod;
      return this;
    }

    /** Has every connection served in an event loop from its beginning, as far as it can be. */
    Builder loopsAtOnce() {
      loopsAtOnce = true;
      return this;
    }

    /**
     * Builds the server, which does nothing before {@link SocketmapServer#start}.
     *
     * @return the server
     * @throws IllegalStateException if no tables were set
     */
    public SocketmapServer build() {
      if (tables == null) {
        throw new IllegalStateException("a server needs tables");
      }
      return new SocketmapServer(this, tables);
    }
  }
}
