package io.plumbline.fleet.adapter.page;

import java.time.Instant;
import java.util.List;

/**
 * What stands around every page.
 *
 * @param here the page that it is
 * @param version of the control plane
 * @param news the newest change that the page shows
 * @param alerts how many are open
 * @param now when the page was made
 */
public record Frame(Place here, String version, String news, int alerts, Instant now) {

    /** The navigation. */
    public List<Place> places() {
        return List.of(Place.values());
    }
}
