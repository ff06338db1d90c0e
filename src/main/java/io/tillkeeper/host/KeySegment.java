package io.tillkeeper.host;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.NameIterator;
import io.quarkus.runtime.configuration.PropertiesUtil;
import io.smallrye.config.PropertyName;

/**
 * Whether a segment of a configuration key is the one that is asked for. At each start the
 * framework asks that some ten thousand times, to find keys that nothing reads, and looks for the
 * end of the segment first, a character at a time: an eighth of a start of the native binary. Here
 * what begins with another letter is refused before that.
 */
final class KeySegment {

  private KeySegment() {}

  /** The answer of {@link PropertiesUtil#isMapped}. */
  static boolean is(NameIterator key, String wanted) {
    var name = key.getName();
    var start = key.getPosition() + 1;
    if (start < name.length()
        && !wanted.isEmpty()
        && areOtherLetters(name.charAt(start), wanted.charAt(0))) {
      return false;
    }
    var end = key.getNextEnd();
    var length = (end == 0 ? name.length() : end) - start;
    return PropertyName.equals(name, start, length, wanted, 0, wanted.length());
  }

  /** Anything else may stand for a name: an asterisk, a quotation mark. */
  private static boolean areOtherLetters(char one, char other) {
    return one != other && isLetter(one) && isLetter(other);
  }

  private static boolean isLetter(char character) {
    return character >= 'a' && character <= 'z';
  }

  /** In the native binary only. */
  @TargetClass(PropertiesUtil.class)
  static final class InTheFramework {

    private InTheFramework() {}

    @Substitute
    static boolean isMapped(NameIterator propertyName, String name) {
      return is(propertyName, name);
    }
  }
}
