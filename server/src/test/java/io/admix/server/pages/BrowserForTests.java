package io.admix.server.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ScreenshotType;
import io.admix.server.ServerForTests;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * One visitor with a browser of his own (a context of the one Chromium of this JVM). What must
 * never be seen is collected while he looks, and {@link #close} fails on it: console errors, faults
 * of scripts, requests off the machine, violations of the content policy.
 *
 * <p>Where no Chromium is found the test is skipped by name.
 */
public final class BrowserForTests implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage");
  private static final double PATIENCE_MS = 30_000;

  private final BrowserContext context;
  private final URI base;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final List<String> expected = new CopyOnWriteArrayList<>();
  private final List<String> others = new CopyOnWriteArrayList<>();
  private volatile boolean isLeaving;

  private static final class Chromium {
    /** Ended with the JVM: its process reads from a pipe of ours. */
    static final Optional<Browser> BROWSER = launch();
  }

  private BrowserForTests(URI base, Looks looks) {
    Optional<Browser> browser = Chromium.BROWSER;
    assumeTrue(browser.isPresent(), "there is no chromium on this machine's PATH");
    this.base = base;
    this.context =
        browser
            .get()
            .newContext(
                new Browser.NewContextOptions()
                    .setBaseURL(base.toString())
                    .setLocale(looks.language())
                    .setTimezoneId("Asia/Shanghai")
                    .setColorScheme(looks.isDark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setViewportSize(looks.width(), looks.width() < 600 ? 844 : 900));
    context.setDefaultTimeout(PATIENCE_MS);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    context.onRequest(this::look);
    context.onConsoleMessage(this::look);
    context.onWebError(error -> add("a script failed: " + error.error()));
  }

  /**
   * How a visitor looks at pages.
   *
   * @param language of his browser, such as en-GB
   * @param width of its window in pixels
   */
  public record Looks(String language, boolean isDark, int width) {
    public static final Looks DESKTOP = new Looks("en-GB", false, 1280);

    /** The same in the dark. */
    public Looks dark() {
      return new Looks(language, true, width);
    }

    /** The same on a phone. */
    public Looks phone() {
      return new Looks(language, isDark, 390);
    }

    /** The same in Chinese. */
    public Looks chinese() {
      return new Looks("zh-CN", isDark, width);
    }
  }

  /** The system at one of the shared servers. */
  public static BrowserForTests at(ServerForTests server) {
    return at(server, Looks.DESKTOP);
  }

  /** The same, looking otherwise. */
  public static BrowserForTests at(ServerForTests server, Looks looks) {
    return new BrowserForTests(server.base(), looks);
  }

  /** An owner at one of the shared servers, as their proxy names him. */
  public static BrowserForTests as(String owner, ServerForTests server, Looks looks) {
    BrowserForTests browser = at(server, looks);
    browser.context.setExtraHTTPHeaders(Map.of("User", owner));
    return browser;
  }

  /** An owner at one of the shared servers. */
  public static BrowserForTests as(String owner, ServerForTests server) {
    return as(owner, server, Looks.DESKTOP);
  }

  /** A page that shows an address of the service. */
  public Page open(String address) {
    Page page = context.newPage();
    page.navigate(address);
    return page;
  }

  /** A picture of the whole page, in {@code target/screens}: to be looked at. */
  public static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "screens", name + ".png")));
  }

  /**
   * Pictures of what stands in the window, in both themes, for docs/pages.md: written with {@code
   * -Dadmix.docs.write=true}. What a theme hides is looked for always.
   */
  public static void forDocs(Page page, String name) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      assertAccessible(page);
      if (Boolean.getBoolean("admix.docs.write")) {
        String file = name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".jpg";
        page.screenshot(
            new Page.ScreenshotOptions()
                .setType(ScreenshotType.JPEG)
                .setQuality(62)
                .setPath(Path.of("..", "docs", "images", file)));
      }
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  /** Says that a request will be refused with this status, which browsers call an error. */
  public void expectRefusal(int status) {
    expected.add("status of " + status);
  }

  /** Says that another server is meant to be asked: an issuer. */
  public void mayAsk(URI other) {
    others.add(other.getAuthority());
  }

  /** Fails when axe finds something serious or critical. */
  public static void assertAccessible(Page page) {
    List<String> serious =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .map(BrowserForTests::words)
                .toList();
    assertThat(serious).as("what axe finds on %s", page.url()).isEmpty();
  }

  private static String words(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " at " + rule.getNodes();
  }

  /** Fails on whatever must never be seen. */
  @Override
  public void close() {
    // What is under way now is cut off, which is no fault of a page.
    isLeaving = true;
    context.close();
    assertThat(faults).isEmpty();
  }

  private void add(String fault) {
    if (!isLeaving) {
      faults.add(fault);
    }
  }

  private void look(Request request) {
    URI uri = URI.create(request.url());
    boolean isOff =
        List.of("http", "https", "ws", "wss").contains(uri.getScheme())
            && !uri.getAuthority().equals(base.getAuthority())
            && !others.contains(uri.getAuthority());
    if (isOff) {
      add("a request off this service: " + request.url());
    }
  }

  private void look(ConsoleMessage message) {
    boolean isWrong = message.type().equals("error") || message.type().equals("warning");
    // A page that is left has requests under way.
    boolean isExpected =
        message.text().contains("net::ERR_ABORTED")
            || expected.stream().anyMatch(message.text()::contains);
    if (isWrong && !isExpected) {
      add(message.type() + " in the console: " + message.text());
    }
  }

  private static Optional<Browser> launch() {
    return chromium()
        .map(path -> {
          Playwright playwright =
              Playwright.create(
                  new Playwright.CreateOptions()
                      .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
          return playwright
              .chromium()
              .launch(new BrowserType.LaunchOptions().setExecutablePath(path).setArgs(ARGUMENTS));
        });
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder ->
            Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
