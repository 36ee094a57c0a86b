package org.sockmapd.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A certificate authority, a server's certificate and a client's, made with {@code openssl} for one
 * test run. All are PEM files; keys are PKCS#8, RSA, without a password.
 *
 * @param authority the CA's certificate
 * @param clientCertificate names {@link DatabaseServer#CERTIFICATE_ONLY_USER}
 */
public record TlsFiles(
    Path authority,
    Path serverCertificate,
    Path serverKey,
    Path clientCertificate,
    Path clientKey) {

  private static final String RSA = "rsa:2048";
  private static final String CLIENT_SUBJECT = "/CN=" + DatabaseServer.CERTIFICATE_ONLY_USER;
  private static final String CLIENT_USAGE = "extendedKeyUsage=clientAuth";
  private static final String LOOPBACK = "DNS:localhost,IP:127.0.0.1,IP:::1";

  /**
   * Files in a new directory under {@code parent}; the server's certificate is for loopback by name
   * and address.
   */
  public static TlsFiles forLoopback(Path parent) {
    return create(parent, LOOPBACK);
  }

  /**
   * Files in a new directory under {@code parent}; the server's certificate is for that host name
   * only.
   */
  public static TlsFiles forHost(Path parent, String name) {
    return create(parent, "DNS:" + name);
  }

  /** The same, but for a client whose key is of an elliptic curve. */
  public TlsFiles withEllipticClient() {
    Path directory = Objects.requireNonNull(authority.getParent());
    sign(
        directory,
        "elliptic",
        CLIENT_SUBJECT,
        CLIENT_USAGE,
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256");
    return new TlsFiles(
        authority,
        serverCertificate,
        serverKey,
        directory.resolve("elliptic.crt"),
        directory.resolve("elliptic.key"));
  }

  /** The client's key in DER, which PostgreSQL's driver wants. */
  public Path clientKeyDer() {
    Path der = clientKey.resolveSibling("client.der");
    openssl(
        "pkcs8",
        "-topk8",
        "-nocrypt",
        "-outform",
        "DER",
        "-in",
        clientKey.toString(),
        "-out",
        der.toString());
    return der;
  }

  private static TlsFiles create(Path parent, String serverNames) {
    Prerequisite.require(
        ExecutablePath.find("openssl").isPresent(), "TLS tests need the openssl command");
    Path directory = Directories.temporaryIn(parent, "tls-");
    Path authority = directory.resolve("ca.crt");
    selfSign(directory, authority);
    sign(directory, "server", "/CN=server", "subjectAltName=" + serverNames, RSA);
    sign(directory, "client", CLIENT_SUBJECT, CLIENT_USAGE, RSA);
    return new TlsFiles(
        authority,
        directory.resolve("server.crt"),
        directory.resolve("server.key"),
        directory.resolve("client.crt"),
        directory.resolve("client.key"));
  }

  private static void selfSign(Path directory, Path authority) {
    String key = directory.resolve("ca.key").toString();
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "30",
        "-subj",
        "/CN=sockmapd test CA",
        "-keyout",
        key,
        "-out",
        authority.toString());
  }

  private static void sign(
      Path directory, String name, String subject, String extension, String... newKey) {
    String key = directory.resolve(name + ".key").toString();
    String request = directory.resolve(name + ".csr").toString();
    Path extensions = Directories.write(directory.resolve(name + ".ext"), extension + "\n");
    List<String> words = new ArrayList<>(List.of("req", "-newkey"));
    words.addAll(List.of(newKey));
    words.addAll(List.of("-nodes", "-subj", subject, "-keyout", key, "-out", request));
    openssl(words.toArray(String[]::new));
    openssl(
        "x509",
        "-req",
        "-days",
        "30",
        "-in",
        request,
        "-CA",
        directory.resolve("ca.crt").toString(),
        "-CAkey",
        directory.resolve("ca.key").toString(),
        "-CAcreateserial",
        "-extfile",
        extensions.toString(),
        "-out",
        directory.resolve(name + ".crt").toString());
  }

  private static void openssl(String... words) {
    Command.of(Stream.concat(Stream.of("openssl"), Stream.of(words)).toList()).runOrFail();
  }
}
