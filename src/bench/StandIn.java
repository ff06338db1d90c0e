import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;

/** An Odoo for the measurements, on the port that is given and, for its faults, the next one. */
class StandIn {

  public static void main(String[] args) {
    Simulator.start(SimulatorOptions.odoo("19.0").withPort(Integer.parseInt(args[0])));
  }
}
