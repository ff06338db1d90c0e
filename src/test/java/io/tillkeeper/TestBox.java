package io.tillkeeper;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * What the daemon needs around it in a test that boots it: a directory of its own, in which the
 * queue can be read, and a simulated Odoo on a free port. The worker does not run by itself: a test
 * drives it by hand.
 */
public class TestBox implements QuarkusTestResourceLifecycleManager {

  private Path directory;
  private Simulator odoo;
  private Map<String, String> settings = Map.of();

  /**
   * @param arguments settings that a test wants otherwise
   */
  @Override
  public void init(Map<String, String> arguments) {
    settings = Map.copyOf(arguments);
  }

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("tillkeeper-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
    var config = new HashMap<String, String>();
    config.put("tillkeeper.storage.directory", directory.toString());
    config.put("tillkeeper.storage.encrypted", "false");
    config.put("tillkeeper.sync.enabled", "false");
    config.put("tillkeeper.shop.country", "ES");
    config.put("tillkeeper.odoo.url", odoo.url().toString());
    config.put("tillkeeper.odoo.database", odoo.database());
    config.put("tillkeeper.odoo.login", odoo.login());
    config.put("tillkeeper.odoo.api-key", odoo.apiKey());
    config.put("tillkeeper.odoo.timeout", "2s");
    config.put("tillkeeper.api.origins", "https://shop.example");
    config.putAll(settings);
    return config;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(odoo, new TestInjector.MatchesType(Simulator.class));
  }

  @Override
  public void stop() {
    if (odoo != null) {
      odoo.close();
    }
    if (directory != null) {
      delete(directory);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
