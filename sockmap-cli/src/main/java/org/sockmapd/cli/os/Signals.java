package org.sockmapd.cli.os;

import java.lang.reflect.Proxy;

/**
 * Hears signals. Java has no public interface for it: {@code sun.misc.Signal} of the module {@code
 * jdk.unsupported} is what there is, and javac warns of it with no way to say that it is known. So
 * it is reached by name.
 */
public final class Signals {
  private Signals() {}

  /**
   * Has an action run at each arrival of a signal, in place of what Java does then. The action runs
   * on a thread of its own. A signal that the process was started to ignore stays ignored, as
   * {@code nohup} wants it.
   *
   * @param name the name of the signal without {@code SIG}, such as {@code TERM}
   * @param action what to do; must not throw
   */
  public static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the signal " + name + " cannot be handled", e);
    }
  }
}
