package io.plumbline.registry.adapter.http;

import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.adapter.disk.KeyRing;
import io.plumbline.registry.core.admission.Admission;
import io.plumbline.registry.core.build.VersionJobs;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Models for people and tools, and the keys to trust. */
@Path("/api/v1")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public final class ModelResource {

    private final VersionJobs jobs;
    private final Admission admission;
    private final KeyRing keys;

    ModelResource(VersionJobs jobs, Admission admission, KeyRing keys) {
        this.jobs = jobs;
        this.admission = admission;
        this.keys = keys;
    }

    @GET
    @Path("/models")
    public Response models() {
        return Response.ok(Json.encode(jobs.models())).build();
    }

    @GET
    @Path("/models/{model}")
    public Response model(@PathParam("model") String name) {
        var view = ModelName.parse(name)
                .map(model -> new ModelView(model, jobs.view(model).versions(), admission.refused(model)))
                .filter(one -> !one.versions().isEmpty() || !one.refused().isEmpty());
        return view.isEmpty()
                ? Problems.answer(404, "model '" + name + "' is not in the registry")
                : Response.ok(Json.encode(view.get())).build();
    }

    @GET
    @Path("/trust")
    public Response trust() {
        return Response.ok(keys.trust().toJson()).build();
    }
}
