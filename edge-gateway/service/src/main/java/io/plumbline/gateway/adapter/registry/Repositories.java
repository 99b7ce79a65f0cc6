package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.login.Authorization;
import io.plumbline.contract.login.RepositoryPrefix;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** In which repository of which registry the builds of a model are, and what that registry is told of who asks. Thread-safe. */
public final class Repositories {

    private final Function<ModelName, URI> places;
    private final Optional<Supplier<Authorization>> logins;
    private final Map<ModelName, Authorization> authorizations = new ConcurrentHashMap<>();

    private Repositories(Function<ModelName, URI> places, Optional<Supplier<Authorization>> logins) {
        this.places = places;
        this.logins = logins;
    }

    /** Those of Plumbline's own registry, which asks nobody who it is. */
    public static Repositories ofPlumbline(URI registry) {
        return new Repositories(
                model -> registry.resolve("/v2/" + MediaTypes.repository(model) + "/"), Optional.empty());
    }

    /** Those of any registry: under a prefix, named like the models. */
    public static Repositories under(RepositoryPrefix prefix) {
        return new Repositories(
                model -> prefix.registry().resolve("/v2/" + prefix.repository(model) + "/"),
                Optional.of(prefix::authorization));
    }

    /** @param path of what is asked for, in the model's repository */
    URI uri(ModelName model, String path) {
        return places.apply(model).resolve("./" + path);
    }

    /** Whether what is not there does not exist at all. */
    boolean arePlumblines() {
        return logins.isEmpty();
    }

    /** A token is good for one repository; empty where nobody is asked. */
    Optional<Authorization> authorization(ModelName model) {
        return logins.map(login -> authorizations.computeIfAbsent(model, name -> login.get()));
    }
}
