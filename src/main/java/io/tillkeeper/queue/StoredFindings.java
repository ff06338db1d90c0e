package io.tillkeeper.queue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tillkeeper.customer.CustomerChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Findings} as they lie on the disk: each value with its type. */
@RegisterForReflection
record StoredFindings(List<StoredDispute> disputes, List<StoredCandidate> candidates) {

  @RegisterForReflection
  record StoredDispute(
      String field, @Nullable String base, String till, String odoo, Findings.Decision decision) {}

  @RegisterForReflection
  record StoredCandidate(long odooId, boolean archived, List<String> matchedBy, String values) {}

  static StoredFindings of(Findings findings) {
    return new StoredFindings(
        findings.disputes().stream().map(StoredFindings::of).toList(),
        findings.candidates().stream().map(StoredFindings::of).toList());
  }

  private static StoredDispute of(Findings.Dispute dispute) {
    var field = dispute.field();
    var base = dispute.base();
    return new StoredDispute(
        field,
        base == null ? null : Content.writeValue(field, base),
        Content.writeValue(field, dispute.till()),
        Content.writeValue(field, dispute.odoo()),
        dispute.decision());
  }

  private static StoredCandidate of(Findings.Candidate candidate) {
    return new StoredCandidate(
        candidate.odooId(),
        candidate.archived(),
        candidate.matchedBy(),
        Content.write(new CustomerChange(candidate.values(), null)));
  }

  Findings toFindings() {
    return new Findings(
        disputes.stream().map(StoredFindings::toDispute).toList(),
        candidates.stream().map(StoredFindings::toCandidate).toList());
  }

  private static Findings.Dispute toDispute(StoredDispute stored) {
    var field = stored.field;
    return new Findings.Dispute(
        field,
        stored.base == null ? null : Content.readValue(field, stored.base),
        Content.readValue(field, stored.till),
        Content.readValue(field, stored.odoo),
        stored.decision);
  }

  private static Findings.Candidate toCandidate(StoredCandidate stored) {
    return new Findings.Candidate(
        stored.odooId, stored.archived, stored.matchedBy, Content.read(stored.values).values());
  }
}
