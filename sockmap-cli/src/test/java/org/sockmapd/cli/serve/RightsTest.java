package org.sockmapd.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.cli.os.Privileges;

class RightsTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsRoot() throws Exception {
    assumeThat(Privileges.isRoot()).as("giving away a file needs root").isTrue();
  }

  @Test
  void makesALogForWhoGoesOn() throws Exception {
    Path log = folder.resolve("sockmapd.log");

    rights().make(log);

    assertThat(Files.getOwner(log).getName()).isEqualTo("nobody");
    assertThat(Files.getPosixFilePermissions(log))
        .isSubsetOf(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void makesNoLogWhereALinkLeads() throws Exception {
    Path target = folder.resolve("target");
    Path link = Files.createSymbolicLink(folder.resolve("sockmapd.log"), target);

    rights().make(link);

    assertThat(target).doesNotExist();
  }

  @Test
  void opensALogAsRootOnlyWhereNobodyElseCanPutALink() throws Exception {
    assertThat(rights().opensAsUser(folder.resolve("log"))).isFalse();
    assertThat(rights().followsLinks(folder.resolve("log"))).isTrue();

    Path ofMail = Files.createDirectory(folder.resolve("of-mail"));
    Files.setAttribute(ofMail, "unix:gid", 8);
    Files.setPosixFilePermissions(ofMail, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThat(rights().opensAsUser(ofMail.resolve("log"))).isFalse();
    assertThat(rights().followsLinks(ofMail.resolve("log"))).isFalse();

    Path ofNobody = Files.createDirectory(folder.resolve("of-nobody"));
    Path below = Files.createDirectory(ofNobody.resolve("of-root"));
    Files.setOwner(
        ofNobody,
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    assertThat(rights().opensAsUser(ofNobody.resolve("log"))).isTrue();
    assertThat(rights().opensAsUser(below.resolve("log"))).isTrue();
  }

  private Rights rights() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("sockmapd.json"),
            """
            {"sysconfig": {"run_as_user": "nobody"},
             "postmaps": [{"service": "a", "type": "inline", "entries": {"x": "1"}}]}
            """);
    ConfigurationSource source = new ConfigurationSource(file, OptionalInt.empty(), Map.of());
    return Rights.plan(source.read().sysconfig());
  }
}
