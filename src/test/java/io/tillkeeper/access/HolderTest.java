package io.tillkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HolderTest {

  @ParameterizedTest
  @CsvSource({
    "https://shop.odoo.com, https://shop.odoo.com",
    "https://shop.odoo.com/, https://shop.odoo.com",
    "HTTPS://Shop.Odoo.COM, https://shop.odoo.com",
    "https://shop.odoo.com:443, https://shop.odoo.com",
    "http://shop.lan:80, http://shop.lan",
    "https://shop.odoo.com:8443, https://shop.odoo.com:8443",
    "http://192.168.1.4:8069, http://192.168.1.4:8069",
    "http://[::1]:8069, http://[::1]:8069",
    "https://niño.example, https://xn--nio-8ma.example",
  })
  void anOriginIsKeptAsABrowserWritesIt(String typed, String origin) {
    assertThat(Holder.pagesOf(typed).text()).isEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "*",
        "https://*.odoo.com",
        "https://",
        "shop.odoo.com",
        "file:///srv/page.html",
        "ftp://shop.odoo.com",
        "chrome-extension://abcdef",
        "https://shop.odoo.com/pos/ui",
        "https://shop.odoo.com?a=b",
        "https://shop.odoo.com#x",
        "https://eva@shop.odoo.com",
        "https://shop.odoo.com:0",
        "https://shop.odoo.com:70000",
        "https://shop.odoo.com.",
        "https://shop odoo.com",
        "console",
        "",
      })
  void whatIsNoOriginIsNotTakenForOne(String typed) {
    assertThatThrownBy(() -> Holder.pagesOf(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(".");
  }

  @Test
  void aTokenIsGoodForItsHolderAlone() {
    var shop = Holder.pagesOf("https://shop.example");
    var fromShop = new Call("https://shop.example", false, "127.0.0.1");
    var fromOther = new Call("https://shop.example.evil.example", false, "127.0.0.1");
    var fromOwn = new Call(null, true, "127.0.0.1");
    var fromNoPage = new Call(null, false, "127.0.0.1");

    assertThat(shop.made(fromShop)).isTrue();
    assertThat(shop.made(fromOther)).isFalse();
    assertThat(shop.made(fromNoPage)).isFalse();
    assertThat(Holder.CONSOLE.made(fromOwn)).isTrue();
    assertThat(Holder.CONSOLE.made(fromNoPage)).isFalse();
    assertThat(Holder.CONSOLE.made(fromShop)).isFalse();
    assertThat(Holder.PROGRAM.made(fromNoPage)).isTrue();
    assertThat(Holder.PROGRAM.made(fromShop)).isFalse();
  }
}
