package io.tillkeeper.storage;

/** {@link StorageCheck#fault} is another one than before. */
public record StorageChanged() {}
