package io.plumbline.gateway.adapter.camera;

import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.adapter.disk.GatewayFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Which files of a directory were taken: the {@value #MOST} newest by name, and all that are older than these. One small JSON
 * file, replaced whole. Confined to one thread.
 */
final class TakenFiles {

    private static final Logger LOG = Logger.getLogger(TakenFiles.class);
    private static final int MOST = 256;

    private final Path file;
    private final String directory;
    private final TreeSet<Entry> newest;
    private Optional<Entry> floor;

    /** A file as it was taken; written again it is another. Older ones come first. */
    record Entry(Instant time, String name) implements Comparable<Entry> {

        private static final Comparator<Entry> ORDER =
                Comparator.comparing(Entry::time).thenComparing(Entry::name);

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * What is on disk.
     *
     * @param directory whose files these are; of another one nothing is known
     * @param floor the newest that is no longer kept by name
     */
    record State(String directory, List<Entry> newest, Optional<Entry> floor) {}

    private TakenFiles(Path file, State state) {
        this.file = file;
        this.directory = state.directory;
        this.newest = new TreeSet<>(state.newest);
        this.floor = state.floor;
    }

    /** What was taken of a directory before; of a file that cannot be read nothing is believed. */
    static TakenFiles of(Path file, String directory) {
        var nothing = new State(directory, List.of(), Optional.empty());
        try {
            return new TakenFiles(
                    file,
                    GatewayFolder.read(file)
                            .map(bytes -> Json.decode(bytes, State.class))
                            .filter(state -> state.directory.equals(directory))
                            .orElse(nothing));
        } catch (IOException | MalformedMessageException e) {
            LOG.warnf("camera-progress-unreadable file=%s reason=%s", file, e.getMessage());
            return new TakenFiles(file, nothing);
        }
    }

    boolean has(Entry entry) {
        return newest.contains(entry)
                || floor.filter(bound -> entry.compareTo(bound) <= 0).isPresent();
    }

    /** The file counts as taken also if the disk does not take the record; then only until the next start. */
    void add(Entry entry) throws IOException {
        newest.add(entry);
        while (newest.size() > MOST) {
            floor = Optional.of(newest.first());
            newest.remove(newest.first());
        }
        GatewayFolder.replace(file, Json.encode(new State(directory, List.copyOf(newest), floor)));
    }
}
