package org.sockmapd.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sendmail's test mode, {@code sendmail -bt}: what Sendmail itself makes of a map. The program is
 * unpacked beside the machine's mail system, never installed; {@code build/unpack-sendmail.sh} does
 * so. It is found in the directory that the environment variable {@code SENDMAIL_HOME} names, else
 * in {@code target/sendmail} of the checkout.
 *
 * <p>The calling test is skipped where it is absent or the user is not root (see {@link
 * Prerequisite}).
 */
public final class Sendmail {

  private static final String PROGRAM = "usr/libexec/sendmail/sendmail";
  private static final Pattern ANSWER =
      Pattern.compile(
          "map_lookup: \\S+ \\(.*\\) (?:returns (.*)|no match) \\((\\d+)\\)", Pattern.DOTALL);

  // Without a domain in the host name it would sleep a minute and try again.
  private static final String RUN = "hostname mx.test && exec \"$0\" -bt -C \"$1\"";

  /**
   * What a map gave.
   *
   * @param status of sysexits.h: 0 is a definitive answer, 75 a temporary failure, 69 a permanent
   *     one
   */
  public record Answer(Optional<String> value, int status) {}

  private Sendmail() {}

  /**
   * Looks one key up.
   *
   * @param name what the map is called in sendmail.cf, which is also the map name of a socketmap's
   *     request
   * @param map the rest of its {@code K} line, such as {@code socket -d5 inet:2224@127.0.0.1}
   */
  public static Answer map(String name, String map, String key) {
    Prerequisite.require(
        "root".equals(System.getProperty("user.name")), "sendmail -bt can only be run by root");
    Path home = home();
    Path directory = Directories.temporary("sockmapd-sendmail-");
    try {
      return parse(testMode(home, configuration(directory, name, map), name, key));
    } finally {
      Directories.deleteTree(directory);
    }
  }

  private static Command.Outcome testMode(Path home, Path configuration, String name, String key) {
    String program = home.resolve(PROGRAM).toString();
    return Command.of("unshare", "--uts", "bash", "-c", RUN, program, configuration.toString())
        .withEnvironment(Map.of("LD_LIBRARY_PATH", libraries(home)))
        .withInput("/map " + name + " " + key + "\n")
        .run();
  }

  private static Answer parse(Command.Outcome outcome) {
    Matcher answer = ANSWER.matcher(outcome.stdout());
    if (!answer.find()) {
      throw new IllegalStateException("sendmail gave no answer: " + outcome);
    }
    return new Answer(Optional.ofNullable(answer.group(1)), Integer.parseInt(answer.group(2)));
  }

  private static Path configuration(Path directory, String name, String map) {
    return Directories.write(
        directory.resolve("sendmail.cf"),
        """
        V10/Berkeley
        K%s %s
        O DontBlameSendmail=TrustStickyBit
        Mlocal, P=/bin/false, A=false
        """
            .formatted(name, map));
  }

  private static Path home() {
    Optional<Path> home =
        Stream.concat(
                Optional.ofNullable(System.getenv("SENDMAIL_HOME")).map(Path::of).stream(),
                checkouts().map(directory -> directory.resolve("target/sendmail")))
            .filter(directory -> Files.isExecutable(directory.resolve(PROGRAM)))
            .findFirst();
    Prerequisite.require(
        home.isPresent(), "these tests need Sendmail, unpacked by build/unpack-sendmail.sh");
    return home.orElseThrow();
  }

  // Tests run in the directory of their module.
  private static Stream<Path> checkouts() {
    return Stream.iterate(
        Path.of("").toAbsolutePath(), directory -> directory != null, Path::getParent);
  }

  private static String libraries(Path home) {
    return home.resolve("usr/lib/x86_64-linux-gnu") + ":" + home.resolve("lib/x86_64-linux-gnu");
  }
}
