/**
 * What a customer change is: plain values, their validation, and how they are normalised for
 * comparing. Imports only {@code java.*} and the phone library.
 */
@NullMarked
package io.tillkeeper.customer;

import org.jspecify.annotations.NullMarked;
