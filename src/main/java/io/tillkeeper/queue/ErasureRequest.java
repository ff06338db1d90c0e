package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerAddress;

/** By what a person is known whose data are to be erased. */
public sealed interface ErasureRequest {

  /** One customer. */
  record OfCustomer(CustomerAddress address) implements ErasureRequest {}

  /** Whoever has this e-mail address, or has had it in an operation. */
  record OfEmail(String email) implements ErasureRequest {}

  /** Whoever has this phone number, or has had it in an operation. */
  record OfPhone(String phone) implements ErasureRequest {}
}
