package io.tillkeeper.host;

import io.tillkeeper.odoo.OdooGateway;
import io.tillkeeper.sync.KeyWatch;
import io.tillkeeper.sync.WorkerLoop;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Takes in, without a restart, what may change while the daemon runs: the API key, the certificates
 * of the authorities, and which Odoo is at the other end. The configuration itself is read at a
 * start only.
 */
@ApplicationScoped
public class Reload {

  private final OdooGateway odoo;
  private final KeyWatch key;
  private final WorkerLoop worker;
  private final ServiceNotifier systemd;

  Reload(OdooGateway odoo, KeyWatch key, WorkerLoop worker, ServiceNotifier systemd) {
    this.odoo = odoo;
    this.key = key;
    this.worker = worker;
    this.systemd = systemd;
  }

  /**
   * Forgets what is known of Odoo and tries the link, at once. Nothing that is queued is touched.
   */
  public void now() {
    systemd.whileReloading(
        () -> {
          odoo.forgetServer();
          key.keyChanged();
          worker.tryNow();
        });
  }
}
