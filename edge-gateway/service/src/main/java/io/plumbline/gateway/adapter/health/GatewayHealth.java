package io.plumbline.gateway.adapter.health;

import io.plumbline.gateway.Wiring;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once recovery is done and the reading path runs. */
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
        return HealthCheckResponse.named("gateway")
                .status(state.ready() && state.alive())
                .withData("mqtt", state.mqtt() ? "connected" : "away")
                .withData("kafka", state.kafka() ? "connected" : "away")
                .withData("generation", state.generation())
                .withData("lack", state.lack().orElse("nothing"))
                .withData("outboxPending", state.outboxPending())
                .build();
    }
}
