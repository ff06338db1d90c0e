package io.tillkeeper.queue;

import java.util.List;

/**
 * The event that tells what a commit changed. It is fired when the commit is on the disk, in the
 * order of the commits, and before the one who asked for the change gets an answer; so an observer
 * must be quick. What an observer throws is logged, and changes nothing.
 *
 * @param changes in the order in which they were made
 */
public record QueueChanged(List<QueueChange> changes) {

  public QueueChanged {
    changes = List.copyOf(changes);
  }
}
