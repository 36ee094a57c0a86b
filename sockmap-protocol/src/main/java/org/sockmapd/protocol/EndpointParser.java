package org.sockmapd.protocol;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads endpoints, and says what is wrong with those that are none. */
final class EndpointParser {
  private static final String EXPECTED = "expected inet:host:port, inet:[v6]:port or unix:path";
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]*)\\]:(.*)");
  private static final Pattern V6_ADDRESS = Pattern.compile("[0-9A-Fa-f:.]+(%[\\w.-]+)?");
  private static final Pattern NAME = Pattern.compile("[\\w.-]+", Pattern.UNICODE_CHARACTER_CLASS);

  private EndpointParser() {}

  static Endpoint parse(String text) {
    try {
      return parsed(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an endpoint: " + e.getMessage() + " (" + EXPECTED + ")", e);
    }
  }

  private static Endpoint parsed(String text) {
    if (text.startsWith("inet:")) {
      return inet(text.substring("inet:".length()));
    }
    if (text.startsWith("unix:")) {
      return new Endpoint.Unix(path(text.substring("unix:".length())));
    }
    throw new IllegalArgumentException("it begins with neither inet: nor unix:");
  }

  private static Endpoint.Inet inet(String address) {
    Matcher bracketed = BRACKETED.matcher(address);
    if (bracketed.matches()) {
      return v6(bracketed.group(1), bracketed.group(2));
    }
    int colon = address.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("it has no port");
    }
    String host = address.substring(0, colon);
    if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "there are too many colons: an IPv6 address stands in brackets, and no map name follows");
    }
    return new Endpoint.Inet(host, port(address.substring(colon + 1)));
  }

  private static Endpoint.Inet v6(String host, String port) {
    if (host.indexOf(':') < 0) {
      throw new IllegalArgumentException("'" + host + "' in brackets is not an IPv6 address");
    }
    return new Endpoint.Inet(host, port(port));
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("port '" + text + "' is not a number from 0 to 65535");
    }
    return Integer.parseInt(text);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("its path is not one: " + e.getReason(), e);
    }
  }

  static void requireHost(String host) {
    if (host.isEmpty()) {
      throw new IllegalArgumentException(
          "it has no host: 0.0.0.0 or [::] stand for every address of a server");
    }
    if (!(host.indexOf(':') >= 0 ? V6_ADDRESS : NAME).matcher(host).matches()) {
      throw new IllegalArgumentException("host '" + host + "' is neither a name nor an address");
    }
  }

  static void requirePort(int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not a number from 0 to 65535");
    }
  }
}
