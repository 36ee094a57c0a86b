package org.sockmapd.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of a UNIX socket, which stays behind when a server dies: it is replaced where nobody
 * listens on it any more, and removed at the end if it is still the same.
 */
final class UnixSocketFile {
  private static final int TYPE_MASK = 0170000;
  private static final int SOCKET_TYPE = 0140000;

  private final Path path;

  /** What tells our file from another of the same name; null until it is bound. */
  private @Nullable Object key;

  /** What it was made with; null until it is bound. */
  private @Nullable PosixFileAttributes born;

  UnixSocketFile(Path path) {
    this.path = path;
  }

  /** Removes the socket of a server that is no more. Fails if the place is taken otherwise. */
  void makeWay() throws IOException {
    Object found = fileKey();
    if (found == null) {
      return;
    }
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & TYPE_MASK) != SOCKET_TYPE) {
      throw new IOException("there is a file of that name which is not a socket");
    }
    if (isListenedOn()) {
      throw new IOException("another server listens on it");
    }
    if (found.equals(fileKey())) {
      Files.deleteIfExists(path);
    }
  }

  /** Asks without waiting: the queue of a live server may be full. */
  private boolean isListenedOn() throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException nobodyListens) {
      return false;
    } catch (SocketException e) {
      throw new IOException(
          "there is a socket already, and asking it failed: " + e.getMessage(), e);
    }
  }

  void bind(ServerSocketChannel channel, int backlog) throws IOException {
    channel.bind(UnixDomainSocketAddress.of(path), backlog);
    key = fileKey();
    born = attributes().readAttributes();
  }

  /**
   * Applies mode, owner and group to the file; where settings have none, those that it was made
   * with. Leaves alone what is as it should be, which a server that has given up root could not set
   * again.
   */
  void permit(ListenerSettings.Unix settings) throws IOException {
    PosixFileAttributeView attributes = attributes();
    PosixFileAttributes is = attributes.readAttributes();
    PosixFileAttributes made = born == null ? is : born;
    GroupPrincipal group =
        settings.group().isPresent() ? group(settings.group().get()) : made.group();
    if (!group.equals(is.group())) {
      attributes.setGroup(group);
    }
    UserPrincipal owner =
        settings.owner().isPresent() ? user(settings.owner().get()) : made.owner();
    if (!owner.equals(is.owner())) {
      attributes.setOwner(owner);
    }
    Set<PosixFilePermission> permissions = permissions(settings.mode());
    if (!permissions.equals(is.permissions())) {
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  /**
   * Of the file itself: somebody may have put a link in its place. The mode cannot be set so, as
   * that would need the socket to be opened.
   */
  private PosixFileAttributeView attributes() {
    return Files.getFileAttributeView(
        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private GroupPrincipal group(String name) throws IOException {
    try {
      return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
    } catch (UserPrincipalNotFoundException e) {
      throw new IOException("there is no group '" + name + "'", e);
    }
  }

  private UserPrincipal user(String name) throws IOException {
    try {
      return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
    } catch (UserPrincipalNotFoundException e) {
      throw new IOException("there is no user '" + name + "'", e);
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    StringBuilder text = new StringBuilder("rwxrwxrwx");
    for (int i = 0; i < text.length(); i++) {
      if ((mode & 0400 >> i) == 0) {
        text.setCharAt(i, '-');
      }
    }
    return PosixFilePermissions.fromString(text.toString());
  }

  /** Removes the file, unless another server has put its own in the place. */
  void remove() throws IOException {
    if (key != null && key.equals(fileKey())) {
      Files.deleteIfExists(path);
    }
  }

  /** Tells the file of this name from every other; null when there is none. */
  private @Nullable Object fileKey() throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
