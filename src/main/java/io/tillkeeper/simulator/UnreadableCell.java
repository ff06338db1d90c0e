package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/** A cell of {@code load} that means nothing in its column. */
final class UnreadableCell extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String words;
  private final transient JsonNode moreInfo;

  UnreadableCell(String words, JsonNode moreInfo) {
    super(words, null, false, false);
    this.words = words;
    this.moreInfo = moreInfo;
  }

  String words() {
    return words;
  }

  JsonNode moreInfo() {
    return moreInfo;
  }
}
