package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BoxConfigTest {

  @Test
  void theDirectoryThatIsFoundWithoutReadingAllIsTheProducts() throws IOException {
    var directory =
        new SmallRyeConfigBuilder()
            .addSystemSources()
            .addDefaultInterceptors()
            .withDefaultValue("directory", product().getProperty("tillkeeper.storage.directory"))
            .build()
            .getValue("directory", Path.class);

    assertThat(BoxConfig.callAlone().directory()).isEqualTo(directory);
  }

  @Test
  void whereTheQueueIsIsFoundWithoutReadingAll() {
    var storage = BoxConfig.storageAlone();

    assertThat(storage.directory()).isEqualTo(BoxConfig.callAlone().directory());
    assertThat(storage.encrypted()).isTrue();
    assertThat(storage.keyFile()).isEmpty();
  }

  @Test
  void theAddressThatIsFoundWithoutReadingAllIsTheProducts() throws IOException {
    var product = product();

    assertThat(BoxConfig.callAlone().url())
        .isEqualTo(
            URI.create(
                "http://%s:%s"
                    .formatted(
                        product.getProperty("quarkus.http.host"),
                        product.getProperty("quarkus.http.port"))));
  }

  private static Properties product() throws IOException {
    var product = new Properties();
    try (var file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
      product.load(file);
    }
    return product;
  }
}
