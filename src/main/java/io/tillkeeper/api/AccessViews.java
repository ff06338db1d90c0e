package io.tillkeeper.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answers about pairing and tokens. */
@RegisterForReflection(ignoreNested = false)
final class AccessViews {

  private AccessViews() {}

  @Schema(name = "Pairing", description = "A code that is good once.")
  record Pairing(
      @Schema(examples = "K7QP-2MXA") String code,
      @Schema(description = "Until when it is good.") Instant expiresAt,
      String scope,
      String holder) {}

  @Schema(name = "Token", description = "What was given to a page or a program, without the token.")
  record Token(
      String id,
      String scope,
      @Schema(description = "The origin of its page; or 'console', or 'program'.") String holder,
      @Schema(description = "What people call it; may be empty.") String name,
      Instant createdAt,
      @Schema(nullable = true, description = "To the minute.") @Nullable Instant lastUsedAt) {}

  @Schema(name = "Tokens")
  record Tokens(List<Token> tokens) {}

  @Schema(name = "NewToken", description = "A token, which is shown this one time.")
  record NewToken(
      @Schema(description = "For 'Authorization: Bearer'.") String token,
      String id,
      String scope,
      String holder) {}
}
