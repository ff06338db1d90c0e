package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BoxConfigTest {

  @Test
  void theAddressThatIsFoundWithoutReadingAllIsTheProducts() throws IOException {
    var product = new Properties();
    try (var file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
      product.load(file);
    }

    assertThat(BoxConfig.urlAlone())
        .isEqualTo(
            URI.create(
                "http://%s:%s"
                    .formatted(
                        product.getProperty("quarkus.http.host"),
                        product.getProperty("quarkus.http.port"))));
  }
}
