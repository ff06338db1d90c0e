package io.tillkeeper.api;

import io.tillkeeper.access.Grant;
import io.tillkeeper.access.Grants;
import io.tillkeeper.access.Holder;
import io.tillkeeper.access.Pairing;
import io.tillkeeper.access.Scope;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Lets pages and programs in, and out again. */
@Path("/api/v1")
@Tag(name = "access", description = "Who may call. All but the exchange is for the command line.")
@Produces(MediaType.APPLICATION_JSON)
class AccessResource {

  private static final String PAIRING = "Pairing ";
  private static final int LONGEST_ORIGIN = 300;

  private final Pairing pairing;
  private final Grants grants;

  AccessResource(Pairing pairing, Grants grants) {
    this.pairing = pairing;
    this.grants = grants;
  }

  @POST
  @Path("/pairings")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "offerPairing",
      summary = "Make a code for a page or a program",
      description = "It is good once, for two minutes, and for nobody else.")
  @APIResponse(
      responseCode = "201",
      description = "The code.",
      content = @Content(schema = @Schema(implementation = AccessViews.Pairing.class)))
  public RestResponse<AccessViews.Pairing> offer(Requests.@Nullable NewPairing body) {
    var request = Requests.required(body);
    var by = Requests.line("by", request.by(), Requests.LONGEST_NAME);
    var scope =
        Optional.ofNullable(request.scope())
            .flatMap(Scope::of)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.INVALID_REQUEST,
                        "'scope' is one of: %s."
                            .formatted(
                                Scope.given().map(Scope::code).collect(Collectors.joining(", "))),
                        "scope"));
    var name =
        request.name() == null ? "" : Requests.line("name", request.name(), Requests.LONGEST_NAME);
    var offer = pairing.offer(scope, holder(request.holder()), name, by);
    return RestResponse.status(
        RestResponse.Status.CREATED,
        new AccessViews.Pairing(
            offer.code(), offer.expiresAt(), offer.scope().code(), offer.holder().text()));
  }

  private static Holder holder(@Nullable String text) {
    var line = Requests.line("holder", text, LONGEST_ORIGIN);
    if (line.equals(Holder.CONSOLE.text())) {
      return Holder.CONSOLE;
    }
    if (line.equals(Holder.PROGRAM.text())) {
      return Holder.PROGRAM;
    }
    try {
      return Holder.pagesOf(line);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST, String.valueOf(e.getMessage()), "holder");
    }
  }

  @POST
  @Path("/tokens")
  @Operation(
      operationId = "exchangeCode",
      summary = "Exchange a code for a token",
      description =
          "With 'Authorization: Pairing CODE', which no page can send without its browser asking first.")
  @APIResponse(
      responseCode = "201",
      description = "The token.",
      content = @Content(schema = @Schema(implementation = AccessViews.NewToken.class)))
  public RestResponse<AccessViews.NewToken> exchange(
      @Parameter(hidden = true) @RestHeader(HttpHeaders.AUTHORIZATION) @Nullable String shown,
      @Context HttpServerRequest request) {
    var code =
        shown != null && shown.regionMatches(true, 0, PAIRING, 0, PAIRING.length())
            ? shown.substring(PAIRING.length())
            : "";
    return switch (pairing.exchange(code, Pages.of(request))) {
      case Pairing.Exchange.Paired paired ->
          RestResponse.status(RestResponse.Status.CREATED, view(paired.given()));
      case Pairing.Exchange.Refused refused ->
          throw new ProblemException(
              ProblemCode.PAIRING_REFUSED,
              "This code is none, or too old, or for another page. 'tillkeeper pair' makes another.");
      case Pairing.Exchange.Withdrawn withdrawn ->
          throw new ProblemException(
              ProblemCode.PAIRING_WITHDRAWN,
              "This code was withdrawn, because somebody guessed at it. 'tillkeeper pair' makes another.");
      case Pairing.Exchange.TooMany tooMany ->
          throw new ProblemException(TokenGuard.tooManyAttempts("codes"));
    };
  }

  private static AccessViews.NewToken view(Grants.Given given) {
    var grant = given.grant();
    return new AccessViews.NewToken(
        given.token(), grant.id(), grant.scope().code(), grant.holder().text());
  }

  @GET
  @Path("/tokens")
  @Operation(operationId = "listTokens", summary = "Who may call, and when each last did")
  @APIResponse(
      responseCode = "200",
      description = "All tokens that are good.",
      content = @Content(schema = @Schema(implementation = AccessViews.Tokens.class)))
  public AccessViews.Tokens tokens() {
    return new AccessViews.Tokens(grants.all().stream().map(AccessResource::view).toList());
  }

  @POST
  @Path("/tokens/{id}/revoke")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "revokeToken",
      summary = "Have a token be good for nothing from now on",
      description = "Who listens to the feed by it is cut off.")
  @APIResponse(
      responseCode = "200",
      description = "What was revoked.",
      content = @Content(schema = @Schema(implementation = AccessViews.Token.class)))
  public AccessViews.Token revoke(@PathParam("id") String id, Requests.@Nullable Revocation body) {
    var by = Requests.line("by", Requests.required(body).by(), Requests.LONGEST_NAME);
    return pairing
        .revoke(id, by)
        .map(AccessResource::view)
        .orElseThrow(
            () -> new ProblemException(ProblemCode.TOKEN_UNKNOWN, "There is no token of this id."));
  }

  private static AccessViews.Token view(Grant grant) {
    return new AccessViews.Token(
        grant.id(),
        grant.scope().code(),
        grant.holder().text(),
        grant.name(),
        grant.createdAt(),
        grant.lastUsedAt());
  }
}
