package io.plumbline.gateway.adapter.health;

import io.plumbline.gateway.GatewayState;
import io.plumbline.gateway.Wiring;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once recovery is done, while the reading path runs and its disk takes what it writes. */
@ApplicationScoped
@Readiness
class GatewayHealth implements HealthCheck {

    private final Wiring wiring;

    GatewayHealth(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public HealthCheckResponse call() {
        var state = wiring.state();
        var response = HealthCheckResponse.named("gateway").status(state.ready() && state.alive());
        state.links().forEach(link -> response.withData(link.name(), link.told()));
        return response.withData("because", because(state))
                .withData("generation", state.generation())
                .withData("lack", state.lack().orElse("nothing"))
                .withData("takenBack", state.unwanted().isEmpty() ? "nothing" : String.join("; ", state.unwanted()))
                .withData("disk", state.disk().orElse("works"))
                .withData("outboxPending", state.outboxPending())
                .build();
    }

    private static String because(GatewayState state) {
        if (!state.alive()) {
            return "the reading path or the outbox's way to Kafka has ended; only a restart helps";
        }
        if (state.disk().isPresent()) {
            return "the data folder cannot be written: " + state.disk().get();
        }
        return state.ready() ? "the reading path runs" : "recovery is not done yet";
    }
}
