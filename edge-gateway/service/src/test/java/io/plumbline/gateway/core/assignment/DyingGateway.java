package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.adapter.disk.ModelFolder;
import io.plumbline.gateway.adapter.disk.SlotFile;
import io.plumbline.gateway.adapter.engine.EngineChoices;
import io.plumbline.gateway.adapter.fleet.FleetClient;
import io.plumbline.gateway.adapter.registry.OciBuilds;
import io.plumbline.gateway.adapter.registry.Patience;
import io.plumbline.gateway.adapter.registry.TrustRoot;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.testing.ClimateBuild;
import io.plumbline.gateway.testing.CountingSlots;
import io.plumbline.gateway.testing.RecordedStreams;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A process of its own: follows the control plane with real builds and answers readings with them. It dies in the call, as
 * native code would take it down, when the recipe of the build is "deadly".
 */
final class DyingGateway {

    private DyingGateway() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Path.of(arguments[0]);
        var http = HttpClient.newHttpClient();
        var builds = new OciBuilds(
                new OciBuilds.Upstream(http, URI.create(arguments[1]), Patience.DEFAULT),
                new ModelFolder(folder.resolve("models"), 1L << 30),
                new TrustRoot(folder.resolve("trust.json"), Clock.systemUTC()),
                new EngineChoices(folder.resolve("engines.json")));
        var self = new Self(new GatewayId("gw-north"), new SiteId("north"), Clock.systemUTC());
        var follower = new AssignmentFollower(
                self,
                new FleetClient(http, URI.create(arguments[2]), self.gateway()),
                new AssignmentFollower.Keeping(new SlotFile(folder.resolve("slots.json")), builds, new CountingSlots()),
                new RecordedStreams(new Answering()));
        follower.resume();
        while (true) {
            try {
                follower.step();
            } catch (IOException e) {
                say("offline");
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Answers a hundred readings with every build that it is given. */
    private static final class Answering implements RecordedStreams.Listener {

        @Override
        public void activated(StreamAssignment stream, Build build) {
            for (int i = 0; i < Probation.ENOUGH_ANSWERS; i++) {
                build.model().predict(ClimateBuild.window(45, 28));
                if (build.card().recipe().equals("deadly")) {
                    Runtime.getRuntime().halt(134);
                }
            }
            say("runs " + stream.build());
        }

        @Override
        public void reported(GatewayEvent event) {
            if (event instanceof GatewayEvent.BuildRefused refused) {
                say("refused " + refused.build() + " " + refused.generation() + " " + refused.because());
            }
        }
    }
}
