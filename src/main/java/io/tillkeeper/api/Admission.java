package io.tillkeeper.api;

import io.tillkeeper.queue.Acceptance;
import io.tillkeeper.queue.Accepted;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.storage.DiskReserve;
import io.tillkeeper.storage.OpenedFile;
import io.tillkeeper.sync.Link;
import io.tillkeeper.sync.Mode;
import io.tillkeeper.sync.Modes;
import io.tillkeeper.sync.WorkerLoop;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The one way into the queue. Returns when the operation is on the disk, and wakes the worker. */
@ApplicationScoped
class Admission {

  private final OperationQueue queue;
  private final WorkerLoop worker;
  private final OpenedFile file;
  private final DiskReserve reserve;
  private final Modes modes;
  private final Link link;

  Admission(
      OperationQueue queue,
      WorkerLoop worker,
      OpenedFile file,
      DiskReserve reserve,
      Modes modes,
      Link link) {
    this.queue = queue;
    this.worker = worker;
    this.file = file;
    this.reserve = reserve;
    this.modes = modes;
    this.link = link;
  }

  Accepted.Receipt admit(Acceptance acceptance) {
    checkOpen();
    return admitted(queue.accept(acceptance));
  }

  /** All of them, or none. */
  List<Accepted.Receipt> admitAll(List<Acceptance> acceptances) {
    checkOpen();
    return queue.acceptAll(acceptances).stream().map(this::admitted).toList();
  }

  private void checkOpen() {
    if (modes.current() == Mode.ONLINE_ONLY && !link.isUp()) {
      throw new ProblemException(
          ProblemCode.LINK_REQUIRED,
          "The mode is online-only and the link to Odoo is not up, so nothing was accepted.");
    }
    checkFile();
    checkReserve();
  }

  private void checkFile() {
    if (!file.isInPlace()) {
      throw new ProblemException(
          ProblemCode.DISK_FAILED,
          "The queue's database is not where it was when Tillkeeper was started, so nothing was accepted.");
    }
  }

  void checkReserve() {
    if (!reserve.isIntact()) {
      throw new ProblemException(
          ProblemCode.DISK_FULL,
          "The disk is nearly full, so nothing was accepted. What is queued is safe.");
    }
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
