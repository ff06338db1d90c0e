package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A daemon as it is in a shop, which asks every page for its token: with the Odoo that it delivers
 * to, the shop's POS page, and one of somebody else.
 */
final class GuardedShop implements AutoCloseable {

  private final Simulator odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
  private final PosPage pos = PosPage.blank();
  private final PosPage other = PosPage.blank();
  private final Map<String, String> environment;
  private final Daemon daemon;

  GuardedShop(Path storage) {
    environment = Daemon.deliveringTo(odoo, storage);
    environment.remove("TILLKEEPER_ACCESS_PROTECTION");
    daemon = Daemon.start(environment);
  }

  Simulator odoo() {
    return odoo;
  }

  PosPage pos() {
    return pos;
  }

  PosPage other() {
    return other;
  }

  /** The address of the daemon. */
  String url() {
    return daemon.url().toString();
  }

  CommandRun tillkeeper(String... arguments) {
    var given = new ArrayList<>(List.of(arguments));
    given.addAll(List.of("--url", url()));
    return CommandRun.of(environment, given.toArray(String[]::new));
  }

  /**
   * A code for a page.
   *
   * @param whom of the command {@code pair}: for which page, and more
   */
  String code(String... whom) {
    var arguments = new ArrayList<>(List.of("pair", "--json"));
    arguments.addAll(List.of(whom));
    var run = tillkeeper(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.errors()).isZero();
    return run.json().path("code").asText();
  }

  @Override
  public void close() {
    daemon.close();
    pos.close();
    other.close();
    odoo.close();
  }
}
