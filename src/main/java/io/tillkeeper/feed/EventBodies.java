package io.tillkeeper.feed;

import io.tillkeeper.queue.QueueChange;

/**
 * What the feed's events say, in the words of the local API, which provides it. Each answer is an
 * object to be written as JSON, and holds no customer's data.
 */
public interface EventBodies {

  /** The state of it all as it is now; the same as the API's status. */
  Object status();

  /** Where an operation is now. */
  Object operation(QueueChange.OperationMoved moved);

  /** How far a customer is now. */
  Object customer(QueueChange.CustomerMoved moved);

  /** That a message of a listener's is not understood. */
  Object notUnderstood(String detail);

  /** That where the feed is to begin is no id. */
  Object noPlace();

  /** That there are as many listeners as there may be. */
  Object tooMany();
}
