package io.plumbline.cli.demo;

import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.climate.ClimateReadings;
import io.plumbline.cli.climate.Stretch;
import io.plumbline.cli.launch.LaunchException;
import io.plumbline.cli.launch.Plant;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.inference.Npy;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelBytes;
import java.time.Duration;
import java.util.Optional;

/** Everything in place before the first reading: model pushed and built, fleet configured, gateways running it. */
public final class Stage {

    public static final ModelName MODEL = new ModelName("climate-event");
    public static final GatewayId NORTH = new GatewayId("gw-north");
    public static final GatewayId SOUTH = new GatewayId("gw-south");

    /** One quiet hour: no event is in it. */
    private static final int QUIET_READINGS = 720;
    /** What the model was trained on. */
    private static final int TRAINING_READINGS = 2900;

    private static final String FIRST_RECIPE = "static-minmax";
    private static final Duration BUILD_LIMIT = Duration.ofSeconds(60);

    private final Plant plant;
    private final RegistryClient registry;

    public Stage(Plant plant) {
        this.plant = plant;
        this.registry = new RegistryClient(plant.registry());
    }

    public RegistryClient registry() {
        return registry;
    }

    /**
     * Starts both gateways, pushes the model with a quiet hour for its calibration, and configures the fleet with the
     * static build made of it. When this returns the gateways run that build and listen.
     */
    public Digest open(ClimateReadings readings) throws ClientException, LaunchException, InterruptedException {
        return open(readings, FIRST_RECIPE, DemoSettings.REHEARSAL);
    }

    /** The same with the build of this recipe, and with this rehearsal for those that come after it. */
    Digest open(ClimateReadings readings, String recipe, Rehearsal rehearsal)
            throws ClientException, LaunchException, InterruptedException {
        plant.startGateway(NORTH, new SiteId("north"));
        plant.startGateway(SOUTH, new SiteId("south"));
        push(readings);
        var build = build(recipe);
        plant.awaitReady();
        new FleetClient(plant.fleet()).apply(DemoSettings.fleetYaml(build.value(), rehearsal));
        plant.gateway(NORTH).awaitSubscribed();
        plant.gateway(SOUTH).awaitSubscribed();
        plant.startProcessor();
        return build;
    }

    private void push(ClimateReadings readings) throws ClientException {
        var cardYaml = ClimateReadings.resource("model.yaml");
        registry.push(
                new RegistryClient.NewVersion(
                        card(cardYaml),
                        ModelBytes.of(cardYaml),
                        ModelBytes.of(ClimateReadings.resource("climate_event_fp32.onnx")),
                        new RegistryClient.Samples(
                                Optional.of(samples(readings, QUIET_READINGS)),
                                Optional.of(samples(readings, TRAINING_READINGS)))),
                "v1");
    }

    private static ModelBytes samples(ClimateReadings readings, int count) {
        return ModelBytes.of(Npy.write(Stretch.indoorSamples(readings, count)));
    }

    private static ModelCard card(byte[] yaml) {
        try {
            return ModelCard.parse(yaml);
        } catch (CardException e) {
            throw new IllegalStateException("the bundled model card is broken: this is a bug", e);
        }
    }

    /** Waits for the registry to have made it. */
    Digest build(String recipe) throws ClientException, InterruptedException {
        var deadline = System.nanoTime() + BUILD_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            for (var version : registry.view(MODEL).versions()) {
                if (version.state().equals("FAILED")) {
                    throw new ClientException("the registry could not build the model: " + version.because());
                }
                if (version.state().equals("READY")) {
                    return build(version, recipe);
                }
            }
            Thread.sleep(100);
        }
        throw new ClientException("the registry has not built the model after " + BUILD_LIMIT.toSeconds() + " s");
    }

    private static Digest build(ModelView.Version version, String recipe) throws ClientException {
        return version.builds().stream()
                .filter(build -> build.card().recipe().equals(recipe))
                .map(ModelView.Build::manifest)
                .findFirst()
                .orElseThrow(() -> new ClientException("the registry made no " + recipe + " build"));
    }
}
