package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NotifySocketTest {

  private static String name(byte[] socketAddress) {
    return new String(
        Arrays.copyOfRange(socketAddress, 2, socketAddress.length), StandardCharsets.UTF_8);
  }

  @Test
  void aPathEndsWithAZero() throws IOException {
    var address = new NotifySocket("/run/systemd/notify").socketAddress();

    assertThat(ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getShort())
        .isEqualTo((short) 1);
    assertThat(name(address)).isEqualTo("/run/systemd/notify\0");
  }

  @Test
  void anAbstractNameBeginsWithOne() throws IOException {
    assertThat(name(new NotifySocket("@notify").socketAddress())).isEqualTo("\0notify");
  }

  @Test
  void aNameThatNoSocketCanHaveIsRefused() {
    var name = "/run/" + "a".repeat(103);

    assertThatThrownBy(() -> new NotifySocket(name).socketAddress())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(name);
  }
}
