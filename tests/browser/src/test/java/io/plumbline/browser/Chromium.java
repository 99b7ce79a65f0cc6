package io.plumbline.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.plumbline.support.Needed;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/** The browser of this machine. Of one thread. */
public final class Chromium implements AutoCloseable {

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Where it is; without one the test is skipped, or fails: {@link Needed}. */
    public static Path installed() {
        return Needed.program(
                "a browser (Debian's package chromium)",
                Needed.onPath("chromium", "chromium-browser", "google-chrome"));
    }

    public static Chromium start(Path executable) {
        var env = new HashMap<>(System.getenv());
        env.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(env));
        var browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
        return new Chromium(playwright, browser);
    }

    /** A tab of its own that keeps nothing of others. */
    public Tab open(URI root, int width, ColorScheme colours) {
        var context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(root.toString())
                .setViewportSize(width, 900)
                .setColorScheme(colours));
        return new Tab(context.newPage());
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
