package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.CountingMetrics;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.MutableClock;
import io.plumbline.gateway.testing.SmallGateway;
import java.time.Duration;
import java.util.Optional;

/** A pipeline on a clock that stands still, with a stream that is brought into force by name. */
final class PipelineBench {

    static final StatsRules RULES = new StatsRules(Duration.ofSeconds(30), Duration.ofMillis(500), 64);

    final MutableClock clock = new MutableClock();
    final CountingMetrics metrics = new CountingMetrics();
    final Self self = new Self(new GatewayId("gw-north"), new SiteId("north"), clock);
    final GatewayMemory memory = new GatewayMemory(RULES, clock, Duration.ofHours(1));
    final Pipeline pipeline = pipeline(memory);

    /** One that goes on with what is remembered; no time passes for it. */
    Pipeline pipeline(GatewayMemory remembered) {
        return SmallGateway.pipeline(self, remembered, metrics, () -> 0);
    }

    /** Lets a build answer; returns what it replaced. */
    Optional<Build> activate(String build) {
        return activate(build, FakeModel.build(build));
    }

    Optional<Build> activate(String name, Build build) {
        var event = new GatewayEvent.BuildActivated(
                self.gateway(),
                self.site(),
                clock.instant(),
                Motes.CLIMATE,
                Motes.stream(name).model(),
                build.manifest(),
                1,
                Optional.empty());
        var replaced = pipeline.activate(Motes.stream(name), build, event);
        if (replaced.isEmpty()) {
            pipeline.takeRecords();
        }
        return replaced;
    }
}
