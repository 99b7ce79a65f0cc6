package io.plumbline.cli.fleet;

import io.plumbline.cli.option.FleetAddress;
import io.plumbline.cli.rollout.RolloutPage;
import io.plumbline.cli.show.Listed;
import io.plumbline.client.ClientException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What there is to list. */
enum Kind {
    GATEWAYS,
    STREAMS,
    MODELS,
    ROLLOUTS,
    VERDICTS,
    VERSIONS,
    AUDIT;

    /** @param limit the most entries of the audit; empty for all */
    Listed read(FleetAddress fleet, Optional<Integer> limit) throws ClientException {
        return switch (this) {
            case GATEWAYS -> gateways(fleet);
            case STREAMS -> {
                var streams = fleet.files().inventory().streams();
                yield new Listed(streams, () -> Listings.streams(streams));
            }
            case MODELS -> {
                var models = fleet.files().inventory().models();
                yield new Listed(models, () -> Listings.models(models));
            }
            case ROLLOUTS -> {
                var rollouts = fleet.client().overview().rollouts();
                yield new Listed(rollouts, () -> RolloutPage.table(rollouts));
            }
            case VERDICTS -> {
                var verdicts = fleet.client().overview().verdicts();
                yield new Listed(verdicts, () -> Listings.verdicts(verdicts));
            }
            case VERSIONS -> {
                var versions = fleet.files().versions();
                yield new Listed(versions, () -> Listings.versions(versions));
            }
            case AUDIT -> {
                var entries = fleet.files().audit(limit);
                yield new Listed(entries, () -> Listings.audit(entries));
            }
        };
    }

    private static Listed gateways(FleetAddress fleet) throws ClientException {
        var gateways = fleet.client().overview().gateways();
        var declared = fleet.files().inventory().gateways();
        return new Listed(gateways, () -> Listings.gateways(gateways, declared));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }
}
