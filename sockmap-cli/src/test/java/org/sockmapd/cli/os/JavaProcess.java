package org.sockmapd.cli.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the tests in a Java virtual machine of its own. */
final class JavaProcess {
  private JavaProcess() {}

  /**
   * Gives the lines that a program prints.
   *
   * @param around what runs the virtual machine, such as {@code unshare --user}
   * @param options those of the virtual machine
   */
  static List<String> lines(
      List<String> around, List<String> options, Class<?> program, String argument)
      throws Exception {
    List<String> command = new ArrayList<>(around);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(options);
    command.addAll(List.of(program.getName(), argument));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return output.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }
}
