package io.tillkeeper.api;

import io.tillkeeper.queue.Acceptance;
import io.tillkeeper.queue.Accepted;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.storage.StorageCheck;
import io.tillkeeper.sync.Link;
import io.tillkeeper.sync.Mode;
import io.tillkeeper.sync.Modes;
import io.tillkeeper.sync.WorkerLoop;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The one way into the queue. Returns when the operation is on the disk, and wakes the worker. */
@ApplicationScoped
class Admission {

  private final OperationQueue queue;
  private final WorkerLoop worker;
  private final StorageCheck storage;
  private final Modes modes;
  private final Link link;

  Admission(OperationQueue queue, WorkerLoop worker, StorageCheck storage, Modes modes, Link link) {
    this.queue = queue;
    this.worker = worker;
    this.storage = storage;
    this.modes = modes;
    this.link = link;
  }

  Accepted.Receipt admit(Acceptance acceptance) {
    var obstacle = obstacle();
    return obstacle.isEmpty()
        ? admitted(queue.accept(acceptance))
        : repeated(List.of(acceptance), obstacle.get()).getFirst();
  }

  /** All of them, or none. */
  List<Accepted.Receipt> admitAll(List<Acceptance> acceptances) {
    var obstacle = obstacle();
    return obstacle.isEmpty()
        ? queue.acceptAll(acceptances).stream().map(this::admitted).toList()
        : repeated(acceptances, obstacle.get());
  }

  /** Who did not hear that it was accepted is told so, whatever stands in the way of more. */
  private List<Accepted.Receipt> repeated(List<Acceptance> acceptances, ProblemException obstacle) {
    return queue.receipts(acceptances).orElseThrow(() -> obstacle);
  }

  private Optional<ProblemException> obstacle() {
    return modes.current() == Mode.ONLINE_ONLY && !link.isUp()
        ? Optional.of(
            new ProblemException(
                ProblemCode.LINK_REQUIRED,
                "The mode is online-only and the link to Odoo is not up, so nothing was accepted."))
        : storageProblem();
  }

  void checkStorage() {
    storageProblem()
        .ifPresent(
            problem -> {
              throw problem;
            });
  }

  private Optional<ProblemException> storageProblem() {
    return storage.fault().map(fault -> new ProblemException(code(fault), sentence(fault)));
  }

  static ProblemCode code(StorageCheck.Fault fault) {
    return switch (fault) {
      case FULL -> ProblemCode.DISK_FULL;
      case MOVED -> ProblemCode.DISK_FAILED;
    };
  }

  private static String sentence(StorageCheck.Fault fault) {
    return switch (fault) {
      case FULL -> "The disk is nearly full, so nothing was accepted. What is queued is safe.";
      case MOVED ->
          "The queue's database is not where it was when Tillkeeper was started, so nothing was accepted.";
    };
  }

  private Accepted.Receipt admitted(Accepted answer) {
    return switch (answer) {
      case Accepted.Receipt receipt -> {
        worker.wake();
        yield receipt;
      }
      case Accepted.KeyReused reused ->
          throw new ProblemException(
              ProblemCode.IDEMPOTENCY_KEY_REUSED,
              "This Idempotency-Key was used for another request; nothing was accepted.");
      case Accepted.RefTaken taken ->
          throw new ProblemException(
              ProblemCode.REF_TAKEN,
              "There is a customer with this ref already, created with other values. Use PATCH to change it.",
              "ref");
      case Accepted.UnknownCustomer unknown -> throw unknownCustomer();
      case Accepted.UnknownParent unknown ->
          throw new ProblemException(
              ProblemCode.PARENT_UNKNOWN,
              "There is no customer with the ref that 'parentRef' names; create the company first.",
              "parentRef");
    };
  }

  static ProblemException unknownCustomer() {
    return new ProblemException(
        ProblemCode.CUSTOMER_UNKNOWN, "There is no such customer here.", "ref");
  }
}
