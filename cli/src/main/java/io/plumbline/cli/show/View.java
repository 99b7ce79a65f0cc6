package io.plumbline.cli.show;

import io.plumbline.contract.fleet.FleetOverview;

/** What a person sees while the demo runs. */
public interface View {

    /** A step of building or starting. */
    void progress(String step);

    /** Something worth a line of its own. */
    void event(String line);

    /** The state of the fleet, now. */
    void state(String headline, FleetOverview overview);

    /** Leaves the screen as it should stay; nothing is drawn after that. May be called twice, and by any thread. */
    void finish();
}
