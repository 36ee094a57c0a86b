package org.sockmapd.cli.serve;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.config.Sysconfig;
import org.sockmapd.cli.log.Log;
import org.sockmapd.cli.log.TableLog;
import org.sockmapd.cli.os.LowPorts;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.SocketmapServer;

/**
 * Puts a changed configuration in place, all of it or none of it. The limits, the kind of threads,
 * the control socket and the user are those of the start.
 */
final class Reload {
  private final ConfigurationSource source;
  private final SocketmapServer server;
  private final AtomicReference<LookupTables> current;
  private final Sysconfig begun;
  private final Log log;

  Reload(
      ConfigurationSource source,
      SocketmapServer server,
      AtomicReference<LookupTables> current,
      Sysconfig begun,
      Log log) {
    this.source = source;
    this.server = server;
    this.current = current;
    this.begun = begun;
    this.log = log;
  }

  void run() {
    try {
      Configuration configuration = source.read();
      Sysconfig sysconfig = source.sysconfig(configuration);
      replace(configuration, sysconfig);
      configuration.warnings().forEach(warning -> log.warn(warning.toString()));
      reopenLog(sysconfig);
      if (sysconfig.needsRestart(begun)) {
        log.warn(
            "what changed of the limits, drain_timeout, threads, control, run_as_user and"
                + " run_as_group takes effect with a restart");
      }
      log.info("reloaded " + source.file() + " maps=" + configuration.postmaps().size());
    } catch (ConfigurationException e) {
      e.problems().forEach(problem -> log.error("not reloaded: " + problem));
    } catch (BindException e) {
      log.error("not reloaded: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      log.error("not reloaded", e);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      // A table type of somebody else's can throw anything, and its jar can be broken.
      log.error("not reloaded", e);
    }
  }

  private void replace(Configuration configuration, Sysconfig sysconfig)
      throws ConfigurationException, BindException {
    keepLowPorts(sysconfig.listen());
    LookupTables tables = configuration.open(new TableLog(log));
    try {
      server.replaceListeners(sysconfig.listen());
    } catch (BindException | RuntimeException | Error e) {
      tables.close();
      throw e;
    }
    server.replaceTables(tables);
    current.set(tables);
  }

  /**
   * Where a new listener needs the port of an old one, that is closed first: without root, neither
   * could be had then.
   */
  private void keepLowPorts(List<ListenerSettings> wanted) throws BindException {
    List<Endpoint> open = server.endpoints();
    for (ListenerSettings listener : wanted) {
      if (listener.endpoint() instanceof Endpoint.Inet inet
          && !open.contains(inet)
          && open.stream().anyMatch(other -> samePort(inet, other))
          && !LowPorts.mayListenOn(inet.port())) {
        throw new BindException(
            inet + ": only root may listen on this port; it takes a restart to do so elsewhere");
      }
    }
  }

  private static boolean samePort(Endpoint.Inet wanted, Endpoint open) {
    return open instanceof Endpoint.Inet inet && inet.port() == wanted.port();
  }

  private void reopenLog(Sysconfig sysconfig) {
    try {
      log.use(ConfigurationSource.log(sysconfig));
    } catch (IOException e) {
      log.warn("the log goes on where it was: " + describe(e));
    }
  }

  /** Says what the exceptions of files leave to their class. */
  static String describe(IOException problem) {
    return switch (problem) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileSystemException other -> String.valueOf(other.getMessage());
      default -> problem.toString();
    };
  }
}
