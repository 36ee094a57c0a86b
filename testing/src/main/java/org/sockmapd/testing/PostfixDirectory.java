package org.sockmapd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of a private Postfix, apart from those of the machine's own: configuration, queue, data
 * and log.
 */
record PostfixDirectory(Path root, int smtpPort) {

  private static final String SERVICES =
      """
      pickup     unix       n - n 60    1 pickup
      cleanup    unix       n - n -     0 cleanup
      qmgr       unix       n - n 300   1 qmgr
      tlsmgr     unix       - - n 1000? 1 tlsmgr
      rewrite    unix       - - n -     - trivial-rewrite
      bounce     unix       - - n -     0 bounce
      defer      unix       - - n -     0 bounce
      trace      unix       - - n -     0 bounce
      verify     unix       - - n -     1 verify
      flush      unix       n - n 1000? 0 flush
      proxymap   unix       - - n -     - proxymap
      proxywrite unix       - - n -     1 proxymap
      smtp       unix       - - n -     - smtp
      relay      unix       - - n -     - smtp
      error      unix       - - n -     - error
      retry      unix       - - n -     - error
      discard    unix       - - n -     - discard
      local      unix       - n n -     - local
      virtual    unix       - n n -     - virtual
      anvil      unix       - - n -     1 anvil
      scache     unix       - - n -     1 scache
      postlog    unix-dgram n - n -     1 postlogd
      """;

  /**
   * Writes the configuration: {@code parameters} over defaults that reach nobody and wait for
   * nobody.
   */
  static PostfixDirectory create(Map<String, String> parameters) {
    return create(parameters, List.of());
  }

  /** The same, with further options of the SMTP server in {@code master.cf}. */
  static PostfixDirectory create(Map<String, String> parameters, List<String> smtpdOptions) {
    Prerequisite.require(
        ExecutablePath.find("postfix").isPresent() && ExecutablePath.find("postmap").isPresent(),
        "these tests need Postfix (Debian's packages postfix, postfix-mysql, postfix-pgsql, postfix-sqlite)");
    PostfixDirectory directory =
        new PostfixDirectory(Directories.temporary("sockmapd-postfix-"), FreePort.choose());
    directory.write(parameters, smtpdOptions);
    return directory;
  }

  /** The environment that makes Postfix's commands use this one. */
  Map<String, String> environment() {
    return Map.of("MAIL_CONFIG", configuration().toString());
  }

  Path log() {
    return root.resolve("maillog");
  }

  void delete() {
    Directories.deleteTree(root);
  }

  private Path configuration() {
    return root.resolve("etc");
  }

  Path mainCf() {
    return configuration().resolve("main.cf");
  }

  private void write(Map<String, String> parameters, List<String> smtpdOptions) {
    try {
      // Postfix's processes run as the user postfix and have to come through here.
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (String name : List.of("etc", "queue", "data")) {
        Files.createDirectory(root.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Directories.write(mainCf(), mainCf(parameters));
    Directories.write(
        configuration().resolve("master.cf"),
        "127.0.0.1:%d inet n - n - - smtpd\n".formatted(smtpPort)
            + smtpdOptions.stream()
                .map(option -> "  -o { " + option + " }\n")
                .collect(Collectors.joining())
            + SERVICES);
  }

  private String mainCf(Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>(defaults());
    all.putAll(parameters);
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("compatibility_level", "3.6");
    defaults.put("queue_directory", root.resolve("queue").toString());
    defaults.put("data_directory", root.resolve("data").toString());
    defaults.put("maillog_file", log().toString());
    defaults.put("maillog_file_prefixes", root.toString());
    defaults.put("myhostname", "mx.test");
    defaults.put("mydestination", "");
    defaults.put("mynetworks", "");
    defaults.put("alias_maps", "");
    defaults.put("inet_interfaces", "127.0.0.1");
    defaults.put("inet_protocols", "ipv4");
    defaults.put("smtpd_peername_lookup", "no");
    defaults.put("smtp_dns_support_level", "disabled");
    defaults.put("default_transport", "discard:");
    defaults.put("relay_transport", "discard:");
    defaults.put("virtual_transport", "discard:");
    // A test asks many wrong questions in one session, and none of them is to be slowed down for
    // it.
    defaults.put("smtpd_error_sleep_time", "0");
    defaults.put("smtpd_soft_error_limit", "10000");
    defaults.put("smtpd_hard_error_limit", "10000");
    defaults.put("smtpd_junk_command_limit", "10000");
    return defaults;
  }
}
