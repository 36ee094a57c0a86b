package org.sockmapd.cli.os;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A user and his groups, as the system's databases (passwd, group) have them.
 *
 * @param name the name, or the number of a user without one
 * @param uid the user's number
 * @param gid the number of the group
 * @param groups the numbers of all groups the user is in, {@code gid} among them, ascending
 */
public record Account(String name, int uid, int gid, List<Integer> groups) {
  // Linux allows 65,536 (NGROUPS_MAX).
  private static final int MAX_GROUPS = 65_536;

  /** Keeps a sorted copy of the groups. */
  public Account {
    Objects.requireNonNull(name, "name");
    groups = groups.stream().distinct().sorted().toList();
  }

  /**
   * Finds an account.
   *
   * @param user a user's name or number
   * @param group a group's name or number, in place of the user's own
   * @return the account
   * @throws UnknownAccountException if there is no such user or group
   */
  public static Account find(String user, Optional<String> group) throws UnknownAccountException {
    Optional<Pointer> entry = userEntry(user);
    Optional<Integer> uid = entry.map(Account::firstNumber).or(() -> number(user));
    if (uid.isEmpty()) {
      throw new UnknownAccountException("run_as_user", "there is no user " + user);
    }
    Optional<Integer> gid =
        group.isPresent() ? groupNumber(group.get()) : entry.map(Account::secondNumber);
    if (gid.isEmpty()) {
      throw new UnknownAccountException(
          "run_as_group",
          group
              .map(name -> "there is no group " + name)
              .orElse("is needed, since the user " + user + " is in no list of users"));
    }
    String name = entry.map(Account::name).orElse(user);
    List<Integer> groups = entry.isPresent() ? groups(name, gid.get()) : List.of(gid.get());
    return new Account(name, uid.get(), gid.get(), groups);
  }

  private static Optional<Pointer> userEntry(String user) {
    return Optional.ofNullable(LibC.getpwnam(user)).or(() -> number(user).map(LibC::getpwuid));
  }

  private static Optional<Integer> groupNumber(String group) {
    return Optional.ofNullable(LibC.getgrnam(group))
        .map(Account::firstNumber)
        .or(() -> number(group));
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  // struct passwd begins with name, password, uid, gid; struct group with name, password, gid.
  private static String name(Pointer entry) {
    return entry.getPointer(0).getString(0);
  }

  private static int firstNumber(Pointer entry) {
    return entry.getInt(2L * Native.POINTER_SIZE);
  }

  private static int secondNumber(Pointer entry) {
    return entry.getInt(2L * Native.POINTER_SIZE + Integer.BYTES);
  }

  private static List<Integer> groups(String user, int gid) {
    int[] groups = new int[MAX_GROUPS];
    IntByReference count = new IntByReference(groups.length);
    LibC.getgrouplist(user, gid, groups, count);
    return Arrays.stream(groups, 0, Math.min(groups.length, count.getValue())).boxed().toList();
  }
}
