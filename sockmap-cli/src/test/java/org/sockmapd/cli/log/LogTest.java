package org.sockmapd.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T09:15:30.007Z"), ZoneOffset.ofHours(1));
  private static final String TIME = "2026-11-22T10:15:30.007+01:00 ";

  private final ByteArrayOutputStream standardError = new ByteArrayOutputStream();
  private final Log log = new Log(Channels.newChannel(standardError), false, CLOCK);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void writesTimeLevelAndMessage() {
    log.info("hällo");
    log.flush();

    assertThat(standardError.toString(UTF_8)).isEqualTo(TIME + "info hällo\n");
  }

  @Test
  void leavesTheTimeToTheJournal() {
    try (Log journal = new Log(Channels.newChannel(standardError), true, CLOCK)) {
      journal.error("bad");
      journal.warn("odd");
      journal.info("so so");
    }

    assertThat(standardError.toString(UTF_8)).isEqualTo("<3>bad\n<4>odd\n<6>so so\n");
  }

  @Test
  void keepsWhatIsGraveEnoughForItsLevel() throws IOException {
    log.use(new LogSettings(Optional.empty(), LogLevel.WARN));
    log.info("lookup");
    log.warn("node up");
    log.use(new LogSettings(Optional.empty(), LogLevel.OFF));
    log.error("nobody hears this");
    log.flush();

    assertThat(standardError.toString(UTF_8)).isEqualTo(TIME + "warn node up\n");
    assertThat(log.records(LogLevel.ERROR)).isFalse();
  }

  @Test
  void writesAnIdleLineWithoutBeingAskedTo() throws IOException {
    Path file = useFile("a.log");
    log.info("one line");

    await().untilAsserted(() -> assertThat(file).hasContent(TIME + "info one line"));
  }

  @Test
  void makesAFileThatOthersCannotRead() throws IOException {
    Path file = useFile("a.log");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void goesOnInANewFileWhenItsOwnWasMovedAway() throws IOException {
    Path file = useFile("a.log");
    log.info("before");
    log.flush();
    Files.move(file, folder.resolve("a.log.1"));
    log.info("after");
    log.flush();

    assertThat(folder.resolve("a.log.1")).hasContent(TIME + "info before");
    assertThat(file).hasContent(TIME + "info after");
  }

  @Test
  void goesOnWhereItsFolderCannotBeEntered() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    useFile("inner/a.log");
    Path moved = Files.move(inner, folder.resolve("moved"));
    // Even root cannot follow a link to itself.
    Files.createSymbolicLink(inner, inner);
    log.info("still here");
    log.flush();

    assertThat(moved.resolve("a.log")).hasContent(TIME + "info still here");
    assertThat(standardError.toString(UTF_8)).isEmpty();
  }

  @Test
  void opensTheSameFileAnewWhenAskedTo() throws IOException {
    Path file = useFile("a.log");
    Files.delete(file);
    useFile("a.log");
    log.info("after");
    log.flush();

    assertThat(file).hasContent(TIME + "info after");
  }

  @Test
  void losesNothingOnItsWayToAnotherFile() throws IOException {
    Path first = useFile("a.log");
    for (int i = 0; i < 1000; i++) {
      log.info("line");
    }
    Path second = useFile("b.log");
    log.info("last");
    log.flush();

    assertThat(Files.readAllLines(first).size() + Files.readAllLines(second).size())
        .isEqualTo(1001);
    assertThat(Files.readString(second)).endsWith("last\n");
  }

  @Test
  void staysWhereItIsWhenAFileCannotBeOpened() throws IOException {
    Path file = useFile("a.log");

    assertThatThrownBy(() -> useFile("missing/b.log")).isInstanceOf(IOException.class);

    log.info("still here");
    log.flush();
    assertThat(file).hasContent(TIME + "info still here");
  }

  @Test
  void hasTheLevelThatItIsToldThoughTheFileCannotBeOpened() {
    LogSettings settings =
        new LogSettings(Optional.of(folder.resolve("missing/a.log")), LogLevel.ERROR);

    assertThatThrownBy(() -> log.use(settings)).isInstanceOf(IOException.class);

    log.info("lookup");
    log.error("bad");
    log.flush();
    assertThat(standardError.toString(UTF_8)).isEqualTo(TIME + "error bad\n");
  }

  @Test
  void saysOnStandardErrorThatADiskIsFull() throws IOException {
    log.use(new LogSettings(Optional.of(Path.of("/dev/full")), LogLevel.INFO));
    log.info("one");
    log.flush();
    log.info("two");
    log.flush();

    assertThat(standardError.toString(UTF_8))
        .isEqualTo(
            TIME + "error log cannot be written cause=\"IOException: No space left on device\"\n");
  }

  @Test
  void tellsHowManyLinesAFullDiskSwallowed() throws IOException {
    log.use(new LogSettings(Optional.of(Path.of("/dev/full")), LogLevel.INFO));
    log.info("one");
    log.info("two");
    log.flush();
    Path file = useFile("a.log");
    log.info("three");
    log.flush();

    assertThat(file).hasContent(TIME + "warn log lost lines=2\n" + TIME + "info three");
  }

  private Path useFile(String name) throws IOException {
    Path file = folder.resolve(name);
    log.use(new LogSettings(Optional.of(file), LogLevel.INFO));
    return file;
  }
}
