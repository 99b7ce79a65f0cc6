package io.plumbline.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A page in the browser, and everything that it complained of. */
public final class Tab implements AutoCloseable {

    private static final Set<String> COMPLAINTS = Set.of("error", "warning");

    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Tab(Page page) {
        this.page = page;
        page.onConsoleMessage(said -> {
            if (COMPLAINTS.contains(said.type())) {
                complaints.add(said.type() + ": " + said.text() + " at " + said.location());
            }
        });
        page.onPageError(error -> complaints.add("uncaught: " + error));
        page.onResponse(answer -> {
            if (answer.status() >= 400) {
                complaints.add(answer.status() + " of " + answer.url());
            }
        });
    }

    public Page page() {
        return page;
    }

    /** Goes there, and waits until the page is listening. */
    public Tab visit(String path) {
        page.navigate(path);
        page.waitForSelector("#link[data-state=live]");
        return this;
    }

    /** What was said on the console, thrown, or not found, since the tab was opened. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** What somebody who cannot see well, or has no mouse, would stumble over; by the rules of axe-core. */
    public List<String> barriers() {
        return new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                + rule.getNodes().stream()
                                        .limit(3)
                                        .map(node -> node.getHtml() + " (" + node.getFailureSummary() + ")")
                                        .collect(Collectors.joining(", ")))
                        .toList();
    }

    /** How many pixels of the page are beyond the right edge. */
    public int overflow() {
        return ((Number) page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).intValue();
    }

    /** Of the whole page. */
    public void picture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    @Override
    public void close() {
        page.context().close();
    }
}
