package io.tillkeeper.queue;

import io.tillkeeper.storage.RowDamaged;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column with the names of an enum. One that there is not is the disk's doing: Flyway has seen to
 * it that no newer version wrote here.
 */
abstract class NameColumn<E extends Enum<E>> implements AttributeConverter<E, String> {

  private final Class<E> type;

  NameColumn(Class<E> type) {
    this.type = type;
  }

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable E value) {
    return value == null ? null : value.name();
  }

  /**
   * @throws RowDamaged when there is no such name
   */
  @Override
  public @Nullable E convertToEntityAttribute(@Nullable String name) {
    return name == null
        ? null
        : Stream.of(type.getEnumConstants())
            .filter(value -> value.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new RowDamaged("a name in the database"));
  }

  @Converter
  static final class OfKind extends NameColumn<OperationKind> {
    OfKind() {
      super(OperationKind.class);
    }
  }

  @Converter
  static final class OfHeldReason extends NameColumn<HeldReason> {
    OfHeldReason() {
      super(HeldReason.class);
    }
  }
}
