package io.tillkeeper.simulator;

import java.util.EnumSet;
import java.util.Set;

/**
 * The rights of the one user; a sync user of a shop has all but those of accounting and of users.
 */
final class Rights {

  private final OdooVersion version;
  private final Set<Right> granted;

  Rights(OdooVersion version) {
    this(version, EnumSet.complementOf(EnumSet.of(Right.ACCOUNTING, Right.USERS)));
  }

  private Rights(OdooVersion version, Set<Right> granted) {
    this.version = version;
    this.granted = granted;
  }

  /** The same rights under another version, which says it in other words if one is missing. */
  synchronized Rights under(OdooVersion other) {
    return new Rights(other, EnumSet.copyOf(granted));
  }

  synchronized void grant(Right right) {
    granted.add(right);
  }

  synchronized void revoke(Right right) {
    granted.remove(right);
  }

  synchronized boolean has(Right right) {
    return granted.contains(right);
  }

  /** What Odoo says when it is asked whether something may be done with a model. */
  boolean allow(String model, String operation) {
    return switch (operation) {
      case "read" -> model.equals(Method.USERS) || has(Right.READ);
      case "create" -> has(model.equals(Method.USERS) ? Right.USERS : Right.CREATE);
      case "write" -> has(model.equals(Method.USERS) ? Right.USERS : Right.WRITE);
      case "unlink" -> has(model.equals(Method.USERS) ? Right.USERS : Right.UNLINK);
      default -> throw OdooError.value("Invalid access mode");
    };
  }

  /** Refuses in Odoo's words. */
  void require(Right right) {
    if (!has(right)) {
      throw refused(right);
    }
  }

  private OdooError refused(Right right) {
    String verb =
        switch (right) {
          case READ, ACCOUNTING, USERS -> "access";
          case CREATE -> "create";
          case WRITE -> "modify";
          case UNLINK -> "delete";
        };
    String creators =
        version.atLeast(OdooVersion.V19) ? "Contact/Creation" : "Extra Rights/Contact Creation";
    String others = right == Right.UNLINK ? "" : "\n\t- Inventory/Administrator";
    return OdooError.access(
        "You are not allowed to "
            + verb
            + " 'Contact' (res.partner) records.\n\nThis operation is allowed for the following"
            + " groups:\n\t- "
            + creators
            + others
            + "\n\nContact your administrator to request access if necessary.");
  }

  /** What {@code load} says of a child contact when the accounting right is missing. */
  OdooError creditLimitRefused(long uid) {
    String words =
        version.atLeast(OdooVersion.V19)
            ? "field \"credit_limit\" on Contact (res.partner). Please contact your system"
                + " administrator.\n\nOperation: read\nUser: "
                + uid
                + "\nGroups: allowed for groups 'Show Accounting Features - Readonly', 'Accounting"
                + " / Invoicing'"
            : "fields \"credit_limit\" on Contact (res.partner). Please contact your system"
                + " administrator.\n\nOperation: read\nUser: "
                + uid
                + "\nFields:\n- credit_limit (allowed for groups 'Technical / Show Accounting"
                + " Features - Readonly', 'Invoicing / Invoicing')";
    return OdooError.access("You do not have enough rights to access the " + words);
  }
}
