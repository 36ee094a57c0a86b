package org.sockmapd.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server as a child process of this JVM. */
final class EmbeddedUnit implements ServerUnit {

  /** How to run it. The directory holds its data and its log, and goes when the unit is closed. */
  record Recipe(Path directory, int port, List<String> command, String stopSignal) {}

  private final Recipe recipe;
  private @Nullable ServerProcess process;

  EmbeddedUnit(Recipe recipe) {
    this.recipe = recipe;
  }

  /** Where its data and its log are. */
  Path directory() {
    return recipe.directory();
  }

  @Override
  public int port() {
    return recipe.port();
  }

  @Override
  public synchronized void start() {
    if (isAlive()) {
      throw new IllegalStateException("already running on port " + port());
    }
    process =
        ServerProcess.start(recipe.command(), Map.of(), recipe.directory(), recipe.stopSignal());
  }

  @Override
  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  @Override
  public synchronized void stop() {
    running().stop();
  }

  @Override
  public synchronized void kill() {
    running().kill();
  }

  @Override
  public synchronized void pause() {
    running().pause();
  }

  @Override
  public synchronized void resume() {
    running().resume();
  }

  @Override
  public synchronized void close() {
    if (isAlive()) {
      running().stop();
    }
    Directories.deleteTree(recipe.directory());
  }

  @Override
  public synchronized String log() {
    return process == null ? "" : process.log();
  }

  private ServerProcess running() {
    if (process == null || !process.isAlive()) {
      throw new IllegalStateException("not running on port " + port());
    }
    return process;
  }
}
