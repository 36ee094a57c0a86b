package org.sockmapd.server;

import java.net.BindException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.sockmapd.protocol.Endpoint;

/** The listeners of a server, changed all together or not at all. Used under the server's lock. */
final class Listeners {
  private final Reception reception;
  private final List<Listener> open = new ArrayList<>();
  private boolean started;

  Listeners(Reception reception) {
    this.reception = reception;
  }

  List<Endpoint> endpoints() {
    return open.stream().map(Listener::endpoint).toList();
  }

  void start() {
    started = true;
    open.forEach(Listener::start);
  }

  void close() {
    open.forEach(Listener::close);
    open.clear();
  }

  /**
   * Closes the listeners that are not wanted, opens those that are new, and leaves the others open,
   * with other settings if they differ. A UNIX socket whose file is gone is opened anew.
   *
   * @throws BindException if one cannot be had; everything is as it was then
   */
  void replace(List<ListenerSettings> wanted) throws BindException {
    List<Listener> leaving = new ArrayList<>(open);
    List<ListenerSettings> missing = new ArrayList<>();
    Deque<Runnable> undo = new ArrayDeque<>();
    try {
      for (ListenerSettings settings : wanted) {
        Optional<Listener> kept = take(settings.endpoint(), leaving);
        if (kept.isPresent()) {
          change(kept.get(), settings, undo);
        } else {
          missing.add(settings);
        }
      }
      makeWay(missing, leaving, undo);
      for (ListenerSettings settings : missing) {
        add(settings, undo);
      }
    } catch (BindException | RuntimeException | Error e) {
      undo.forEach(Runnable::run);
      throw e;
    }
    leaving.forEach(this::drop);
  }

  /** Finds the listener of an endpoint among those not taken yet. */
  private static Optional<Listener> take(Endpoint endpoint, List<Listener> from) {
    Optional<Listener> found =
        from.stream()
            .filter(one -> one.settings().endpoint().equals(endpoint) && one.isReachable())
            .findFirst();
    found.ifPresent(from::remove);
    return found;
  }

  private void change(Listener listener, ListenerSettings settings, Deque<Runnable> undo)
      throws BindException {
    ListenerSettings before = listener.settings();
    if (!settings.equals(before)) {
      undo.push(() -> changeBack(listener, before));
      listener.change(settings);
    }
  }

  private void changeBack(Listener listener, ListenerSettings before) {
    try {
      listener.change(before);
    } catch (BindException e) {
      reception.events().internalFailure("restoring " + listener.endpoint(), e);
    }
  }

  /**
   * Every address and one address of the same port cannot both be bound: the old one goes first.
   */
  private void makeWay(
      List<ListenerSettings> missing, List<Listener> leaving, Deque<Runnable> undo) {
    for (Listener listener : List.copyOf(leaving)) {
      if (missing.stream().anyMatch(settings -> samePort(settings.endpoint(), listener))) {
        leaving.remove(listener);
        drop(listener);
        undo.push(() -> bringBack(listener.settings()));
      }
    }
  }

  private static boolean samePort(Endpoint wanted, Listener listener) {
    return wanted instanceof Endpoint.Inet one
        && listener.endpoint() instanceof Endpoint.Inet other
        && one.port() == other.port();
  }

  private void bringBack(ListenerSettings settings) {
    try {
      add(settings, new ArrayDeque<>());
    } catch (BindException e) {
      reception.events().internalFailure("restoring " + settings.endpoint(), e);
    }
  }

  private void add(ListenerSettings settings, Deque<Runnable> undo) throws BindException {
    Listener listener = Listener.open(settings, reception);
    open.add(listener);
    undo.push(() -> drop(listener));
    if (started) {
      listener.start();
    }
  }

  private void drop(Listener listener) {
    open.remove(listener);
    listener.close();
  }
}
