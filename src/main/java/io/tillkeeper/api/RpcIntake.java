package io.tillkeeper.api;

import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.queue.Acceptance;
import io.tillkeeper.queue.Accepted;
import io.tillkeeper.queue.OperationQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Brings a call of Odoo's into the queue: all of its customers, or none. */
@ApplicationScoped
class RpcIntake {

  private final AcceptanceReader reader;
  private final Admission admission;
  private final OperationQueue queue;

  RpcIntake(AcceptanceReader reader, Admission admission, OperationQueue queue) {
    this.reader = reader;
    this.admission = admission;
    this.queue = queue;
  }

  /**
   * One customer of a call that was accepted.
   *
   * @param odooId the id in Odoo; null while Odoo does not have the customer
   * @param localId the negative id that stands for it; null when it never needed one
   */
  record Taken(
      Acceptance acceptance,
      Accepted.Receipt receipt,
      @Nullable Long odooId,
      @Nullable Long localId) {

    /** The id that the caller is to know the customer by. */
    long id() {
      if (odooId != null) {
        return odooId;
      }
      if (localId == null) {
        throw new IllegalStateException("operation " + receipt.seq() + " has no id to answer with");
      }
      return localId;
    }
  }

  List<Taken> take(RpcCall call, @Nullable String idempotencyKey) {
    var acceptances = acceptances(call, idempotencyKey);
    var receipts = admission.admitAll(acceptances);
    var refs = receipts.stream().map(Accepted.Receipt::ref).toList();
    var odooIds = queue.odooIds(refs);
    var localIds = queue.localIds(refs);
    return IntStream.range(0, receipts.size())
        .mapToObj(
            i ->
                new Taken(
                    acceptances.get(i),
                    receipts.get(i),
                    odooIds.get(refs.get(i)),
                    localIds.get(refs.get(i))))
        .toList();
  }

  private List<Acceptance> acceptances(RpcCall call, @Nullable String idempotencyKey) {
    var each =
        call.changes().stream()
            .map(change -> acceptance(change, values(call.method(), change), idempotencyKey))
            .toList();
    // the key stands for the whole call: with one customer more or less it is another one
    var digest =
        each.stream()
            .map(acceptance -> acceptance.requestDigest().toString())
            .collect(Collectors.joining(" ", call.method().code() + " ", ""));
    return IntStream.range(0, each.size())
        .mapToObj(i -> ofCall(each.get(i), i, Digest.of(digest)))
        .toList();
  }

  /** The first customer of a call takes the caller's key as it is, the others one made of it. */
  private static Acceptance ofCall(Acceptance acceptance, int index, UUID callDigest) {
    var key = acceptance.idempotencyKey();
    return new Acceptance(
        acceptance.kind(),
        acceptance.customer(),
        acceptance.change(),
        acceptance.base(),
        acceptance.till(),
        acceptance.cashier(),
        key == null || index == 0 ? key : Digest.of(key + " " + index),
        callDigest);
  }

  private Acceptance acceptance(
      RpcCall.Change change,
      Map<String, @Nullable Object> values,
      @Nullable String idempotencyKey) {
    var id = change.id();
    return id == null
        ? reader.create(new Requests.NewCustomer(null, values, null, null), idempotencyKey)
        : reader.update(
            CustomerAddress.byOdooId(id).orElseThrow(Admission::unknownCustomer),
            new Requests.CustomerUpdate(values, null, null, null),
            idempotencyKey);
  }

  /** A company may be named by its negative id too; the queue knows it by its ref. */
  private Map<String, @Nullable Object> values(RpcCall.Method method, RpcCall.Change change) {
    var values = RpcValues.plain(method, change);
    if (values.get("parent_id") instanceof Integer id && id < 0) {
      values.remove("parent_id");
      values.put(
          "parentRef",
          CustomerAddress.byOdooId(id)
              .flatMap(queue::customer)
              .map(company -> company.ref().toString())
              .orElseThrow(
                  () ->
                      new ProblemException(
                          ProblemCode.PARENT_UNKNOWN,
                          "There is no customer with the id that 'parent_id' names; create the company first.",
                          "parent_id")));
    }
    return values;
  }
}
