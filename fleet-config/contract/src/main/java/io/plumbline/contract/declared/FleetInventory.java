package io.plumbline.contract.declared;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The gateways, models and streams of the fleet: {@code GET /api/v1/fleet/inventory}. In the order of the file. */
public record FleetInventory(List<DeclaredGateway> gateways, List<DeclaredModel> models, List<DeclaredStream> streams) {

    public FleetInventory {
        gateways = List.copyOf(gateways);
        models = List.copyOf(models);
        streams = List.copyOf(streams);
    }

    /** @param labels by name, in its order; the site is one of them */
    public record DeclaredGateway(GatewayId gateway, SiteId site, Map<String, String> labels) {

        public DeclaredGateway {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }
    }

    /**
     * @param declared the build that the file names
     * @param settled the build that runs, but for gateways that a rollout has updated
     * @param rollout the id of the one that is under way
     */
    public record DeclaredModel(
            ModelName model, Digest declared, Digest settled, Optional<String> rollout, List<StreamId> streams) {

        public DeclaredModel {
            streams = List.copyOf(streams);
        }
    }

    /**
     * @param shadowShare share of inputs on which FP32 runs beside INT8
     * @param statsWindow in event time
     * @param gateways that run it
     */
    public record DeclaredStream(
            StreamId stream,
            ModelName model,
            String topic,
            double shadowShare,
            Duration statsWindow,
            List<GatewayId> gateways) {

        public DeclaredStream {
            gateways = List.copyOf(gateways);
        }
    }
}
