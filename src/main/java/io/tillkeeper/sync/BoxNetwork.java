package io.tillkeeper.sync;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the box has come to a network: an address, or the default route, that it did not have at
 * the last look. The routes are read from Linux; elsewhere the addresses alone tell.
 *
 * <p>Not thread-safe: only {@link WorkerLoop} looks, and only while there is something to wait for.
 */
@ApplicationScoped
class BoxNetwork {

  private static final int UP = 0x1;
  private static final int REJECTS = 0x200;
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private record Look(Set<String> addresses, Set<String> defaultRoutes) {}

  private final Path routes;
  private final Supplier<Set<String>> addresses;
  private @Nullable Look last;

  @Inject
  BoxNetwork() {
    this(Path.of("/proc/net"), BoxNetwork::addressesOfThisBox);
  }

  /**
   * @param routes where Linux shows them
   * @param addresses those of the box, but for the loopback's
   */
  BoxNetwork(Path routes, Supplier<Set<String>> addresses) {
    this.routes = routes;
    this.addresses = addresses;
  }

  /** Whether there is another network than at the last look; false at the first one. */
  boolean hasComeBack() {
    var before = last;
    var now = new Look(addresses.get(), defaultRoutes());
    last = now;
    return before != null && !now.equals(before) && !now.addresses().isEmpty();
  }

  /** The next look is a first one. */
  void forget() {
    last = null;
  }

  private Set<String> defaultRoutes() {
    return Stream.concat(
            lines("route").filter(BoxNetwork::isDefault).map(field -> field[0] + " " + field[2]),
            lines("ipv6_route")
                .filter(BoxNetwork::isDefault6)
                .map(field -> field[9] + " " + field[4]))
        .collect(Collectors.toSet());
  }

  private Stream<String[]> lines(String file) {
    try {
      return Files.readString(routes.resolve(file)).lines().map(line -> SPACE.split(line.strip()));
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /** Interface, destination, gateway, flags, three numbers, mask, and what does not matter here. */
  private static boolean isDefault(String[] field) {
    return field.length > 7 && isZero(field[1]) && isZero(field[7]) && isInUse(field[3]);
  }

  /** Destination, its length, source, its length, gateway, three numbers, flags, interface. */
  private static boolean isDefault6(String[] field) {
    return field.length > 9 && isZero(field[0]) && isZero(field[1]) && isInUse(field[8]);
  }

  private static boolean isZero(String hex) {
    return hex.chars().allMatch(digit -> digit == '0');
  }

  private static boolean isInUse(String flags) {
    var bits = Long.parseLong(flags, 16);
    return (bits & UP) != 0 && (bits & REJECTS) == 0;
  }

  private static Set<String> addressesOfThisBox() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(BoxNetwork::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(Predicate.not(InetAddress::isLoopbackAddress))
          .filter(Predicate.not(InetAddress::isLinkLocalAddress))
          .map(InetAddress::getHostAddress)
          .collect(Collectors.toSet());
    } catch (SocketException e) {
      return Set.of();
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
