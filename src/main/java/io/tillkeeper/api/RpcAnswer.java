package io.tillkeeper.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tillkeeper.customer.FieldValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An answer in the shape of Odoo's JSON-RPC. */
@Schema(hidden = true)
sealed interface RpcAnswer {

  /** The member that every answer of this protocol begins with. */
  String VERSION = "2.0";

  @Schema(
      name = "RpcResult",
      description = "What Odoo would have answered, and what it has become here.")
  @RegisterForReflection
  record Result(
      @Schema(enumeration = VERSION) String jsonrpc,
      @Schema(nullable = true, description = "That of the call.") @Nullable Object id,
      @Schema(
              description =
                  "As Odoo's: an id, a list of ids, true, or a list with one record. A negative id stands for a customer"
                      + " that Odoo does not have yet, and is understood here for ever.")
          Object result,
      Receipts tillkeeper)
      implements RpcAnswer {}

  @Schema(name = "RpcReceipts", description = "The operations are on the disk.")
  @RegisterForReflection
  record Receipts(
      List<Receipt> customers,
      @Schema(nullable = true, description = "The Odoo database that odooId belongs to.")
          @Nullable String database,
      boolean durable) {}

  @Schema(name = "RpcReceipt", description = "Which customer, and the operation by its id.")
  @RegisterForReflection
  record Receipt(
      UUID ref,
      @Schema(nullable = true, description = "null while Odoo does not have the customer.")
          @Nullable Long odooId,
      @Schema(nullable = true, description = "The negative id, when the customer was given one.")
          @Nullable Long localId,
      long operation) {}

  @Schema(name = "RpcFailure", description = "Nothing was done.")
  @RegisterForReflection
  record Failure(
      @Schema(enumeration = VERSION) String jsonrpc,
      @Schema(nullable = true, description = "That of the call.") @Nullable Object id,
      Fault error)
      implements RpcAnswer {}

  @Schema(name = "RpcFault")
  @RegisterForReflection
  record Fault(int code, @Schema(examples = "Tillkeeper Error") String message, FaultData data) {}

  @Schema(name = "RpcFaultData")
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FaultData(
      @Schema(
              description = "Stable; tillkeeper.CODE: call-unsupported, or the code of a problem.",
              examples = "tillkeeper.invalid-customer")
          String name,
      @Schema(description = "Empty: there for clients that show Odoo's.") String debug,
      @Schema(description = "One plain sentence.") String message,
      List<String> arguments,
      Map<String, String> context,
      @Schema(description = "The field at fault, if there is one.", nullable = true)
          @Nullable String field) {}

  /** What is answered to a call that was accepted. */
  static Result of(
      @Nullable Object id, RpcCall call, List<RpcIntake.Taken> taken, @Nullable String database) {
    var ids = taken.stream().map(RpcIntake.Taken::id).toList();
    Object result =
        switch (call.method()) {
          case CREATE -> call.many() ? ids : ids.getFirst();
          case WRITE -> true;
          case CREATE_FROM_UI -> ids.getFirst();
          case WEB_SAVE -> taken.stream().map(each -> record(each, call)).toList();
        };
    var receipts =
        taken.stream()
            .map(
                each ->
                    new Receipt(
                        each.receipt().ref(), each.odooId(), each.localId(), each.receipt().seq()))
            .toList();
    return new Result(VERSION, id, result, new Receipts(receipts, database, true));
  }

  /** The id, and what the caller wants to be told of what it said itself: no more is known here. */
  private static Map<String, Object> record(RpcIntake.Taken taken, RpcCall call) {
    var record = new TreeMap<String, Object>();
    taken
        .acceptance()
        .change()
        .values()
        .fields()
        .forEach(
            (field, value) -> {
              if (call.wanted().contains(field)) {
                put(record, field, value);
              }
            });
    record.put("id", taken.id());
    return record;
  }

  private static void put(Map<String, Object> record, String field, FieldValue value) {
    switch (value) {
      case FieldValue.Text(var text) -> record.put(field, text);
      case FieldValue.Flag(var yes) -> record.put(field, yes);
      case FieldValue.Whole(var number) -> record.put(field, number);
      case FieldValue.Decimal(var number) -> record.put(field, number);
      case FieldValue.Empty() -> record.put(field, false);
      // Odoo would say the names of these, which are not known here
      case FieldValue.Reference reference -> {}
      case FieldValue.References references -> {}
      case FieldValue.Country country -> {}
    }
  }

  /**
   * What is answered to a call of which nothing was accepted.
   *
   * @param code a stable one
   * @param detail one plain sentence
   */
  static Failure failure(@Nullable Object id, String code, String detail, @Nullable String field) {
    var data = new FaultData("tillkeeper." + code, "", detail, List.of(detail), Map.of(), field);
    // 200 is what Odoo says for any error of its server's
    return new Failure(VERSION, id, new Fault(200, "Tillkeeper Error", data));
  }

  /** The same problem as elsewhere, in the words of this protocol. */
  static Failure failure(@Nullable Object id, Problem problem) {
    var code = problem.type().substring(problem.type().lastIndexOf(':') + 1);
    return failure(id, code, problem.detail(), problem.field());
  }
}
