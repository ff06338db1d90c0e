package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the box has come to a network, as Linux shows it. */
class BoxNetworkTest {

  private static final String HEAD =
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
  private static final String LAN = "eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";
  private static final String DEFAULT =
      "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n";
  private static final String ZEROS = "0".repeat(32);
  private static final String UNREACHABLE_6 =
      "%1$s 00 %1$s 00 %1$s ffffffff 00000001 00000000 00200200       lo\n".formatted(ZEROS);
  private static final String DEFAULT_6 =
      "%1$s 00 %1$s 00 fe800000000000000000000000000001 00000400 00000002 00000000 00000003 eth0\n"
          .formatted(ZEROS);

  @TempDir Path folder;
  private Set<String> addresses = Set.of("192.168.1.7");
  private BoxNetwork network;

  @BeforeEach
  void lookOnce() throws IOException {
    routes(LAN);
    routes6(UNREACHABLE_6);
    network = new BoxNetwork(folder, () -> addresses);
    assertThat(network.hasComeBack()).isFalse();
  }

  private void routes(String lines) throws IOException {
    Files.writeString(folder.resolve("route"), HEAD + lines);
  }

  private void routes6(String lines) throws IOException {
    Files.writeString(folder.resolve("ipv6_route"), lines);
  }

  @Test
  void whereNothingChangesNothingHasComeBack() throws IOException {
    routes(LAN.replace("\t0\t0\t0\t", "\t3\t9\t600\t"));
    routes6(UNREACHABLE_6.replace("00000001 00000000", "00000009 000000ff"));

    assertThat(network.hasComeBack()).isFalse();
  }

  @Test
  void aDefaultRouteHasComeBack() throws IOException {
    routes(LAN + DEFAULT);

    assertThat(network.hasComeBack()).isTrue();
    assertThat(network.hasComeBack()).isFalse();
  }

  @Test
  void aDefaultRouteOfTheNewerKindHasComeBack() throws IOException {
    routes6(UNREACHABLE_6 + DEFAULT_6);

    assertThat(network.hasComeBack()).isTrue();
  }

  @Test
  void anotherAddressIsAnotherNetwork() {
    addresses = Set.of("10.0.0.7");

    assertThat(network.hasComeBack()).isTrue();
  }

  @Test
  void aNetworkThatGoesHasNotComeBack() {
    addresses = Set.of();
    assertThat(network.hasComeBack()).isFalse();

    addresses = Set.of("192.168.1.7");
    assertThat(network.hasComeBack()).isTrue();
  }

  @Test
  void whereLinuxShowsNoRoutesTheAddressesTell() throws IOException {
    Files.delete(folder.resolve("route"));
    Files.delete(folder.resolve("ipv6_route"));
    assertThat(network.hasComeBack()).isFalse();

    addresses = Set.of("192.168.1.7", "fd00::7");
    assertThat(network.hasComeBack()).isTrue();
  }

  @Test
  void whoForgetsHasNothingToCompareWith() {
    network.forget();
    addresses = Set.of("10.0.0.7");

    assertThat(network.hasComeBack()).isFalse();
  }

  @Test
  void theBoxItselfCanBeLookedAt() {
    var box = new BoxNetwork();

    assertThat(box.hasComeBack()).isFalse();
    assertThat(box.hasComeBack()).isFalse();
  }
}
