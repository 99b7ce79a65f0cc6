package io.plumbline.gateway.adapter.health;

import io.plumbline.gateway.Wiring;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the threads of the reading path and of the outbox are: without one of them only a restart helps. */
@ApplicationScoped
@Liveness
class GatewayPulse implements HealthCheck {

    private final Wiring wiring;

    GatewayPulse(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public HealthCheckResponse call() {
        var alive = wiring.state().alive();
        return HealthCheckResponse.named("gateway-threads")
                .status(alive)
                .withData("because", alive ? "they run" : "one has ended; only a restart helps")
                .build();
    }
}
