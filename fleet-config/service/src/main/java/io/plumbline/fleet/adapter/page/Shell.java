package io.plumbline.fleet.adapter.page;

import io.plumbline.fleet.adapter.live.Bookmark;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.alert.AlertDesk;
import io.plumbline.fleet.core.console.FleetPicture;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives every page its frame: header, navigation, and the change from which its script listens on. */
@Singleton
public final class Shell {

    private static final int MOST_DIGITS = 6;

    private final AlertDesk alerts;
    private final Bookmark bookmark;
    private final String version;
    private final Clock clock;

    Shell(
            AlertDesk alerts,
            Bookmark bookmark,
            @ConfigProperty(name = "quarkus.application.version") String version,
            Clock clock) {
        this.alerts = alerts;
        this.bookmark = bookmark;
        this.version = version;
        this.clock = clock;
    }

    /** To be called before the page's own data are gathered: a change in between is then told, not missed. */
    TemplateInstance frame(Template page, Place here) {
        var open = FleetPicture.openAlerts(alerts.book()).size();
        return page.data("frame", new Frame(here, version, bookmark.now(), open, clock.instant()));
    }

    /** The picture of the fleet as it is now. */
    FleetPicture picture(ControlPlane control, FleetObservations heard) {
        return new FleetPicture(control.state(), heard, alerts.book(), now());
    }

    AlertBook book() {
        return alerts.book();
    }

    Instant now() {
        return clock.instant();
    }

    /** A number from an address that anybody may have typed; 1 if it is none. */
    static int number(String typed) {
        return !typed.isEmpty()
                        && typed.length() <= MOST_DIGITS
                        && typed.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(typed)
                : 1;
    }
}
