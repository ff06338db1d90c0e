package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CodePagesTest {

  private static final String PROGRAM = "/usr/bin/tillkeeper";

  private static List<CodePages> of(String mapping, int changedKilobytes) {
    return CodePages.of(
        List.of(
            mapping,
            "Size:                  8 kB",
            "Rss:                   8 kB",
            "Anonymous:             %d kB".formatted(changedKilobytes),
            "AnonHugePages:         0 kB",
            "VmFlags: rd ex mr mw me sd"),
        PROGRAM);
  }

  @Test
  void codeThatIsAsInTheFileCanBeLetGo() {
    assertThat(of("7f0000001000-7f0000003000 r-xp 00001000 08:01 42   " + PROGRAM, 0))
        .containsExactly(new CodePages(0x7f0000001000L, 0x2000));
    assertThat(of("ffff800000001000-ffff800000002000 r--p 00000000 08:01 42 " + PROGRAM, 0))
        .containsExactly(new CodePages(0xffff800000001000L, 0x1000));
  }

  @Test
  void whatWasWrittenToIsKept() {
    assertThat(of("7f0000001000-7f0000003000 r--p 00001000 08:01 42   " + PROGRAM, 4)).isEmpty();
  }

  @Test
  void whatCanBeWrittenToIsKept() {
    assertThat(of("7f0000001000-7f0000003000 rw-p 00001000 08:01 42   " + PROGRAM, 0)).isEmpty();
  }

  @Test
  void whatIsNotOfTheProgramIsKept() {
    assertThat(of("7f0000001000-7f0000003000 r-xp 00001000 08:01 43   /lib/libc.so.6", 0))
        .isEmpty();
    assertThat(of("7f0000001000-7f0000003000 r-xp 00000000 00:00 0    [vdso]", 0)).isEmpty();
    assertThat(of("7f0000001000-7f0000003000 r-xp 00000000 00:00 0 ", 0)).isEmpty();
  }
}
