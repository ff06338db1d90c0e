package io.tillkeeper.simulator;

/** An Odoo of one version on a database: what an upgrade or a new name of the database replaces. */
record Installation(
    OdooVersion version,
    Models models,
    BackOffice backOffice,
    JsonRpcRoute jsonRpc,
    Json2Route json2,
    PagesRoute pages) {

  static Installation of(
      SimulatorOptions options, PartnerTable table, Rights rights, KeyRing keys) {
    OdooVersion version = OdooVersion.of(options.version());
    Access access = new Access(options.database(), options.login(), keys, BackOffice.UID);
    Setting setting =
        new Setting(
            version,
            Field.ofPartner(version),
            rights,
            keys,
            new PartnerRules(options.clock()),
            BackOffice.UID);
    return new Installation(
        version,
        new Models(setting),
        new BackOffice(setting, table),
        new JsonRpcRoute(version, access),
        new Json2Route(version, access),
        new PagesRoute(version));
  }

  Incoming understand(Wire wire) {
    String path = wire.path();
    if (path.equals(JsonRpcRoute.PATH) || path.equals(JsonRpcRoute.VERSION_PATH)) {
      return jsonRpc.read(wire);
    }
    boolean isJson2 = path.equals(Json2Route.PREFIX) || path.startsWith(Json2Route.PREFIX + "/");
    return version.hasJson2() && isJson2 ? json2.read(wire) : pages.read(wire);
  }
}
