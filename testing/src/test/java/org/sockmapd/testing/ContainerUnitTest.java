package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

class ContainerUnitTest {

  private final String configured = System.getProperty(DatabaseServer.MODE_PROPERTY, "embedded");

  @AfterEach
  void restore() {
    System.setProperty(DatabaseServer.MODE_PROPERTY, configured);
  }

  @Test
  void saysThatContainersNeedDocker() {
    assumeFalse(DockerClientFactory.instance().isDockerAvailable(), "Docker is here");
    System.setProperty(DatabaseServer.MODE_PROPERTY, "testcontainers");
    assertThatThrownBy(PostgresServer::start)
        .hasMessageContaining("needs Docker, which does not answer");
    assertThatThrownBy(MariaDbServer::start)
        .hasMessageContaining("needs Docker, which does not answer");
    assertThatThrownBy(MySqlServer::start)
        .hasMessageContaining("needs Docker, which does not answer");
  }

  @Test
  void refusesAModeThatItDoesNotKnow() {
    System.setProperty(DatabaseServer.MODE_PROPERTY, "emulated");
    assertThatThrownBy(PostgresServer::start)
        .hasMessage("-Dsockmapd.databases=emulated: expected embedded or testcontainers");
  }
}
