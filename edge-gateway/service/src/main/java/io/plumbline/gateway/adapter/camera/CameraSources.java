package io.plumbline.gateway.adapter.camera;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.status.Link;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Keeps one thread for each camera that the running streams name a source for. */
public final class CameraSources implements Runnable {

    private static final Logger LOG = Logger.getLogger(CameraSources.class);
    private static final long LOOK_MILLIS = 200;

    /** A file that does not change for so long is whole. */
    private static final Duration WRITING = Duration.ofMillis(500);

    private final SiteId site;
    private final Inbox inbox;
    private final Supplier<Map<StreamId, StreamAssignment>> running;
    private final Means means;
    private final Map<Camera, CameraThread> threads = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * What cameras are fetched with.
     *
     * @param progress folder for what was taken of directories; made when it is needed
     * @param dropped hears of frames that found no room, on the thread of any camera
     */
    public record Means(HttpClient http, Path progress, IntConsumer dropped) {}

    /** @param running the streams that run now */
    public CameraSources(SiteId site, Inbox inbox, Supplier<Map<StreamId, StreamAssignment>> running, Means means) {
        this.site = site;
        this.inbox = inbox;
        this.running = running;
        this.means = means;
    }

    /** One of each camera, in order of their names; any thread. */
    public List<Link> links() {
        return threads.values().stream()
                .map(CameraThread::link)
                .sorted(Comparator.comparing(Link::name))
                .toList();
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                turn();
                Thread.sleep(LOOK_MILLIS);
            }
            retain(Set.of());
        } catch (InterruptedException e) {
            threads.values().forEach(CameraThread::stop);
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        try {
            var wanted = running.get().values().stream()
                    .flatMap(stream -> Camera.of(stream, site))
                    .collect(Collectors.toUnmodifiableSet());
            retain(wanted);
            for (var camera : wanted) {
                if (!threads.containsKey(camera)) {
                    threads.put(camera, CameraThread.start(camera.name(), feed(camera)));
                }
            }
            threads.values().forEach(CameraThread::look);
        } catch (IOException e) {
            LOG.warnf("cameras-not-started folder=%s reason=%s", means.progress, e);
        } catch (RuntimeException bug) {
            LOG.errorf("cameras-not-followed this is a bug reason=%s", bug);
        }
    }

    private void retain(Set<Camera> wanted) throws InterruptedException {
        var over = threads.keySet().stream()
                .filter(camera -> !wanted.contains(camera))
                .toList();
        var ending = over.stream().map(threads::remove).toList();
        ending.forEach(CameraThread::stop);
        for (var thread : ending) {
            thread.join();
        }
    }

    private Feed feed(Camera camera) throws IOException {
        var outlet = new Outlet(inbox, camera.topic());
        var source = camera.source();
        if (source.mjpeg().isPresent()) {
            return new MjpegFeed(camera, source.mjpeg().get(), means.http, outlet, means.dropped);
        }
        var directory = source.directory().orElseThrow();
        Files.createDirectories(means.progress);
        var taken = TakenFiles.of(means.progress.resolve(camera.name() + ".json"), directory);
        return new DirectoryFeed(camera, directory, taken, outlet, WRITING);
    }

    /** Ends the cameras' threads soon. */
    public void stop() {
        stopping = true;
    }
}
