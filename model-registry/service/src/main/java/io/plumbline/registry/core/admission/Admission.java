package io.plumbline.registry.core.admission;

import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.build.VersionJobs;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.OciException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The door for manifests. Of models, it remembers what it refused: whoever pushed it was told, and others want to know too. In
 * memory, and the newest alone. Thread-safe.
 */
public final class Admission {

    private static final int REMEMBERED = 200;
    private static final int REASON_LENGTH = 500;

    private final Catalog catalog;
    private final Clock clock;
    private final Deque<Noted> refused = new ArrayDeque<>();

    public Admission(Catalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    private record Noted(ModelName model, ModelView.Refusal refusal) {}

    /**
     * What putting this manifest would store.
     *
     * @throws OciException if it would not be taken
     */
    public Manifest check(String repository, String reference, byte[] content) {
        try {
            var manifest = catalog.repositories().check(repository, reference, content);
            catalog.admit(repository, manifest);
            return manifest;
        } catch (OciException e) {
            var because = String.valueOf(e.getMessage());
            VersionJobs.model(repository).ifPresent(model -> note(model, reference, Digest.of(content), because));
            throw e;
        }
    }

    private void note(ModelName model, String reference, Digest manifest, String because) {
        var refusal = new ModelView.Refusal(shortened(reference), manifest, shortened(because), clock.instant());
        synchronized (refused) {
            refused.add(new Noted(model, refusal));
            if (refused.size() > REMEMBERED) {
                refused.remove();
            }
        }
    }

    /** Both may be as long as somebody's manifest. */
    private static String shortened(String text) {
        return text.length() > REASON_LENGTH ? text.substring(0, REASON_LENGTH) + "..." : text;
    }

    /** What was refused of this model, oldest first. */
    public List<ModelView.Refusal> refused(ModelName model) {
        synchronized (refused) {
            return refused.stream()
                    .filter(one -> one.model().equals(model))
                    .map(Noted::refusal)
                    .toList();
        }
    }
}
