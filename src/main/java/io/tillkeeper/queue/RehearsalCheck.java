package io.tillkeeper.queue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was found of one test customer.
 *
 * @param customer its name
 * @param odooId the partner that carries its external id; null when there is none
 * @param found how many partners have its e-mail, archived ones included
 * @param right whether the partner has every value that was sent
 * @param archived whether the partner is archived
 * @param problem what there is to complain of; null when there is nothing
 */
@RegisterForReflection // as JSON on the disk
public record RehearsalCheck(
    String customer,
    UUID ref,
    @Nullable Long odooId,
    int found,
    boolean right,
    boolean archived,
    @Nullable String problem) {

  /** Whether all is as it should be. */
  public boolean good() {
    return found == 1 && right && archived && problem == null;
  }

  /** The same, with the partner archived. */
  public RehearsalCheck gone() {
    return new RehearsalCheck(customer, ref, odooId, found, right, true, problem);
  }

  /** The same, with a partner that is still there, and why. */
  public RehearsalCheck stillThere(String why) {
    var both = problem == null ? why : problem + " " + why;
    return new RehearsalCheck(customer, ref, odooId, found, right, false, both);
  }
}
