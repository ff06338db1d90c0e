package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleConfigTest {

  private static final Pattern KEY = Pattern.compile("^#?(tillkeeper\\.[a-z0-9.-]+)=.*$");

  /** A key for each field: the sample has some of them. */
  private static final String BY_FIELD = "^(tillkeeper\\.merge\\.policy)\\..*";

  /** The keys of the simulator are for dev mode only, and not an operator's. */
  private static final String DEV_ONLY = "tillkeeper.simulator";

  @Test
  void theSampleFileNamesEveryKeyOfTheProductAndNoOther() throws IOException {
    assertThat(keysOfTheSample()).isEqualTo(keysOfTheProduct());
  }

  private static Set<String> keysOfTheSample() throws IOException {
    try (var lines = Files.lines(Path.of("deploy/tillkeeper.properties"))) {
      return lines
          .map(KEY::matcher)
          .filter(Matcher::matches)
          .map(line -> line.group(1).replaceFirst(BY_FIELD, "$1"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> keysOfTheProduct() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tillkeeper")
            .stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .flatMap(SampleConfigTest::keys)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> keys(JavaClass mapping) {
    var prefix = mapping.getAnnotationOfType(ConfigMapping.class).prefix();
    return prefix.equals(DEV_ONLY)
        ? Stream.empty()
        : Arrays.stream(mapping.reflect().getDeclaredMethods())
            .filter(key -> !key.isDefault())
            .map(Method::getName)
            .map(name -> prefix + "." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }
}
