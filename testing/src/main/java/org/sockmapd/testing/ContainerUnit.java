package org.sockmapd.testing;

import com.github.dockerjava.api.DockerClient;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** A server in a container, for machines that have Docker. */
final class ContainerUnit implements ServerUnit {

  private final GenericContainer<?> container;
  private final int port = FreePort.choose();
  private boolean created;

  ContainerUnit(
      String image, int insidePort, Map<String, String> environment, List<String> arguments) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new IllegalStateException(
          "-D"
              + DatabaseServer.MODE_PROPERTY
              + "=testcontainers needs Docker, which does not answer; "
              + "without the property the tests bring their own servers");
    }
    container = new GenericContainer<>(image).withEnv(environment);
    if (!arguments.isEmpty()) {
      container.withCommand(arguments.toArray(String[]::new));
    }
    // A fixed port, as a container that is started again would be given another one.
    container.setPortBindings(List.of("127.0.0.1:" + port + ":" + insidePort));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public synchronized void start() {
    if (created) {
      docker().startContainerCmd(container.getContainerId()).exec();
    } else {
      container.start();
      created = true;
    }
  }

  @Override
  public boolean isAlive() {
    return container.isRunning();
  }

  @Override
  public void stop() {
    docker().stopContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void kill() {
    docker().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void pause() {
    docker().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void resume() {
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
  }

  @Override
  public String log() {
    return container.getLogs();
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }
}
