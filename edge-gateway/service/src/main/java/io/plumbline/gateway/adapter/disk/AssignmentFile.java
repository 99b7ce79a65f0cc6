package io.plumbline.gateway.adapter.disk;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.core.build.AssignmentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The last assignment that was in force, as the control plane sent it. */
public final class AssignmentFile implements AssignmentStore {

    private static final Logger LOG = Logger.getLogger(AssignmentFile.class);

    private final Path file;

    public AssignmentFile(Path file) {
        this.file = file;
    }

    @Override
    public void save(Assignment assignment) throws IOException {
        GatewayFolder.replace(file, Json.encode(assignment));
    }

    @Override
    public Optional<Assignment> load() throws IOException {
        try {
            return GatewayFolder.read(file).map(bytes -> Json.decode(bytes, Assignment.class));
        } catch (MalformedMessageException e) {
            LOG.warnf("assignment-unreadable file=%s reason=%s", file, e.getMessage());
            return Optional.empty();
        }
    }
}
