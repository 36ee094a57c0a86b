package org.sockmapd.cli.os;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.util.List;

/** The rights with which the process runs. */
public final class Privileges {
  private Privileges() {}

  /**
   * Tells whether the process runs as root.
   *
   * @return true for root
   * @throws IOException if {@code /proc} cannot be read
   */
  public static boolean isRoot() throws IOException {
    return ThreadStatus.ofProcess().isRoot();
  }

  /**
   * Goes on as another user, for good and in every thread: groups first, then the user, and then
   * looks whether it took.
   *
   * @param account the user; not root
   * @throws PrivilegeException if it did not take; the process may have some of the rights left and
   *     must end
   */
  public static void giveUpFor(Account account) throws PrivilegeException {
    if (account.uid() == 0) {
      throw new PrivilegeException("the user " + account.name() + " is root");
    }
    become(account);
    verify(account);
    tryToGetRootBack();
  }

  private static void become(Account account) throws PrivilegeException {
    int[] groups = account.groups().stream().mapToInt(Integer::intValue).toArray();
    String step = "setgroups";
    try {
      LibC.setgroups(new NativeLong(groups.length), groups);
      step = "setgid";
      LibC.setgid(account.gid());
      step = "setuid";
      LibC.setuid(account.uid());
    } catch (LastErrorException e) {
      throw new PrivilegeException(
          step + " for the user " + account.name() + " failed with error " + e.getErrorCode());
    }
  }

  private static void verify(Account account) throws PrivilegeException {
    if (LibC.getuid() != account.uid() || LibC.geteuid() != account.uid()) {
      throw new PrivilegeException("the process does not run as " + account.name());
    }
    for (ThreadStatus thread : threads()) {
      String difference = thread.differenceFrom(account);
      if (!difference.isEmpty()) {
        throw new PrivilegeException(
            "a thread does not run as " + account.name() + ": " + difference);
      }
    }
  }

  private static List<ThreadStatus> threads() throws PrivilegeException {
    try {
      return ThreadStatus.ofAllThreads();
    } catch (IOException e) {
      throw new PrivilegeException("it cannot be seen as whom the threads run: " + e.getMessage());
    }
  }

  private static void tryToGetRootBack() throws PrivilegeException {
    try {
      LibC.setuid(0);
    } catch (LastErrorException e) {
      // As it must be.
      return;
    }
    throw new PrivilegeException("root could be had back");
  }
}
