package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.odoo.Dialect.Answer.Failure;
import io.tillkeeper.odoo.Dialect.Answer.Result;
import io.tillkeeper.odoo.ErrorTable.Meaning;
import java.util.List;

/**
 * One {@code res.partner.load}, which may be sent any number of times.
 *
 * @param table the rows
 * @param context Odoo's context for the call
 */
record PartnerLoad(LoadColumns table, ObjectNode context) {

  /**
   * @throws LinkLost when there is no answer of Odoo's; the rows may be in Odoo or not
   */
  LoadAnswer sendBy(Dialect dialect) {
    return switch (dialect.call(call())) {
      case Result(var result) -> LoadResult.read(result, rows());
      case Failure failure ->
          switch (ErrorTable.of(failure)) {
            case Meaning.Refused(var reason) ->
                new LoadAnswer.CallRefused(reason, failure.message());
            case Meaning.TryAgain() -> new LoadAnswer.Again(failure.message());
            case Meaning.Lost ignored -> throw ErrorTable.withoutAnswer(failure);
          };
    };
  }

  int rows() {
    return table.data().size();
  }

  private OdooCall call() {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    ArrayNode fields = arguments.putArray("fields");
    table.fields().forEach(fields::add);
    ArrayNode data = arguments.putArray("data");
    for (List<String> row : table.data()) {
      ArrayNode cells = data.addArray();
      row.forEach(cells::add);
    }
    return new OdooCall("res.partner", "load", arguments, context);
  }
}
