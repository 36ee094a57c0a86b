package org.sockmapd.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
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
import java.util.Objects;
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

  /** Returns whether clients find the socket: nobody has removed or replaced its file. */
  boolean isInPlace() {
    try {
      return key != null && key.equals(fileKey());
    } catch (IOException e) {
      return false;
    }
  }

  void bind(ServerSocketChannel channel, int backlog) throws IOException {
    try {
      channel.bind(UnixDomainSocketAddress.of(path), backlog);
    } catch (SocketException e) {
      throw new IOException(whyNotMade(e), e);
    }
    key = fileKey();
    born = attributes().readAttributes();
  }

  private String whyNotMade(SocketException failure) {
    Path folder = Objects.requireNonNullElse(path.toAbsolutePath().getParent(), path);
    if (Files.notExists(folder)) {
      return "the folder " + folder + " does not exist";
    }
    return Files.isWritable(folder)
        ? "the socket cannot be made: " + failure.getMessage()
        : "this user may not make a file in " + folder;
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
      setGroup(attributes, group);
    }
    UserPrincipal owner =
        settings.owner().isPresent() ? user(settings.owner().get()) : made.owner();
    if (!owner.equals(is.owner())) {
      setOwner(attributes, owner);
    }
    Set<PosixFilePermission> permissions = permissions(settings.mode());
    if (!permissions.equals(is.permissions())) {
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  private static void setGroup(PosixFileAttributeView attributes, GroupPrincipal group)
      throws IOException {
    try {
      attributes.setGroup(group);
    } catch (FileSystemException e) {
      throw new IOException(
          "the group '%s' cannot be given to it (%s): the daemon's user must be in that group, or root"
              .formatted(group.getName(), e.getReason()),
          e);
    }
  }

  private static void setOwner(PosixFileAttributeView attributes, UserPrincipal owner)
      throws IOException {
    try {
      attributes.setOwner(owner);
    } catch (FileSystemException e) {
      throw new IOException(
          "the owner '%s' cannot be given to it (%s): only root can do that"
              .formatted(owner.getName(), e.getReason()),
          e);
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
