package org.sockmapd.lookup.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainListTest {
  private final List<String> problems = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void comparesWholeNamesWithoutCase() {
    DomainList list = parse("Example.com, b.test c.test");

    assertThat(list.contains("EXAMPLE.com")).isTrue();
    assertThat(list.contains("c.test")).isTrue();
    assertThat(list.contains("a.example.com")).isFalse();
    assertThat(list.contains("")).isFalse();
  }

  @Test
  void letsTheFirstThatFitsDecide() {
    DomainList list = parse("!a.test", "a.test", "b.test", "!b.test", "!!c.test");

    assertThat(list.contains("a.test")).isFalse();
    assertThat(list.contains("b.test")).isTrue();
    assertThat(list.contains("c.test")).isTrue();
  }

  @Test
  void readsFilesAndFilesNamedInFiles() throws IOException {
    Path inner = write("inner", "c.test\n");
    Path outer = write("outer", "# comment\na.test, B.test\n!" + inner + "\n\n");

    DomainList list = parse(outer.toString());

    assertThat(list.contains("b.test")).isTrue();
    assertThat(list.contains("c.test")).isFalse();
    assertThat(list.contains("comment")).isFalse();
    assertThat(parse("!" + outer).contains("c.test")).isTrue();
    assertThat(problems).isEmpty();
  }

  @Test
  void saysWhatItCannotRead() throws IOException {
    Path loop = folder.resolve("loop");
    Files.writeString(loop, loop + "\n");
    Files.write(folder.resolve("latin1"), new byte[] {(byte) 0xe9});

    parse(folder.resolve("none").toString(), "!", "hash:/etc/x", loop.toString());
    parse(folder.resolve("latin1").toString());

    assertThat(problems)
        .containsExactly(
            "cannot read \"" + folder.resolve("none") + "\": no such file",
            "no domain after the \"!\"",
            "\"hash:/etc/x\" is a table (expected a domain, or /file)",
            "\"" + loop + "\": files name each other too deeply",
            "cannot read \"" + folder.resolve("latin1") + "\": not UTF-8");
  }

  @Test
  void refusesAFileThatListsNothingOrIsCutShort() throws IOException {
    Path empty = write("empty", "");
    Path comment = write("comment", "# a.test\n\n  \n");
    Path cut = write("cut", "a.test\nb.te");

    parse(empty.toString(), "!" + comment, cut.toString());

    assertThat(problems)
        .containsExactly(
            "\"" + empty + "\" lists no domain",
            "\"" + comment + "\" lists no domain",
            "\"" + cut + "\" does not end with a line break: it may be cut short");
  }

  @Test
  void holdsNoDomainIfAllAreNegated() {
    assertThat(parse("!a.test", "!b.test").isEmpty()).isTrue();
    assertThat(parse("!a.test", "b.test").isEmpty()).isFalse();
  }

  @Test
  void saysThatANameOfAFileIsNone() throws IOException {
    Path outer = write("outer", "a.test\n/b\0c\n");

    parse("/x\0y", outer.toString());

    assertThat(problems)
        .containsExactly(
            "\"/x\0y\" is no path: Nul character not allowed",
            "\"/b\0c\" is no path: Nul character not allowed");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private DomainList parse(String... items) {
    return DomainList.parse(List.of(items), problems::add);
  }
}
