package org.sockmapd.cli.os;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;

/** The functions of the C library that are needed. Each is described in its manual page. */
final class LibC {
  static {
    Native.register(LibC.class, "c");
  }

  private LibC() {}

  static native @Nullable Pointer getpwnam(String name);

  static native @Nullable Pointer getpwuid(int uid);

  static native @Nullable Pointer getgrnam(String name);

  static native int getgrouplist(String user, int group, int[] groups, IntByReference count);

  static native int setgroups(NativeLong count, int[] groups) throws LastErrorException;

  static native int setgid(int gid) throws LastErrorException;

  static native int setuid(int uid) throws LastErrorException;

  static native int getuid();

  static native int geteuid();

  static native int socket(int domain, int type, int protocol) throws LastErrorException;

  static native NativeLong sendto(
      int socket, byte[] message, NativeLong length, int flags, byte[] address, int addressLength)
      throws LastErrorException;

  static native int open(String path, int flags, int mode) throws LastErrorException;

  static native int fchown(int descriptor, int user, int group) throws LastErrorException;

  static native int close(int descriptor) throws LastErrorException;
}
