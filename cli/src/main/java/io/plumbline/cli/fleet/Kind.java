package io.plumbline.cli.fleet;

import io.plumbline.cli.client.ClientException;
import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.client.FleetFileClient;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What there is to list. */
enum Kind {
    GATEWAYS(fleet -> {
        var gateways = new FleetClient(fleet).overview().gateways();
        var declared = new FleetFileClient(fleet).inventory().gateways();
        return new Listed(gateways, () -> Listings.gateways(gateways, declared));
    }),
    STREAMS(fleet -> {
        var streams = new FleetFileClient(fleet).inventory().streams();
        return new Listed(streams, () -> Listings.streams(streams));
    }),
    MODELS(fleet -> {
        var models = new FleetFileClient(fleet).inventory().models();
        return new Listed(models, () -> Listings.models(models));
    }),
    ROLLOUTS(fleet -> {
        var rollouts = new FleetClient(fleet).overview().rollouts();
        return new Listed(rollouts, () -> Listings.rollouts(rollouts));
    }),
    VERDICTS(fleet -> {
        var verdicts = new FleetClient(fleet).overview().verdicts();
        return new Listed(verdicts, () -> Listings.verdicts(verdicts));
    }),
    VERSIONS(fleet -> {
        var versions = new FleetFileClient(fleet).versions();
        return new Listed(versions, () -> Listings.versions(versions));
    });

    private final Reader reader;

    Kind(Reader reader) {
        this.reader = reader;
    }

    /** What a kind has: for programs as records, for people as lines. */
    record Listed(List<?> records, Supplier<List<String>> table) {}

    private interface Reader {
        Listed read(URI fleet) throws ClientException;
    }

    Listed read(URI fleet) throws ClientException {
        return reader.read(fleet);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }
}
