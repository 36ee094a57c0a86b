package org.sockmapd.cli.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who could put another file, or a link to one, in the place of a file that root is to open or to
 * make in a folder. Whoever can would have root write where he himself may not.
 */
public enum FolderExposure {
  /** Nobody but root. */
  NONE,

  /** Users other than the one that the process is to become, and in the folder itself alone. */
  TO_OTHERS,

  /** The user that the process is to become, or somebody who can replace the folder as a whole. */
  TO_THE_ACCOUNT;

  private static final int GROUP_WRITE = 0020;
  private static final int OTHERS_WRITE = 0002;
  private static final int STICKY = 01000;

  /**
   * Looks at a folder and at all that it is in.
   *
   * @param folder the folder
   * @param account the user that the process is to become
   * @return who could interfere there
   * @throws IOException if it cannot be seen
   */
  public static FolderExposure of(Path folder, Account account) throws IOException {
    Path real = folder.toRealPath();
    FolderExposure exposure = ofOne(real, account);
    for (Path above = real.getParent(); above != null; above = above.getParent()) {
      if (ofOne(above, account) != NONE && !isSticky(above)) {
        return TO_THE_ACCOUNT;
      }
    }
    return exposure;
  }

  private static FolderExposure ofOne(Path folder, Account account) throws IOException {
    int uid = attribute(folder, "uid");
    int mode = attribute(folder, "mode");
    boolean group = (mode & GROUP_WRITE) != 0;
    boolean others = (mode & OTHERS_WRITE) != 0;
    if (uid == account.uid()
        || others
        || (group && account.groups().contains(attribute(folder, "gid")))) {
      return TO_THE_ACCOUNT;
    }
    return uid != 0 || group ? TO_OTHERS : NONE;
  }

  /** In a sticky folder nobody can replace what is another's, such as a folder in it. */
  private static boolean isSticky(Path folder) throws IOException {
    return (attribute(folder, "mode") & STICKY) != 0;
  }

  private static int attribute(Path folder, String name) throws IOException {
    return (Integer) Files.getAttribute(folder, "unix:" + name);
  }
}
