package io.tillkeeper.api;

import io.tillkeeper.queue.Rehearsal;
import io.tillkeeper.queue.RehearsalCheck;

/** Turns a rehearsal into what the API says of it. */
final class RehearsalMaker {

  private RehearsalMaker() {}

  static RehearsalViews.Rehearsal view(Rehearsal rehearsal) {
    var plan = rehearsal.plan();
    var times = rehearsal.times();
    return new RehearsalViews.Rehearsal(
        rehearsal.id(),
        rehearsal.phase().code(),
        times.startedAt(),
        times.offlineUntil(),
        times.backAt(),
        times.arrivedAt(),
        times.endedAt(),
        plan.customers(),
        plan.offlineSeconds(),
        rehearsal.accepted(),
        rehearsal.delivered(),
        rehearsal.checks().stream().map(RehearsalMaker::check).toList(),
        rehearsal.passed(),
        summary(rehearsal),
        rehearsal.troubles(),
        rehearsal.cleanedUp(),
        new StatusViews.Odoo(plan.odoo(), plan.protocol(), plan.database(), null),
        plan.version());
  }

  private static RehearsalViews.RehearsalCheck check(RehearsalCheck check) {
    return new RehearsalViews.RehearsalCheck(
        check.customer(),
        check.ref(),
        check.odooId(),
        check.found(),
        check.right(),
        check.archived(),
        check.problem());
  }

  private static String summary(Rehearsal rehearsal) {
    return switch (rehearsal.phase()) {
      case OFFLINE ->
          "Odoo is not called; %d of %d test customers are kept on this till."
              .formatted(rehearsal.accepted(), rehearsal.plan().customers());
      case DELIVERING ->
          "%d of %d test customers have arrived in Odoo."
              .formatted(rehearsal.delivered(), rehearsal.accepted());
      case CHECKING -> "The test customers are looked up in Odoo.";
      case ARCHIVING -> "The test customers are archived in Odoo.";
      case DONE -> Boolean.TRUE.equals(rehearsal.passed()) ? passed(rehearsal) : found(rehearsal);
      case FAILED -> String.join(" ", rehearsal.troubles()) + " " + left(rehearsal);
    };
  }

  private static String passed(Rehearsal rehearsal) {
    return "All %d test customers are in Odoo once, with the right values, and are archived now."
        .formatted(rehearsal.plan().customers());
  }

  private static String left(Rehearsal rehearsal) {
    return rehearsal.cleanedUp()
        ? found(rehearsal)
        : "What is left of it is cleaned up as soon as Odoo takes it.";
  }

  private static String found(Rehearsal rehearsal) {
    var checks = rehearsal.checks();
    return "Of %d test customers that were accepted %d are in Odoo once with the right values, and %d are archived."
        .formatted(
            rehearsal.accepted(),
            checks.stream().filter(check -> check.found() == 1 && check.right()).count(),
            checks.stream().filter(RehearsalCheck::archived).count());
  }
}
