package org.sockmapd.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command has around it. Commands use this and nothing of {@link System}, so that a test can
 * run them like the shell does.
 *
 * @param in standard input, as bytes: keys need not be text
 * @param out takes results
 * @param err takes messages
 * @param environment the environment variables
 */
public record Surroundings(
    InputStream in, PrintWriter out, PrintWriter err, Map<String, String> environment) {
  public Surroundings {
    environment = Map.copyOf(environment);
  }
}
