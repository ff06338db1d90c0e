package io.tillkeeper.queue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An airplane-mode rehearsal: where it stands, and its report. It has only the moves that are legal
 * in its phase:
 *
 * <pre>
 *  OFFLINE --back--> DELIVERING --arrived--> CHECKING --checked--> ARCHIVING --archived--> DONE
 *     |                  |                      |                      |
 *     +------------------+------failed----------+----------------------+--> FAILED --cleanedUp--> FAILED
 * </pre>
 *
 * <p>One with troubles, such as an end of the process in the middle of it, goes the same way, since
 * its test customers are to be cleaned up all the same, but ends as FAILED.
 *
 * @param id unlike that of any other rehearsal on any till
 * @param accepted how many customers the queue has taken
 * @param delivered of how many everything is in Odoo
 * @param checks what was found in Odoo, for each customer that was accepted
 * @param troubles what went otherwise than it was asked for, a sentence each
 * @param cleanedUp whether nothing of it is left to do
 */
@RegisterForReflection // as JSON on the disk
public record Rehearsal(
    String id,
    RehearsalPlan plan,
    Phase phase,
    RehearsalTimes times,
    int accepted,
    int delivered,
    List<RehearsalCheck> checks,
    List<String> troubles,
    boolean cleanedUp) {

  public Rehearsal {
    checks = List.copyOf(checks);
    troubles = List.copyOf(troubles);
  }

  /** How far a rehearsal is. */
  @RegisterForReflection
  public enum Phase {
    /** Odoo is not called; test customers are accepted. */
    OFFLINE,
    /** What was accepted is on its way to Odoo. */
    DELIVERING,
    /** It is looked up in Odoo. */
    CHECKING,
    /** It is archived in Odoo. */
    ARCHIVING,
    /** It went as it was asked for; the checks tell how well. */
    DONE,
    /** It did not go as it was asked for. */
    FAILED;

    /** The word for it in the API and in logs. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One that begins now. */
  public static Rehearsal begun(String id, RehearsalPlan plan, Instant now) {
    var times =
        new RehearsalTimes(now, now.plusSeconds(plan.offlineSeconds()), null, null, null, null);
    return new Rehearsal(id, plan, Phase.OFFLINE, times, 0, 0, List.of(), List.of(), false);
  }

  /** Whether the verdict is known; something may still be left to clean up. */
  public boolean ended() {
    return times.endedAt() != null;
  }

  /** Whether all went as it should; null while that is not known. */
  public @Nullable Boolean passed() {
    return ended()
        ? phase == Phase.DONE
            && checks.size() == plan.customers()
            && checks.stream().allMatch(RehearsalCheck::good)
        : null;
  }

  /** So many customers were accepted, and so many have arrived. */
  public Rehearsal counted(int nowAccepted, int nowDelivered) {
    return new Rehearsal(
        id, plan, phase, times, nowAccepted, nowDelivered, checks, troubles, cleanedUp);
  }

  /** Something goes otherwise than it was asked for. */
  public Rehearsal troubled(String sentence) {
    var more = Stream.concat(troubles.stream(), Stream.of(sentence)).toList();
    return new Rehearsal(id, plan, phase, times, accepted, delivered, checks, more, cleanedUp);
  }

  /** Odoo is called again. */
  public Rehearsal back(Instant now, Instant deadline) {
    return from(Phase.OFFLINE, Phase.DELIVERING, times.back(now, deadline));
  }

  /** It is given more time, since the daemon did not run meanwhile. */
  public Rehearsal prolonged(Instant deadline) {
    return from(phase, phase, times.until(deadline));
  }

  /**
   * Nothing of it is on its way any more.
   *
   * @param last when the last one arrived; null when none did
   */
  public Rehearsal arrived(@Nullable Instant last) {
    return from(Phase.DELIVERING, Phase.CHECKING, times.arrived(last));
  }

  /** It is known what Odoo has. */
  public Rehearsal checked(List<RehearsalCheck> found) {
    return from(Phase.CHECKING, Phase.ARCHIVING, times).with(found, cleanedUp);
  }

  /** The test customers are archived, as far as Odoo lets them be, and that is the end. */
  public Rehearsal archived(List<RehearsalCheck> found, Instant now) {
    var end = troubles.isEmpty() ? Phase.DONE : Phase.FAILED;
    return from(Phase.ARCHIVING, end, times.ended(now)).with(found, true);
  }

  /** It cannot be brought to its end; what is left of it is still to be cleaned up. */
  public Rehearsal failed(String why, Instant now) {
    if (ended()) {
      throw new IllegalStateException("rehearsal " + id + " has ended already");
    }
    return from(phase, Phase.FAILED, times.ended(now)).troubled(why);
  }

  /** There is nothing of it left to do. */
  public Rehearsal cleanedUp(List<RehearsalCheck> found) {
    return from(Phase.FAILED, Phase.FAILED, times).with(found, true);
  }

  private Rehearsal from(Phase expected, Phase next, RehearsalTimes nextTimes) {
    if (phase != expected) {
      throw new IllegalStateException("rehearsal %s is %s, not %s".formatted(id, phase, expected));
    }
    return new Rehearsal(
        id, plan, next, nextTimes, accepted, delivered, checks, troubles, cleanedUp);
  }

  private Rehearsal with(List<RehearsalCheck> found, boolean clean) {
    return new Rehearsal(id, plan, phase, times, accepted, delivered, found, troubles, clean);
  }
}
