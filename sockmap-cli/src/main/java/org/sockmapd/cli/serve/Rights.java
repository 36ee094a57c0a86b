package org.sockmapd.cli.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.NeededFile;
import org.sockmapd.cli.config.Sysconfig;
import org.sockmapd.cli.os.Account;
import org.sockmapd.cli.os.FolderExposure;
import org.sockmapd.cli.os.NewFile;
import org.sockmapd.cli.os.PrivilegeException;
import org.sockmapd.cli.os.Privileges;
import org.sockmapd.cli.os.UnknownAccountException;

/** As whom the daemon runs: as root only until everything is open that root is needed for. */
final class Rights {
  private final Optional<Account> account;
  private final List<String> warnings;

  private Rights(Optional<Account> account, List<String> warnings) {
    this.account = account;
    this.warnings = warnings;
  }

  /**
   * Finds as whom to go on.
   *
   * @throws UnknownAccountException if the configuration names somebody whom the system does not
   *     know
   * @throws IOException if it cannot be seen as whom the process runs
   */
  static Rights plan(Sysconfig sysconfig) throws UnknownAccountException, IOException {
    if (!Privileges.isRoot()) {
      return new Rights(Optional.empty(), warningsOfOthers(sysconfig));
    }
    if (sysconfig.runAsUser().isEmpty()) {
      return new Rights(
          Optional.empty(),
          List.of("running as root; set run_as_user and run_as_group to give it up after binding"));
    }
    return new Rights(
        Optional.of(Account.find(sysconfig.runAsUser().get(), sysconfig.runAsGroup())), List.of());
  }

  private static List<String> warningsOfOthers(Sysconfig sysconfig) {
    String self = System.getProperty("user.name", "");
    return sysconfig
        .runAsUser()
        .filter(user -> !user.equals(self))
        .map(
            user ->
                "run_as_user is "
                    + user
                    + ", but only root can become another user; going on as "
                    + self)
        .map(List::of)
        .orElse(List.of());
  }

  /** What to tell the administrator. */
  List<String> warnings() {
    return warnings;
  }

  /**
   * Tells whether a log is to be opened only when root has been given up: the user whom the process
   * becomes could have put a link to another file in its place.
   */
  boolean opensAsUser(Path log) {
    return exposure(log) == FolderExposure.TO_THE_ACCOUNT;
  }

  /** Tells whether a log may be a symbolic link: not where others than root could have made it. */
  boolean followsLinks(Path log) {
    return exposure(log) != FolderExposure.TO_OTHERS;
  }

  private FolderExposure exposure(Path log) {
    if (account.isEmpty()) {
      return FolderExposure.NONE;
    }
    try {
      Path folder = Objects.requireNonNull(log.toAbsolutePath().getParent());
      return FolderExposure.of(folder, account.get());
    } catch (IOException e) {
      return FolderExposure.TO_THE_ACCOUNT; // Root has nothing to do where it cannot see.
    }
  }

  /** Makes a log that is not there, for the user who will have to open it anew. */
  void make(Path log) throws IOException {
    if (account.isPresent() && Files.notExists(log, LinkOption.NOFOLLOW_LINKS)) {
      NewFile.make(log, account.get());
    }
  }

  /**
   * Gives up root, if that was planned.
   *
   * @throws PrivilegeException if it did not take; the process must end then
   */
  void giveUpRoot() throws PrivilegeException {
    if (account.isPresent()) {
      Privileges.giveUpFor(account.get());
    }
  }

  /** Tells which of the files that will be opened again cannot be opened any more. */
  List<String> outOfReach(Configuration configuration) {
    if (account.isEmpty()) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    for (NeededFile file : configuration.neededFiles()) {
      if (!Files.isReadable(file.path())) {
        warnings.add(name() + " cannot read " + file.path() + ": " + file.without());
      }
    }
    configuration
        .sysconfig()
        .logfile()
        .filter(file -> !Files.isWritable(file))
        .ifPresent(
            file -> warnings.add(name() + " cannot write " + file + ": its rotation will fail"));
    return warnings;
  }

  private String name() {
    return account.map(found -> "the user " + found.name()).orElse("this user");
  }
}
