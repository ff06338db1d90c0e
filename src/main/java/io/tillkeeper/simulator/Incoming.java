package io.tillkeeper.simulator;

import java.util.function.Function;

/**
 * A request that was understood but not yet looked at by Odoo.
 *
 * @param modelCall whether it is about a transaction
 * @param handler what Odoo does with it
 */
record Incoming(ReceivedCall received, boolean modelCall, Function<Conditions, Step> handler) {

  /** The state of Odoo when it looks at a request. */
  record Conditions(boolean keyRevoked, boolean databaseDown) {}

  /** What is to be done. */
  sealed interface Step {

    /** Nothing more: this is the answer. */
    record Reply(Answer answer) implements Step {}

    /** A call on the models, and how its end is told. */
    record Work(Call call, Function<Execution.Outcome, Answer> rendering) implements Step {}
  }

  /** A request that gets the same answer whatever happens. */
  static Incoming plain(String name, Answer answer) {
    return plain(name, conditions -> answer);
  }

  static Incoming plain(String name, Function<Conditions, Answer> answer) {
    return new Incoming(
        new ReceivedCall(name, Json.object(), Json.object()),
        false,
        conditions -> new Step.Reply(answer.apply(conditions)));
  }
}
