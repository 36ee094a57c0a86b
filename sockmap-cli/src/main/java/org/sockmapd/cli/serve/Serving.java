package org.sockmapd.cli.serve;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.config.Sysconfig;
import org.sockmapd.cli.log.Log;
import org.sockmapd.cli.log.LogSettings;
import org.sockmapd.cli.log.ServerLog;
import org.sockmapd.cli.log.TableLog;
import org.sockmapd.cli.os.PrivilegeException;
import org.sockmapd.cli.os.ServiceNotifier;
import org.sockmapd.cli.os.UnknownAccountException;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.SocketmapServer;

/** One run of the daemon, from the configuration to the end. For use by one thread. */
public final class Serving {
  private static final int OUT_OF_ORDER = 70;
  private static final int LOOKUPS_CUT_OFF = 75;

  // What closing databases and connections may take once no request is waited for any more.
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final ConfigurationSource source;
  private final Console console;
  private final Orders orders;
  private final ServiceNotifier supervisor;

  /**
   * Prepares a run.
   *
   * @param source where the configuration comes from
   * @param console where to say what an administrator who waits should see
   * @param orders what the daemon is told while it runs
   */
  public Serving(ConfigurationSource source, Console console, Orders orders) {
    this.source = source;
    this.console = console;
    this.orders = orders;
    this.supervisor = new ServiceNotifier(source.environment());
  }

  /**
   * Serves until it is ordered to stop.
   *
   * @return whether every request that was read was answered; false when some were cut off
   * @throws ConfigurationException if the configuration is wrong
   * @throws UnknownAccountException if it names a user or group that there is not
   * @throws BindException if an endpoint cannot be had
   * @throws PrivilegeException if root could not be given up
   * @throws IOException if it cannot be seen as whom the process runs
   * @throws InterruptedException if the thread is interrupted while it waits for orders
   */
  public boolean run()
      throws ConfigurationException,
          UnknownAccountException,
          PrivilegeException,
          IOException,
          InterruptedException {
    Configuration configuration = source.read();
    Sysconfig sysconfig = source.sysconfig(configuration);
    Rights rights = Rights.plan(sysconfig);
    try (Log log = console.log()) {
      log.hearLibraries();
      ServerLog events = new ServerLog(log, () -> console.halt(OUT_OF_ORDER));
      Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> report(events, thrown));
      AtomicReference<LookupTables> tables =
          new AtomicReference<>(configuration.open(new TableLog(log)));
      try (SocketmapServer server = server(tables.get(), sysconfig, events);
          Control control = Control.of(sysconfig.control(), tables::get, log)) {
        return serve(server, control, tables, configuration, sysconfig, log, rights);
      }
    }
  }

  /** No thread ends in silence, and none goes on without memory. */
  private static void report(ServerLog events, Throwable thrown) {
    if (thrown instanceof OutOfMemoryError error) {
      events.fatal(error);
    } else {
      events.internalFailure("running a thread", thrown);
    }
  }

  private static SocketmapServer server(
      LookupTables tables, Sysconfig sysconfig, ServerLog events) {
    return SocketmapServer.builder()
        .tables(tables)
        .listen(sysconfig.listen().toArray(ListenerSettings[]::new))
        .limits(sysconfig.limits())
        .threads(sysconfig.threads())
        .events(events)
        .build();
  }

  private boolean serve(
      SocketmapServer server,
      Control control,
      AtomicReference<LookupTables> tables,
      Configuration configuration,
      Sysconfig sysconfig,
      Log log,
      Rights rights)
      throws BindException, PrivilegeException, InterruptedException {
    LastResort lastResort = new LastResort(log, () -> console.halt(LOOKUPS_CUT_OFF));
    orders.force(
        () -> {
          lastResort.after(CLOSING);
          server.stopNow();
        });
    server.bind();
    control.bind();
    List<String> warnings = new ArrayList<>(rights.warnings());
    configuration.warnings().forEach(warning -> warnings.add(warning.toString()));
    boolean asUser = sysconfig.logfile().map(rights::opensAsUser).orElse(false);
    if (!asUser) {
      openLog(sysconfig, log, rights).ifPresent(warnings::add);
    }
    rights.giveUpRoot();
    if (asUser) {
      openLog(ConfigurationSource.log(sysconfig), log).ifPresent(warnings::add);
    }
    warnings.addAll(rights.outOfReach(configuration));
    server.start();
    control.start();
    console.announce(server.endpoints());
    supervisor.tell("READY=1").ifPresent(warnings::add);
    warnings.forEach(warning -> console.warn(warning, log));
    obeyReloads(new Reload(source, server, tables, sysconfig, log));
    supervisor.tell("STOPPING=1");
    lastResort.after(sysconfig.drainTimeout().plus(CLOSING));
    boolean drained = server.stop(sysconfig.drainTimeout());
    lastResort.ended();
    return drained;
  }

  private static Optional<String> openLog(Sysconfig sysconfig, Log log, Rights rights) {
    Optional<Path> file = sysconfig.logfile();
    LogSettings settings = ConfigurationSource.log(sysconfig);
    try {
      if (file.isPresent()) {
        rights.make(file.get());
      }
    } catch (IOException e) {
      return Optional.of("the log goes to standard error: " + Reload.describe(e));
    }
    boolean links = file.map(rights::followsLinks).orElse(true);
    return openLog(links ? settings : settings.withoutLinks(), log);
  }

  /** A log that cannot be opened is no reason to refuse mail: standard error takes its place. */
  private static Optional<String> openLog(LogSettings settings, Log log) {
    try {
      log.use(settings);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the log goes to standard error: " + Reload.describe(e));
    }
  }

  private void obeyReloads(Reload reload) throws InterruptedException {
    while (orders.next() == Orders.Order.RELOAD) {
      supervisor.tell("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000);
      reload.run();
      supervisor.tell("READY=1");
    }
  }
}
