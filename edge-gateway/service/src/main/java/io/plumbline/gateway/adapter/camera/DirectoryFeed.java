package io.plumbline.gateway.adapter.camera;

import io.plumbline.gateway.adapter.logging.Seldom;
import io.plumbline.gateway.core.frame.FrameDecoder;
import io.plumbline.gateway.core.status.Reach;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jboss.logging.Logger;

/**
 * The files of a directory as frames, oldest first, each once. A file is whole when its size and time are those of the look
 * before. One frame at a time is on its way: the next is read when what became of the one before
 * is durable, so that of a crash at most one frame comes again, and is known by its time and content.
 */
final class DirectoryFeed implements Feed {

    private static final Logger LOG = Logger.getLogger(DirectoryFeed.class);
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png");

    /** Files that one look notes; the others wait for the next. */
    private static final int MOST = 4096;

    private final Camera camera;
    private final String directory;
    private final TakenFiles taken;
    private final Outlet outlet;
    private final Duration pause;
    private final Seldom noDirectory = new Seldom();
    private final Seldom noFile = new Seldom();
    private final Seldom noProgress = new Seldom();
    private final Reach reach;
    private Set<Seen> before = Set.of();

    private record Seen(TakenFiles.Entry entry, long size) implements Comparable<Seen> {

        private static final Comparator<Seen> ORDER =
                Comparator.comparing(Seen::entry).thenComparing(Seen::size);

        private static Seen of(Path file, BasicFileAttributes attributes) {
            var time = attributes.lastModifiedTime().toInstant();
            return new Seen(new TakenFiles.Entry(time, String.valueOf(file.getFileName())), attributes.size());
        }

        @Override
        public int compareTo(Seen other) {
            return ORDER.compare(this, other);
        }
    }

    /** @param pause between two looks */
    DirectoryFeed(Camera camera, String directory, TakenFiles taken, Outlet outlet, Duration pause) {
        this.camera = camera;
        this.directory = directory;
        this.taken = taken;
        this.outlet = outlet;
        this.pause = pause;
        this.reach = camera.reach();
    }

    @Override
    public Reach reach() {
        return reach;
    }

    @Override
    public void turn() throws InterruptedException {
        var folder = Path.of(directory);
        var now = waiting(folder);
        for (var file : now) {
            if (before.contains(file)) {
                take(folder.resolve(file.entry.name()), file);
            }
        }
        before = now;
        Thread.sleep(pause.toMillis());
    }

    /** The oldest files that were not taken. */
    private Set<Seen> waiting(Path folder) {
        var waiting = new TreeSet<Seen>();
        try (var files = Files.newDirectoryStream(folder, DirectoryFeed::isFrame)) {
            for (var file : files) {
                look(file).filter(seen -> !taken.has(seen.entry)).ifPresent(waiting::add);
                if (waiting.size() > MOST) {
                    waiting.pollLast();
                }
            }
            reach.up();
        } catch (IOException | DirectoryIteratorException e) {
            reach.down(directory + " cannot be read: " + e);
            noDirectory.say(() -> LOG.warnf(
                    "camera-directory-unreadable camera=%s directory=%s reason=%s", camera.name(), directory, e));
        }
        return waiting;
    }

    private static boolean isFrame(Path file) {
        var name = String.valueOf(file.getFileName());
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static Optional<Seen> look(Path file) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(Seen.of(file, attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty(); // renamed or removed meanwhile
        }
    }

    private void take(Path file, Seen seen) throws InterruptedException {
        var content = content(file);
        if (content.isEmpty() || isOther(file, seen)) {
            return;
        }
        var frame = content.get();
        var hash = new CRC32C();
        hash.update(frame);
        outlet.deliver(frame, new Outlet.Taken(seen.entry.time(), hash.getValue()));
        done(file, seen);
    }

    /** At most one byte more than a frame may have, which is refused; nothing of a file that cannot be read, which is too. */
    private Optional<byte[]> content(Path file) throws InterruptedException {
        try (var in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(FrameDecoder.MAX_BYTES + 1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped while reading " + file);
            }
            noFile.say(() -> LOG.warnf(
                    "camera-file-unreadable camera=%s file=%s reason=%s an empty frame takes its place",
                    camera.name(), file, e));
            return Optional.of(new byte[0]);
        }
    }

    /** Whether it was written while it was read. */
    private static boolean isOther(Path file, Seen seen) {
        try {
            return look(file).filter(seen::equals).isEmpty();
        } catch (IOException e) {
            return false; // what cannot be looked at any more is refused rather than tried for ever
        }
    }

    private void done(Path file, Seen seen) {
        try {
            if (!camera.source().delete() || !isRemoved(file)) {
                taken.add(seen.entry);
            }
        } catch (IOException e) {
            noProgress.say(
                    () -> LOG.warnf("camera-progress-not-kept camera=%s file=%s reason=%s", camera.name(), file, e));
        }
    }

    private boolean isRemoved(Path file) {
        try {
            Files.deleteIfExists(file);
            return true;
        } catch (IOException e) {
            noFile.say(() -> LOG.warnf("camera-file-not-removed camera=%s file=%s reason=%s", camera.name(), file, e));
            return false;
        }
    }
}
