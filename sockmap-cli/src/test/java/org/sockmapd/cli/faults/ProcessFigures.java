package org.sockmapd.cli.faults;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size of a process. */
record ProcessFigures(long residentMegabytes, long threads, int descriptors) {

  static ProcessFigures of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    return new ProcessFigures(
        status(process, "VmRSS") / 1024, status(process, "Threads"), descriptors(process));
  }

  private static long status(Path process, String name) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static int descriptors(Path process) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path each : open) {
        count += each.toString().isEmpty() ? 0 : 1;
      }
    }
    return count;
  }

  @Override
  public String toString() {
    return "%d MB resident, %d threads, %d file descriptors"
        .formatted(residentMegabytes, threads, descriptors);
  }
}
