package io.tillkeeper.host.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lets a page, or a program, call the daemon. */
final class PairCommand implements Command {

  private static final String ORIGIN = "--origin";
  private static final String CONSOLE = "--console";
  private static final String PROGRAM = "--program";
  private static final String SCOPE = "--scope";
  private static final String NAME = "--name";
  private static final List<String> SCOPES = List.of("till", "operator", "metrics");

  private static final Map<String, BrowserPolicy> POLICIES =
      Map.of(
          "--chromium-policy", BrowserPolicy.CHROMIUM,
          "--firefox-policy", BrowserPolicy.FIREFOX);

  @Override
  public CommandSpec spec() {
    return Options.command(
            "pair",
            this,
            "Lets a page or a program call the daemon.",
            "A page is given a short code, which a person types into it within two minutes. A program is given its token at once: this is the one time that it is shown.")
        .addOption(
            Options.value(ORIGIN, "ORIGIN", "The pages of this origin: https://shop.odoo.com."))
        .addOption(Options.flag(CONSOLE, "The daemon's own page."))
        .addOption(Options.flag(PROGRAM, "What is no page."))
        .addOption(
            Options.word(
                SCOPE,
                "SCOPE",
                SCOPES,
                "What it may do: till, operator (which decides, too) or metrics. Else operator for the daemon's own page, and till."))
        .addOption(Options.value(NAME, "NAME", "What you call it."))
        .addOption(
            Options.value(
                "--chromium-policy",
                "FILE",
                "Also have Chromium let that origin reach this machine without asking: /etc/chromium/policies/managed/tillkeeper.json; for Chrome in /etc/opt/chrome."))
        .addOption(
            Options.value(
                "--firefox-policy",
                "FILE",
                "The same for Firefox, from 150 on, which goes by the name of the host alone, whatever the scheme and the port: /etc/firefox/policies/policies.json."))
        .addOption(Decisions.by());
  }

  @Override
  public int run(ParseResult given, Session session) {
    var holder = holder(given);
    var policies = POLICIES.keySet().stream().filter(given::hasMatchedOption).sorted().toList();
    if (!policies.isEmpty() && !given.hasMatchedOption(ORIGIN)) {
      throw CommandFailed.usage("A browser's policy is for the pages of an --origin.");
    }
    var scope =
        Options.oneOf(
            SCOPES,
            given.matchedOptionValue(SCOPE, holder.equals("console") ? "operator" : "till"),
            "what one can be paired for");
    var body = Decisions.body(given, session).put("scope", scope).put("holder", holder);
    if (given.hasMatchedOption(NAME)) {
      body.put("name", given.matchedOptionValue(NAME, ""));
    }
    var api = session.api();
    var offer = api.call("POST", "/api/v1/pairings", body);
    policies.forEach(
        option ->
            POLICIES
                .get(option)
                .write(
                    Options.path(given.matchedOptionValue(option, "")),
                    offer.json().path("holder").asText()));
    if (holder.equals("program")) {
      give(offer, api, session);
    } else {
      show(offer, session);
    }
    return ExitCode.OK;
  }

  private static String holder(ParseResult given) {
    var named = Stream.of(ORIGIN, CONSOLE, PROGRAM).filter(given::hasMatchedOption).toList();
    if (named.size() != 1) {
      throw CommandFailed.usage("Give one of --origin ORIGIN, --console and --program.");
    }
    return switch (named.getFirst()) {
      case CONSOLE -> "console";
      case PROGRAM -> "program";
      default -> given.matchedOptionValue(ORIGIN, "");
    };
  }

  private static void give(LocalApi.Reply offer, LocalApi api, Session session) {
    var code = Credential.code(offer.json().path("code").asText());
    var token = api.call(code, "POST", "/api/v1/tokens", null);
    session.output().line(session.json() ? token.text() : token.json().path("token").asText());
  }

  private static void show(LocalApi.Reply offer, Session session) {
    if (session.json()) {
      session.output().line(offer.text());
      return;
    }
    var page =
        offer.json().path("holder").asText().equals("console")
            ? "the page at " + session.api().url()
            : "the page of " + Output.plain(offer.json().path("holder").asText());
    session.output().line("Type this code into %s within two minutes:".formatted(page));
    session.output().line("");
    session.output().line("    " + Output.plain(offer.json().path("code").asText()));
  }
}
