package io.plumbline.gateway.adapter.disk;

import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.core.slots.SlotStore;
import io.plumbline.gateway.core.slots.Slots;
import java.io.IOException;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** The slots as one JSON file, replaced whole. */
public final class SlotFile implements SlotStore {

    private static final Logger LOG = Logger.getLogger(SlotFile.class);

    private final Path file;

    public SlotFile(Path file) {
        this.file = file;
    }

    @Override
    public void save(Slots slots) throws IOException {
        GatewayFolder.replace(file, Json.encode(slots));
    }

    @Override
    public Slots load() throws IOException {
        try {
            return GatewayFolder.read(file)
                    .map(bytes -> Json.decode(bytes, Slots.class))
                    .orElse(Slots.EMPTY);
        } catch (MalformedMessageException e) {
            LOG.warnf("slots-unreadable file=%s reason=%s", file, e.getMessage());
            return Slots.EMPTY;
        }
    }
}
