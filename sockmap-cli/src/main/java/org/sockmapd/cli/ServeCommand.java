package org.sockmapd.cli;

import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.os.NameCache;
import org.sockmapd.cli.os.PrivilegeException;
import org.sockmapd.cli.os.StandardStream;
import org.sockmapd.cli.os.UnknownAccountException;
import org.sockmapd.cli.serve.ConfigurationSource;
import org.sockmapd.cli.serve.Console;
import org.sockmapd.cli.serve.Orders;
import org.sockmapd.cli.serve.Serving;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Answers lookups until it is told to stop.",
      "Prints where it listens once it is ready."
    },
    footer = {
      "",
      "Signals:",
      "  SIGTERM, SIGINT   stop: requests under way are answered; a second one stops at once",
      "  SIGHUP, SIGUSR1   read the configuration anew and reopen the log file; a configuration",
      "                    with an error changes nothing, and the log says what is wrong with it",
      "",
      "Exit status:",
      "  0   stopped as it was told",
      "  69  an endpoint cannot be had, such as a port in use",
      "  75  stopped as it was told, but lookups that did not end were cut off",
      "  77  root could not be given up (run_as_user)",
      "  78  the configuration is wrong; each problem is a line on standard error",
      "",
      "Examples:",
      "  sockmapd serve -c /etc/sockmapd/sockmapd.json",
      "  sockmapd serve -c examples/quickstart/sockmapd.json -p 2225"
    })
final class ServeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private ServeOptions options = new ServeOptions();

  ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return serve(options, surroundings);
  }

  static int serve(ServeOptions options, Surroundings surroundings) throws InterruptedException {
    Orders orders = new Orders();
    orders.takeFromSignals();
    StandardStream.beImpatient();
    return serve(options, surroundings, orders);
  }

  static int serve(ServeOptions options, Surroundings surroundings, Orders orders)
      throws InterruptedException {
    NameCache.keepForASecond();
    ConfigurationSource source =
        new ConfigurationSource(
            options.configuration(), options.port(), surroundings.environment());
    Console console =
        new Console(
            surroundings.out(),
            surroundings.err(),
            surroundings.environment(),
            Clock.system(ZoneId.systemDefault()));
    try {
      boolean drained = new Serving(source, console, orders).run();
      return drained ? ExitStatus.OK : ExitStatus.TEMPORARY;
    } catch (ConfigurationException e) {
      e.problems().forEach(surroundings.err()::println);
      return ExitStatus.CONFIGURATION;
    } catch (UnknownAccountException e) {
      return fail(
          surroundings, options.configuration() + ": " + e.getMessage(), ExitStatus.CONFIGURATION);
    } catch (BindException e) {
      return fail(surroundings, e.getMessage(), ExitStatus.UNAVAILABLE);
    } catch (PrivilegeException | IOException e) {
      return fail(surroundings, e.getMessage(), ExitStatus.NO_PERMISSION);
    }
  }

  private static int fail(Surroundings surroundings, @Nullable String problem, int status) {
    surroundings.err().println("sockmapd: " + problem);
    return status;
  }
}
