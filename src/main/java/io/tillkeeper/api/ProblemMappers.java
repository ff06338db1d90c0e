package io.tillkeeper.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.tillkeeper.customer.InvalidCustomer;
import io.tillkeeper.storage.DiskTrouble;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Everything that goes wrong in a request ends as a problem response, which never repeats the
 * customer's data.
 */
class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final Pattern PROPERTY = Pattern.compile("\\w{1,64}");

  @ServerExceptionMapper
  Response problem(ProblemException e) {
    return response(e.problem());
  }

  @ServerExceptionMapper
  Response invalidCustomer(InvalidCustomer e) {
    return response(
        Problem.of(ProblemCode.INVALID_CUSTOMER, String.valueOf(e.getMessage()), e.field()));
  }

  @ServerExceptionMapper
  Response invalidJson(JsonProcessingException e) {
    return response(jsonProblem(e));
  }

  /** The framework has a mapper of its own for these, which would be the nearer one. */
  @ServerExceptionMapper
  Response mismatchedJson(MismatchedInputException e) {
    return response(jsonProblem(e));
  }

  @ServerExceptionMapper
  Response bodyTooLarge(BodyGuard.Exceeded e) {
    return response(bodyTooLarge());
  }

  /** It is no fault of ours, and mostly there is nobody left to tell. */
  @ServerExceptionMapper
  Response bodyBrokenOff(BodyGuard.BrokenOff e) {
    return response(
        Problem.of(ProblemCode.INVALID_REQUEST, "The body ended before it was whole.", null));
  }

  /**
   * What the framework itself refuses: an unknown path, a wrong method or type, a body that is no
   * JSON.
   */
  @ServerExceptionMapper
  Response refused(WebApplicationException e) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return response(jsonProblem(json));
    }
    return response(
        switch (e.getResponse().getStatus()) {
          case 404 -> Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this address.", null);
          case 405 ->
              Problem.of(
                  ProblemCode.METHOD_NOT_ALLOWED, "This address does not take this method.", null);
          case 406 -> Problem.of(ProblemCode.NOT_ACCEPTABLE, "The answer is JSON.", null);
          case 413 -> bodyTooLarge();
          case 415 ->
              Problem.of(
                  ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.", null);
          case 500 -> internal(e);
          default ->
              Problem.of(ProblemCode.INVALID_REQUEST, "The request cannot be understood.", null);
        });
  }

  @ServerExceptionMapper
  Response unexpected(Exception e) {
    return response(internal(e));
  }

  static Problem bodyTooLarge() {
    return Problem.of(
        ProblemCode.BODY_TOO_LARGE, "The body is larger than this daemon takes.", null);
  }

  static Problem internal(@Nullable Throwable e) {
    if (e != null && DiskTrouble.isBehind(e)) {
      return Problem.of(
          ProblemCode.DISK_FAILED,
          "The disk of this box does not do what is asked of it. What was accepted is safe; if this was a change, repeat it with the same Idempotency-Key.",
          null);
    }
    // not the exception's message, which could hold a customer's data
    LOG.errorf("A request failed: %s", e == null ? "nobody says why" : seen(e));
    return Problem.of(
        ProblemCode.INTERNAL,
        "Something went wrong here; if it was a change, repeat it with the same Idempotency-Key.",
        null);
  }

  private static String seen(Throwable e) {
    var trace = e.getStackTrace();
    return trace.length == 0 ? e.getClass().getName() : e.getClass().getName() + " at " + trace[0];
  }

  private static Problem jsonProblem(JsonProcessingException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          Problem.of(
              ProblemCode.INVALID_REQUEST,
              "The body has a property that is not known here.",
              path(unknown));
      case JsonMappingException mapping when !mapping.getPath().isEmpty() ->
          Problem.of(
              ProblemCode.INVALID_REQUEST,
              "A property has a value of the wrong type.",
              path(mapping));
      default -> Problem.of(ProblemCode.INVALID_JSON, "The body is not one JSON object.", null);
    };
  }

  /** The property at fault; null when what stands in its place could be anything. */
  private static @Nullable String path(JsonMappingException e) {
    var name = e.getPath().getFirst().getFieldName();
    return name != null && PROPERTY.matcher(name).matches() ? name : null;
  }

  private static Response response(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }
}
