package io.tillkeeper.api;

import java.util.Locale;

/** The problems there are; the codes are a contract. */
enum ProblemCode {
  INVALID_JSON(400, "Invalid JSON"),
  INVALID_REQUEST(400, "Invalid request"),
  INVALID_PARAMETER(400, "Invalid parameter"),
  INVALID_IDEMPOTENCY_KEY(400, "Invalid idempotency key"),
  TOKEN_REQUIRED(401, "Token required"),
  TOKEN_REFUSED(401, "Token refused"),
  PAIRING_REFUSED(401, "Pairing refused"),
  PAIRING_WITHDRAWN(401, "Pairing withdrawn"),
  HOST_REFUSED(403, "Host refused"),
  ORIGIN_REFUSED(403, "Origin refused"),
  OUT_OF_SCOPE(403, "Out of scope"),
  REHEARSAL_NOT_ALLOWED(403, "Rehearsal not allowed"),
  NOT_FOUND(404, "Not found"),
  CUSTOMER_UNKNOWN(404, "Customer unknown"),
  TOKEN_UNKNOWN(404, "Token unknown"),
  OPERATION_UNKNOWN(404, "Operation unknown"),
  REHEARSAL_UNKNOWN(404, "Rehearsal unknown"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  NOT_ACCEPTABLE(406, "Not acceptable"),
  REF_TAKEN(409, "Ref taken"),
  NOT_HELD(409, "Not held"),
  REHEARSAL_NOT_POSSIBLE(409, "Rehearsal not possible"),
  BODY_TOO_LARGE(413, "Body too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  INVALID_CUSTOMER(422, "Invalid customer"),
  DECISION_DOES_NOT_FIT(422, "Decision does not fit"),
  PARENT_UNKNOWN(422, "Company unknown"),
  IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused"),
  TOO_MANY_ATTEMPTS(429, "Too many attempts"),
  INTERNAL(500, "Internal error"),
  TOO_MANY_LISTENERS(503, "Too many listeners"),
  BUSY(503, "Busy"),
  LINK_REQUIRED(503, "Link required"),
  DISK_FULL(507, "Disk full"),
  DISK_FAILED(507, "Disk failed");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String type() {
    return "urn:tillkeeper:problem:" + code();
  }
}
