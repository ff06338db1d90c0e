package io.tillkeeper.odoo;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is wrong with the configuration of the Odoo server, before any of it is tried. */
public final class OdooConfigCheck {

  private static final String NOTHING = "";
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private OdooConfigCheck() {}

  /**
   * One sentence for a technician about the first thing that is wrong; empty when all is well.
   * Reads the files of the key and of the proxy's password, and changes nothing.
   */
  public static Optional<String> firstProblem(OdooConfig config) {
    return problems(config).stream().findFirst();
  }

  /**
   * One sentence for a technician about each thing that is wrong, which names its key and never its
   * secret. Reads the files of the key and of the proxy's password, and changes nothing.
   */
  public static List<String> problems(OdooConfig config) {
    return problems(config, new ApiKeySource(config));
  }

  static List<String> problems(OdooConfig config, ApiKeySource keys) {
    List<String> problems = new ArrayList<>();
    if (config.timeout().isZero() || config.timeout().isNegative()) {
      problems.add("tillkeeper.odoo.timeout must be more than nothing.");
    }
    if (config.url().isPresent()) {
      problems.add(url(config.url().get()));
      problems.add(database(config.database().orElse("")));
      problems.add(keys.problem().orElse(NOTHING));
      problems.add(authorities(config));
      problems.add(config.proxy().map(OdooConfigCheck::proxy).orElse(NOTHING));
      problems.addAll(new ProxyPassword(config).problems());
    }
    return problems.stream().filter(problem -> !problem.equals(NOTHING)).toList();
  }

  private static String url(URI url) {
    if (url.getScheme() == null || !SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))) {
      return "tillkeeper.odoo.url must begin with http:// or https://.";
    }
    if (url.getRawUserInfo() != null || String.valueOf(url.getRawAuthority()).contains("@")) {
      return "tillkeeper.odoo.url must not hold a user or a password.";
    }
    if (url.getHost() == null) {
      return "tillkeeper.odoo.url names no host.";
    }
    if (url.getPort() == 0 || url.getPort() > 65535) {
      return "tillkeeper.odoo.url names a port that does not exist.";
    }
    if (!String.valueOf(url.getRawPath()).matches("/?")) {
      return "tillkeeper.odoo.url must not have a path: Odoo is always at the root.";
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      return "tillkeeper.odoo.url must end after the host and the port.";
    }
    return NOTHING;
  }

  private static String proxy(URI proxy) {
    String key = "tillkeeper.odoo.proxy";
    if (!"http".equalsIgnoreCase(proxy.getScheme())) {
      return key
          + " must begin with http://, also where Odoo is https: what goes by it is then"
          + " encrypted from end to end.";
    }
    if (proxy.getRawUserInfo() != null || String.valueOf(proxy.getRawAuthority()).contains("@")) {
      return key + " must not hold a user or a password: they have keys of their own.";
    }
    if (proxy.getHost() == null) {
      return key + " names no host.";
    }
    if (proxy.getPort() < 1 || proxy.getPort() > 65535) {
      return key + " must name the port of the proxy, as in http://proxy.lan:3128.";
    }
    return String.valueOf(proxy.getRawPath()).matches("/?")
            && proxy.getRawQuery() == null
            && proxy.getRawFragment() == null
        ? NOTHING
        : key + " must end after the host and the port.";
  }

  private static String database(String database) {
    if (database.isBlank()) {
      return "tillkeeper.odoo.database is missing; it is needed when tillkeeper.odoo.url is set.";
    }
    // It travels in a header; Odoo takes less than this for a name.
    return database.chars().allMatch(c -> c > ' ' && c < 0x7f)
        ? NOTHING
        : "tillkeeper.odoo.database holds characters that no name of a database has.";
  }

  private static String authorities(OdooConfig config) {
    if (config.caFile().isEmpty()) {
      return NOTHING;
    }
    try {
      Trust.context(config.caFile());
      return NOTHING;
    } catch (LinkLost unreadable) {
      return unreadable.getMessage() + ".";
    }
  }
}
