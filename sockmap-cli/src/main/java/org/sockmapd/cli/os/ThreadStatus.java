package org.sockmapd.cli.os;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * As whom a thread of this process runs, from {@code /proc} (proc(5)).
 *
 * @param users the numbers of its real, effective, saved and file system user
 * @param groups the numbers of its real, effective, saved and file system group
 * @param supplementary the numbers of its further groups, ascending
 * @param capabilities the rights of root that it has or may take, as hexadecimal numbers
 */
record ThreadStatus(
    List<Integer> users,
    List<Integer> groups,
    List<Integer> supplementary,
    List<String> capabilities) {
  private static final long NET_BIND_SERVICE = 1L << 10;
  private static final Path PROCESS = Path.of("/proc/self/status");
  private static final Path THREADS = Path.of("/proc/self/task");

  /** Reads the status of the process, which is that of its first thread. */
  static ThreadStatus ofProcess() throws IOException {
    return parse(Files.readAllLines(PROCESS));
  }

  /** Reads the status of every thread. */
  static List<ThreadStatus> ofAllThreads() throws IOException {
    List<ThreadStatus> all = new ArrayList<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        readInto(all, thread.resolve("status"));
      }
    }
    return all;
  }

  private static void readInto(List<ThreadStatus> all, Path status) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(status);
    } catch (NoSuchFileException e) {
      // The thread has ended meanwhile.
      lines = List.of();
    } catch (IOException e) {
      if (Files.exists(status)) {
        throw e;
      }
      // ESRCH, for a thread that ended between open and read.
      lines = List.of();
    }
    if (!lines.isEmpty()) {
      all.add(parse(lines));
    }
  }

  static ThreadStatus parse(List<String> lines) {
    Map<String, String> fields =
        lines.stream()
            .filter(line -> line.contains(":"))
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(':')),
                    line -> line.substring(line.indexOf(':') + 1).strip(),
                    (first, second) -> first));
    return new ThreadStatus(
        numbers(fields, "Uid"),
        numbers(fields, "Gid"),
        numbers(fields, "Groups").stream().sorted().toList(),
        List.of(field(fields, "CapPrm"), field(fields, "CapEff")));
  }

  private static List<Integer> numbers(Map<String, String> fields, String name) {
    return Arrays.stream(field(fields, name).split("\\s+"))
        .filter(text -> !text.isEmpty())
        .map(Integer::parseUnsignedInt)
        .toList();
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalStateException("no " + name + " in the status of a thread");
    }
    return value;
  }

  boolean isRoot() {
    return users.get(1) == 0;
  }

  /** Tells whether it has CAP_NET_BIND_SERVICE. */
  boolean mayBindLowPorts() {
    return (Long.parseUnsignedLong(capabilities.get(1), 16) & NET_BIND_SERVICE) != 0;
  }

  /** Tells what of another account this thread still has; empty when it is the account's alone. */
  String differenceFrom(Account account) {
    if (!users.stream().allMatch(uid -> uid == account.uid())) {
      return "its users are " + users;
    }
    if (!groups.stream().allMatch(gid -> gid == account.gid())) {
      return "its groups are " + groups;
    }
    if (!supplementary.equals(account.groups())) {
      return "its further groups are " + supplementary;
    }
    boolean powerless = capabilities.stream().allMatch(rights -> rights.matches("0+"));
    return powerless ? "" : "its capabilities are " + capabilities;
  }
}
