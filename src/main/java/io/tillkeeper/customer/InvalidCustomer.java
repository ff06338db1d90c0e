package io.tillkeeper.customer;

/**
 * What the till gave cannot become a customer in Odoo. Nothing was accepted.
 *
 * <p>The message is a plain sentence for the caller and never repeats the customer's data.
 */
public final class InvalidCustomer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the name of the field at fault
   * @param detail one plain sentence
   */
  public InvalidCustomer(String field, String detail) {
    super(detail);
    this.field = field;
  }

  /** The name of the field at fault. */
  public String field() {
    return field;
  }
}
