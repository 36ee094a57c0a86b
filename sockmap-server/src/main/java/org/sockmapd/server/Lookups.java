package org.sockmapd.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapReply.Temp;
import org.sockmapd.protocol.SocketmapRequest;

/**
 * Asks the tables, which may be replaced between two requests, and turns whatever comes of it into
 * a reply.
 */
final class Lookups {
  private static final SocketmapReply UNKNOWN_MAP = new Temp("unknown map");
  private static final SocketmapReply BUSY = new Temp("too many requests for this map");
  private static final SocketmapReply UNSENDABLE = new Temp("the value found cannot be sent");
  private static final SocketmapReply FAILED = new Temp("internal error");

  private final ServerLimits limits;
  private final ServerEvents events;
  private final Tally<String, String> unknownMaps;
  private final Tally<String, String> busyMaps;
  private final AtomicReference<TableGeneration> current;

  Lookups(LookupTables tables, ServerLimits limits, ServerEvents events, Tallies tallies) {
    this.limits = limits;
    this.events = events;
    this.unknownMaps = tallies.tally(events::unknownMap);
    this.busyMaps = tallies.tally(events::mapBusy);
    this.current = new AtomicReference<>(generation(tables));
  }

  private TableGeneration generation(LookupTables tables) {
    return new TableGeneration(tables, limits.maxInFlightPerMap());
  }

  /** Puts other tables in place. Those until now are closed after the last request they answer. */
  void replace(LookupTables tables) {
    current.getAndSet(generation(tables)).retire();
  }

  void close() {
    current.get().closeNow();
  }

  /** Finds the answer to a request, now or later. Throws nothing that a table throws. */
  void ask(PendingReply reply, String client) {
    MapGate gate = enter(reply, client);
    if (gate == null) {
      return;
    }
    reply.entered(gate);
    String key = askable(reply.request());
    if (key == null) {
      reply.give(Replies.NOT_FOUND);
    } else {
      ask(gate, key, reply);
    }
  }

  private void ask(MapGate gate, String key, PendingReply reply) {
    try {
      gate.table().lookup(key, reply);
    } catch (RuntimeException | StackOverflowError e) {
      threw(reply, e);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      threw(reply, e);
    } finally {
      // Meant for the table; the channels of the thread's connections would close by it.
      var unused = Thread.interrupted();
    }
  }

  private void threw(PendingReply reply, Throwable cause) {
    events.lookupThrew(reply.request().mapName(), cause);
    reply.give(FAILED);
  }

  /** A key that no table can hold is not looked up: null. */
  private static @Nullable String askable(SocketmapRequest request) {
    String key = request.key().orElse(null);
    return key == null || key.indexOf('\0') >= 0 ? null : key;
  }

  /** Lets a request in at its map, or gives its reply and returns null. */
  private @Nullable MapGate enter(PendingReply reply, String client) {
    String mapName = reply.request().mapName();
    while (true) {
      MapGate gate = current.get().gate(mapName);
      if (gate == null) {
        unknownMaps.add(mapName, client);
        reply.give(UNKNOWN_MAP);
        return null;
      }
      switch (gate.enter()) {
        case ENTERED -> {
          return gate;
        }
        case FULL -> {
          busyMaps.add(mapName, client);
          reply.give(BUSY);
          return null;
        }
        case RETIRED -> {
          // The tables were replaced in between: the new ones are in place already.
        }
      }
    }
  }

  /** The reply that a result becomes: what cannot be sent is a failure, not another answer. */
  SocketmapReply reply(@Nullable LookupResult result, SocketmapRequest request) {
    if (result == null) {
      events.lookupThrew(request.mapName(), new NullPointerException("the table answered null"));
      return FAILED;
    }
    SocketmapReply reply = Replies.of(result);
    Optional<String> problem = reply.problem(limits.messages());
    if (problem.isEmpty()) {
      return reply;
    }
    events.unsendable(request.mapName(), request.key().orElse(""), problem.get());
    return UNSENDABLE;
  }

  void fatal(VirtualMachineError error) {
    events.fatal(error);
  }
}
