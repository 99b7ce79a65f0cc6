package io.plumbline.cli.option;

import io.plumbline.client.ClientException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which Kafka. */
public final class KafkaAddress {

    private static final String USUAL = "localhost:9092";

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description =
                    "The Kafka that Plumbline uses (default: that of --profile, or $PLUMBLINE_KAFKA, or the usual profile's, or "
                            + USUAL + ").")
    private Optional<String> kafka = Optional.empty();

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /**
     * Bootstrap servers.
     *
     * @throws ClientException if the profile names none: what another Kafka says must not look like what this one does
     */
    public String servers() throws ClientException {
        var here = Surroundings.of(command);
        var said = here.variable("PLUMBLINE_KAFKA");
        if (kafka.isPresent()) {
            return kafka.get();
        }
        if (!profile.isNamed() && said.isPresent()) {
            return said.get();
        }
        var chosen = profile.chosen(here);
        if (chosen.kafka().isEmpty() && !chosen.equals(Profile.NONE)) {
            throw new ClientException(
                    "the profile names no kafka: write kafka: HOST:PORT beside its other servers, or say --kafka");
        }
        return chosen.kafka().orElse(USUAL);
    }

    public ProfileOption profile() {
        return profile;
    }
}
