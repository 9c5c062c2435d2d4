package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JettyModulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/org/eclipse/jetty/ee10/webapp/WebAppContext.class",
        "/org/eclipse/jetty/ee10/annotations/AnnotationConfiguration.class",
        "/org/eclipse/jetty/ee10/plus/webapp/PlusConfiguration.class",
        "/org/eclipse/jetty/jndi/NamingContext.class",
        "/org/eclipse/jetty/xml/XmlConfiguration.class"
      })
  void classPath_hasNothingThatIsNotUsed(String file) {
    assertThat(JettyModulesTest.class.getResource(file)).isNull();
  }
}
