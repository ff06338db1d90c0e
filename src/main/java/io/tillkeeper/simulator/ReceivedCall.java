package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request that arrived at the stand-in Odoo, whatever became of it.
 *
 * @param name {@code model.method} of a model call, {@code common.version} or {@code
 *     common.authenticate}, else the path such as {@code /web/health}
 * @param arguments the named arguments of a model call; an empty object otherwise
 * @param context Odoo's context of a model call; an empty object otherwise
 */
public record ReceivedCall(String name, JsonNode arguments, JsonNode context) {}
