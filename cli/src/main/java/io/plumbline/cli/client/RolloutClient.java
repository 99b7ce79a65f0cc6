package io.plumbline.cli.client;

import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.log.Decided;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Rollouts at the control plane. */
public final class RolloutClient {

    private static final String PATH = "/api/v1/rollouts";

    private final Http http;

    /** @param token sent as bearer token; empty for none */
    public RolloutClient(URI fleet, Optional<String> token) {
        this.http = new Http("control plane", fleet, token);
    }

    /** What is to be rolled out. */
    private record Request(ModelName model, Digest build, String by, String reason) {}

    /** Who asks for something, and why. */
    private record Order(String by, String reason, boolean keep) {}

    /** Where a told gateway is. */
    public record Device(GatewayId gateway, SiteId site, DeviceState state, String because) {}

    public RolloutEvent start(ModelName model, Digest build, String by, String reason) throws ClientException {
        return http.post(PATH, new Request(model, build, by, reason), RolloutEvent.class);
    }

    /** What such a rollout would have to compare with; starts none. */
    public RolloutOutlook preview(ModelName model, Digest build) throws ClientException {
        var query = "?model=" + Http.segment(model.value()) + "&build=" + Http.segment(build.value());
        return http.get(PATH + "/preview" + query, RolloutOutlook.class);
    }

    /** What a rollout that is under way has to compare with to its end. */
    public RolloutOutlook outlook(String id) throws ClientException {
        return http.get(path(id, "/outlook"), RolloutOutlook.class);
    }

    /** The newest event of each of the newest rollouts, newest first. */
    public List<RolloutEvent> list() throws ClientException {
        return List.of(http.get(PATH, RolloutEvent[].class));
    }

    /** Every event of a rollout, oldest first. */
    public List<RolloutEvent> events(String id) throws ClientException {
        return List.of(http.get(path(id, ""), RolloutEvent[].class));
    }

    /** Every told gateway of a rollout that is under way. */
    public List<Device> devices(String id) throws ClientException {
        return List.of(http.get(path(id, "/devices"), Device[].class));
    }

    /** What a state of a rollout was decided from. */
    public byte[] decision(String id, long revision) throws ClientException {
        return http.get(path(id, "/decisions/" + revision)).body();
    }

    /** Reads a decision. */
    public static Decided decided(byte[] log) throws ClientException {
        try {
            return Json.decode(log, Decided.class);
        } catch (MalformedMessageException e) {
            throw new ClientException("the log of the decision is not understood: " + e.getMessage(), e);
        }
    }

    /** @param what {@code pause}, {@code resume}, {@code approve} or {@code abort} */
    public RolloutEvent ask(String id, String what, String by, String reason, boolean keep) throws ClientException {
        return http.post(path(id, "/" + what), new Order(by, reason, keep), RolloutEvent.class);
    }

    private static String path(String id, String more) {
        return PATH + "/" + Http.segment(id) + more;
    }
}
