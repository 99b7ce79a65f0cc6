package io.plumbline.cli.verdict;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.client.ClientException;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.drift.Reference;
import io.plumbline.judging.References;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the registry says of builds, each asked for once. Not thread-safe. */
final class Profiles implements References {

    private final RegistryClient registry;
    private final Map<String, Optional<Reference>> known = new TreeMap<>();

    Profiles(RegistryClient registry) {
        this.registry = registry;
    }

    /** The registry cannot be asked: without it nothing can be said of inputs, which must not look like nothing moved. */
    static final class UnreachableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient ClientException reason;

        UnreachableException(ClientException reason) {
            super(reason);
            this.reason = reason;
        }

        ClientException reason() {
            return reason;
        }
    }

    @Override
    public Optional<Reference> of(ModelName model, Digest build) {
        return known.computeIfAbsent(build.value(), unused -> fetch(model, build));
    }

    private Optional<Reference> fetch(ModelName model, Digest build) {
        try {
            return registry.reference(model, build);
        } catch (ClientException e) {
            throw new UnreachableException(e);
        }
    }

    /** Builds that the registry does not have. */
    List<Digest> unknown() {
        return known.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(entry -> new Digest(entry.getKey()))
                .toList();
    }
}
