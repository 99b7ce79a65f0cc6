package io.plumbline.fleet.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.fleet.Frames;
import io.plumbline.contract.fleet.GlimpseGrant;
import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.contract.fleet.SampleGrant;
import io.plumbline.contract.fleet.Subscription;
import io.plumbline.contract.fleet.Windowing;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import io.plumbline.fleet.core.spec.SpecProblem;
import io.plumbline.fleet.testing.Fleets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FleetYamlTest {

    private static final String GOOD = Fleets.yaml(Fleets.BASELINE);

    @Test
    void readsEveryPartOfAFile() {
        // When
        FleetSpec spec = Fleets.spec();
        // Then
        assertThat(spec.gateways()).containsExactly(Fleets.GW_NORTH, Fleets.GW_SOUTH);
        assertThat(spec.sites().get(Fleets.NORTH).devices())
                .containsExactly(new DeviceId("north-1"), new DeviceId("north-2"));
        assertThat(spec.models()).containsEntry(Fleets.MODEL, Fleets.BASELINE);
        var stream = spec.streams().get(Fleets.STREAM);
        assertThat(stream.topic().value()).isEqualTo("sites/{site}/motes/{device}/climate");
        assertThat(stream.shadowShare()).isEqualTo(0.5);
        assertThat(stream.statsWindow()).isEqualTo(Duration.ofMinutes(5));
        assertThat(spec.rollout().canary()).contains(Fleets.GW_NORTH);
        assertThat(spec.rollout().schedule().deadline()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void readsWhichFramesAreAnswered() {
        assertThat(Fleets.parse(GOOD).streams().get(Fleets.STREAM).frames()).isEmpty();
        assertThat(Fleets.parse(GOOD.replace("statsWindow: PT5M", "statsWindow: PT5M, frames: latest"))
                        .streams()
                        .get(Fleets.STREAM)
                        .frames())
                .contains(Frames.LATEST);
    }

    @Test
    void readsWhereThePartsOfAPayloadAre() {
        // Given
        var payload = "payload: {codec: cbor, time: {at: /ts, unit: s}, seq: /n, "
                + "fields: {humidity: {at: /data/0/rh, scale: 0.1}, temperature: /data/1}}";
        // When
        var layout = Fleets.parse(GOOD.replace("statsWindow: PT5M", payload))
                .streams()
                .get(Fleets.STREAM)
                .payload();
        // Then
        assertThat(layout)
                .contains(new PayloadLayout(
                        PayloadLayout.Codec.CBOR,
                        List.of(
                                new PayloadLayout.Field("humidity", "/data/0/rh", 0.1, 0),
                                PayloadLayout.Field.of("temperature", "/data/1")),
                        Optional.of(new PayloadLayout.Time("/ts", PayloadLayout.Unit.SECONDS)),
                        Optional.of("/n")));
    }

    @Test
    void readsHowATopicIsSubscribedTo() {
        assertThat(subscription("statsWindow: PT5M")).isEmpty();
        assertThat(subscription("qos: 1")).isEmpty();
        assertThat(subscription("qos: 0")).contains(new Subscription(0, Optional.empty()));
        assertThat(subscription("share: gateways")).contains(new Subscription(1, Optional.of("gateways")));
    }

    private static Optional<Subscription> subscription(String option) {
        return Fleets.parse(GOOD.replace("statsWindow: PT5M", option))
                .streams()
                .get(Fleets.STREAM)
                .subscription();
    }

    @Test
    void readsHowReadingsBecomeWindows() {
        assertThat(windowing("statsWindow: PT5M")).isEmpty();
        assertThat(windowing("stride: 1")).isEmpty();
        assertThat(windowing("stride: 4")).contains(new Windowing(4, Optional.empty()));
        assertThat(windowing("lateness: PT30S")).contains(new Windowing(1, Optional.of(Duration.ofSeconds(30))));
    }

    private static Optional<Windowing> windowing(String option) {
        return Fleets.parse(GOOD.replace("statsWindow: PT5M", option))
                .streams()
                .get(Fleets.STREAM)
                .windowing();
    }

    @Test
    void readsWhatANewBuildHasToDoBeforeItTakesOver() {
        assertThat(rehearsal("statsWindow: PT5M")).isEmpty();
        assertThat(rehearsal("rehearsal: {}")).contains(new Rehearsal(200, 0.97, Duration.ofMinutes(10)));
        assertThat(rehearsal("rehearsal: {inputs: 50, minAgreement: 1, within: PT1M}"))
                .contains(new Rehearsal(50, 1, Duration.ofMinutes(1)));
    }

    private static Optional<Rehearsal> rehearsal(String option) {
        return Fleets.parse(GOOD.replace("statsWindow: PT5M", option))
                .streams()
                .get(Fleets.STREAM)
                .rehearsal();
    }

    @Test
    void nothingOfAStreamIsGivenUnlessItsOwnerSaysSo() {
        assertThat(samples("statsWindow: PT5M")).isEmpty();
        assertThat(samples("samples: {}")).contains(new SampleGrant(64, 1_000_000));
        assertThat(samples("samples: {windows: 8, bytes: 4096}")).contains(new SampleGrant(8, 4096));
        assertThat(catchThrowable(() -> samples("samples: {windows: 2000}")))
                .hasMessageContaining("windows 2000 must be a whole number from 1 to 1024");
    }

    private static Optional<SampleGrant> samples(String option) {
        return Fleets.parse(GOOD.replace("statsWindow: PT5M", option))
                .streams()
                .get(Fleets.STREAM)
                .samples();
    }

    @Test
    void noFrameIsShownUnlessItsOwnerSaysSo() {
        assertThat(glimpses("statsWindow: PT5M")).isEmpty();
        assertThat(glimpses("glimpses: {}")).contains(new GlimpseGrant(Duration.ofSeconds(5), 480));
        assertThat(glimpses("glimpses: {every: PT1M, pixels: 320}"))
                .contains(new GlimpseGrant(Duration.ofMinutes(1), 320));
        assertThat(catchThrowable(() -> glimpses("glimpses: {every: PT0.1S}")))
                .hasMessageContaining("every PT0.1S must be from PT1S to PT1H");
    }

    private static Optional<GlimpseGrant> glimpses(String option) {
        return Fleets.parse(GOOD.replace("statsWindow: PT5M", option))
                .streams()
                .get(Fleets.STREAM)
                .glimpses();
    }

    @Test
    void letsSeveralStreamsTakeOneTopic() {
        // Given
        var second = "  comfort: {topic: \"sites/{site}/{device}/north-1/climate\", model: climate-event}\n";
        // When
        var spec = Fleets.parse(GOOD.replace("rollout:", second + "rollout:"));
        // Then
        assertThat(spec.streamsOf(Fleets.MODEL)).hasSize(2);
    }

    @Test
    void readsMetricsOfSparkplugByTheirNames() {
        // Given
        var payload = "payload: {codec: sparkplug, fields: {humidity: Environment/RH}}";
        // When
        var stream = Fleets.parse(GOOD.replace("statsWindow: PT5M", payload)
                        .replace("sites/{site}/motes/{device}/climate", "spBv1.0/{site}/DDATA/{edge}/{device}"))
                .streams()
                .get(Fleets.STREAM);
        // Then
        assertThat(stream.payload().orElseThrow().codec()).isEqualTo(PayloadLayout.Codec.SPARKPLUG);
        assertThat(stream.payload().orElseThrow().fields())
                .containsExactly(PayloadLayout.Field.of("humidity", "Environment/RH"));
    }

    @Test
    void fillsInWhatMayBeLeftOut() {
        // Given
        var sparse = GOOD.replace(", shadowShare: 0.5, statsWindow: PT5M", "")
                .replaceAll("rollout: .*", "rollout: {canary: gw-north}");
        // When
        var spec = Fleets.parse(sparse);
        // Then
        assertThat(spec.streams().get(Fleets.STREAM).shadowShare()).isEqualTo(0.1);
        assertThat(spec.rollout().quality().minCompared()).isEqualTo(200);
        assertThat(spec.rollout().quality().maxClippedShare()).isEqualTo(0.1);
        assertThat(spec.rollout().quality().minAgreement()).isEqualTo(0.98);
        assertThat(spec.rollout().quality().minClassAgreement()).isEqualTo(0.75);
        assertThat(spec.rollout().schedule().deadline()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void readsWhatFramesAreFetchedFrom() {
        // Given
        var sources = "sources: {north-1: {directory: /var/spool/cam-1, delete: true}, "
                + "south-1: {mjpeg: \"http://127.0.0.1:8080/stream\"}}";
        // When
        var stream = Fleets.parse(GOOD.replace("statsWindow: PT5M", sources))
                .streams()
                .get(Fleets.STREAM);
        // Then
        assertThat(stream.sources())
                .containsExactly(
                        new CameraSource(
                                new DeviceId("north-1"), Optional.of("/var/spool/cam-1"), Optional.empty(), true),
                        new CameraSource(
                                new DeviceId("south-1"),
                                Optional.empty(),
                                Optional.of("http://127.0.0.1:8080/stream"),
                                false));
        assertThat(Fleets.spec().streams().get(Fleets.STREAM).sources()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "north-3: {directory: /a}|streams.climate.sources.north-3: 'north-3' is not a device of this file; did you mean 'north-1'?",
                "north-1: {}|streams.climate.sources.north-1: source of 'north-1' must have either a directory or mjpeg, not neither",
                "north-1: {directory: /a, mjpeg: 'http://a/b'}|must have either a directory or mjpeg, not both",
                "north-1: {directory: spool/a}|directory 'spool/a' must be an absolute path like /var/spool/camera",
                "north-1: {mjpeg: 'rtsp://a/b'}|mjpeg 'rtsp://a/b' must be an http or https URL",
                "north-1: {mjpeg: 'http:///b'}|mjpeg 'http:///b' must be an http or https URL",
                "north-1: {mjpeg: 'http://me:word@a/b'}|mjpeg of host 'a' must have no user name and password",
                "north-1: {mjpeg: 'http://a/b', delete: true}|must not have delete without a directory",
                "north-1: {directory: /a, delete: maybe}|'maybe' must be true or false",
                "north-1: {directori: /a}|did you mean 'directory'?"
            })
    void saysWhatIsWrongWithASource(String source, String complaint) {
        // Given
        var file = GOOD.replace("statsWindow: PT5M", "sources: {" + source.replace('\'', '"') + "}");
        // When
        var problem = catchThrowableOfType(InvalidFleetException.class, () -> FleetYaml.parse(file));
        // Then
        assertThat(problem.problems()).singleElement().asString().contains(complaint);
    }

    @Test
    void aSourceNeedsOneTopicAndOneStream() {
        // Given
        var file = GOOD.replace("statsWindow: PT5M", "sources: {north-1: {directory: /a}}");
        var second = "  comfort: {topic: \"sites/{site}/motes/{device}/climate\", model: climate-event, "
                + "sources: {north-1: {directory: /b}}}\n";
        // Then
        assertThat(catchThrowableOfType(
                        InvalidFleetException.class,
                        () -> FleetYaml.parse(file.replace("sites/{site}/motes", "sites/{edge}/motes"))))
                .hasMessageContaining("sources need a topic without {edge}");
        assertThat(catchThrowableOfType(
                        InvalidFleetException.class,
                        () -> FleetYaml.parse(file.replace("rollout:", second + "rollout:"))))
                .hasMessageContaining("give the source of a device to one of them");
    }

    record Broken(String find, String replacement, String complaint) {}

    static List<Broken> brokenFiles() {
        return List.of(
                new Broken(
                        "model: climate-event,",
                        "model: climat-event,",
                        "line 7, column 66: streams.climate.model: 'climat-event' is not a model of this file; did you mean 'climate-event'?"),
                new Broken(
                        "canary: gw-north",
                        "canary: gw-nort",
                        "rollout.canary: 'gw-nort' is not a gateway of this file; did you mean 'gw-north'?"),
                new Broken(
                        "canary: gw-north",
                        "canary: elsewhere",
                        "'elsewhere' is not a gateway of this file; there are: gw-north, gw-south"),
                new Broken(
                        "shadowShare: 0.5",
                        "shadowShar: 0.5",
                        "line 7, column 81: streams.climate: 'shadowShar' is not a key of streams.climate; did you mean 'shadowShare'?"),
                new Broken(
                        "shadowShare: 0.5",
                        "shadowShare: 1.5",
                        "streams.climate.shadowShare: '1.5' must be a number between 0 and 1"),
                new Broken(
                        "statsWindow: PT5M",
                        "qos: 2",
                        "streams.climate.qos: qos 2 must be 0 or 1; with 1 nothing is lost, and what comes twice counts once"),
                new Broken("statsWindow: PT5M", "qos: once", "streams.climate.qos: 'once' must be a whole number"),
                new Broken(
                        "statsWindow: PT5M",
                        "share: a/b",
                        "streams.climate.share: share 'a/b' must be 1 to 64 letters, digits, dots, underscores and hyphens"),
                new Broken(
                        "statsWindow: PT5M}",
                        "share: a}\n  comfort: {topic: \"sites/{site}/{device}/north-1/climate\", model: climate-event}",
                        "streams.climate: streams 'climate' and 'comfort' take the same topics, so give both the same qos and share"),
                new Broken(
                        "statsWindow: PT5M",
                        "payload: {codec: jso}",
                        "streams.climate.payload.codec: 'jso' is not a codec; did you mean 'json'?"),
                new Broken(
                        "statsWindow: PT5M",
                        "payload: {codec: csv, time: /ts}",
                        "streams.climate.payload.time: place '/ts' must be a position in the CSV payload, from 0 to 9999"),
                new Broken(
                        "statsWindow: PT5M",
                        "payload: {codec: json, fields: {humidity: h}}",
                        "place 'h' must be a JSON Pointer like /data/t"),
                new Broken(
                        "statsWindow: PT5M",
                        "payload: {codec: int16, seq: 0}",
                        "has no place for time and seq: send them as MQTT user properties"),
                new Broken(
                        "statsWindow: PT5M",
                        "payload: {codec: json, fields: {humidity: {at: /h, scale: 0}}}",
                        "streams.climate.payload.fields.humidity.scale: scale 0.0 must be finite and not 0"),
                new Broken(
                        "statsWindow: PT5M",
                        "frames: newest",
                        "'newest' is not a choice of frames; there are: every, latest"),
                new Broken("shadowShare: 0.5", "shadowShare: half", "'half' must be a number between 0 and 1"),
                new Broken("shadowShare: 0.5", "shadowShare: NaN", "'NaN' must be a number between 0 and 1"),
                new Broken(
                        "statsWindow: PT5M",
                        "statsWindow: 5 minutes",
                        "'5 minutes' must be an ISO-8601 duration like PT5M or PT60S"),
                new Broken("statsWindow: PT5M", "statsWindow: PT0S", "'PT0S' must be longer than nothing"),
                new Broken(
                        "statsWindow: PT5M",
                        "statsWindow: P2D",
                        "statsWindow PT48H must be whole minutes, from PT1M to P1D"),
                new Broken("statsWindow: PT5M", "statsWindow: PT90S", "must be whole minutes"),
                new Broken("minCompared: 200", "minCompared: 0", "rollout.minCompared: '0' must be at least 1"),
                new Broken("minCompared: 200", "minCompared: many", "'many' must be a whole number"),
                new Broken(
                        "gateways: [gw-south]",
                        "gateways: [gw-north]",
                        "sites.south.gateways[0]: gateway 'gw-north' is already used at sites.north.gateways[0]"),
                new Broken(
                        "devices: [south-1]",
                        "devices: [north-2]",
                        "device 'north-2' is already used at sites.north.devices[1]; it must be on one site only"),
                new Broken(
                        "gateways: [gw-south]",
                        "gateways: gw-south",
                        "sites.south.gateways: must be a list like [a, b], not 'gw-south'"),
                new Broken(
                        "gateways: [gw-south]",
                        "gateways: {gw-south: nuc}",
                        "sites.south.gateways.gw-south: must be a mapping"),
                new Broken("north: {gateways", "North Site: {gateways", "site 'North Site' must be 1 to 63 characters"),
                new Broken("{device}", "{mote}", "may name only the whole levels {site}, {device} and {edge}"),
                new Broken("/{device}/", "/", "must have {device} as a whole level"),
                new Broken("{device}", "+", "must not have the wildcards + and #"),
                new Broken("build: \"sha256:", "build: \"sha1:", "models.climate-event.build: digest 'sha1:"),
                new Broken(
                        "rollout:",
                        "rollouts:",
                        "line 8, column 1: 'rollouts' is not a key of the fleet file; did you mean 'rollout'?"),
                new Broken(
                        "streams:\n",
                        "sites:\n",
                        "line 6, column 1: 'sites' must not appear twice; it is already at line 1"),
                new Broken("models:\n", "models: [\n", "is not YAML"));
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void namesPlaceValueAndRule(Broken broken) {
        // Given
        assertThat(GOOD).contains(broken.find());
        var file = GOOD.replace(broken.find(), broken.replacement());
        // When
        var refusal = catchThrowableOfType(InvalidFleetException.class, () -> FleetYaml.parse(file));
        // Then
        assertThat(refusal).isNotNull();
        assertThat(refusal.problems())
                .extracting(SpecProblem::toString)
                .anySatisfy(problem -> assertThat(problem).contains(broken.complaint()));
    }

    @Test
    void complainsAboutEveryBrokenPartAtOnceInTheOrderOfTheFile() {
        // Given
        var file = GOOD.replace("gateways: [gw-south]", "gateways: gw-south")
                .replace("minCompared: 200", "minCompared: -1");
        // When
        var refusal = catchThrowableOfType(InvalidFleetException.class, () -> FleetYaml.parse(file));
        // Then
        assertThat(refusal.problems())
                .extracting(SpecProblem::path)
                .containsExactly("sites.south.gateways", "rollout.minCompared");
    }

    @ParameterizedTest
    @MethodSource("hostileFiles")
    void survivesFilesThatAreMadeToHurt(String file) {
        // When
        var refusal = catchThrowableOfType(InvalidFleetException.class, () -> FleetYaml.parse(file));
        // Then
        assertThat(refusal.problems()).isNotEmpty();
    }

    static List<String> hostileFiles() {
        return List.of(
                "",
                "# nothing but a comment",
                "just a word",
                "[1, 2]",
                "a: &x [*x]",
                "{".repeat(10_000),
                "sites: &a [&b [*a, *a], *b]",
                "--- {}\n--- {}",
                "\u0000",
                "sites: !!javax.script.ScriptEngineManager [x]",
                "? {a: b}\n: c");
    }
}
