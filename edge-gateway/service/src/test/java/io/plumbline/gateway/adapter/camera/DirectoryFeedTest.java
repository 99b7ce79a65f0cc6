package io.plumbline.gateway.adapter.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.fleet.Frames;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.frame.FrameDecoder;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.SmallGateway;
import io.plumbline.gateway.testing.TinyDetector;
import java.awt.Color;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryFeedTest {

    private static final byte[] WHITE = TinyDetector.picture("png", Color.WHITE);

    @TempDir
    private Path temp;

    private final SmallGateway gateway = new SmallGateway();

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(temp.resolve("spool"));
        gateway.activate(TinyDetector.stream(Frames.EVERY), TinyDetector.build());
    }

    @AfterEach
    void stop() throws InterruptedException {
        gateway.close();
    }

    private CameraSource source(boolean delete) {
        return new CameraSource(
                new DeviceId("cam-1"), Optional.of(temp.resolve("spool").toString()), Optional.empty(), delete);
    }

    private Feed feed(boolean delete) {
        var camera = Camera.of(
                        TinyDetector.stream(Frames.EVERY, Optional.of(List.of(source(delete)))), new SiteId("north"))
                .findFirst()
                .orElseThrow();
        var directory = camera.source().directory().orElseThrow();
        var taken = TakenFiles.of(temp.resolve(camera.name()), directory);
        return new DirectoryFeed(
                camera, directory, taken, new Outlet(gateway.inbox(), camera.topic()), Duration.ofMillis(20));
    }

    private static void twoLooks(Feed feed) throws InterruptedException {
        feed.turn();
        feed.turn();
    }

    private Path write(String name, byte[] content, int second) throws IOException {
        var file = Files.write(temp.resolve("spool").resolve(name), content);
        return Files.setLastModifiedTime(file, FileTime.from(time(second)));
    }

    private static Instant time(int second) {
        return Motes.START.plusSeconds(second);
    }

    private List<Instant> times() {
        return gateway.answers().stream().map(InferenceResult::eventTime).toList();
    }

    @Test
    void theLinkSaysThatTheDirectoryIsMissingUntilItIsThere() throws Exception {
        // Given
        Files.delete(temp.resolve("spool"));
        var feed = feed(false);

        // When
        feed.turn();

        // Then
        assertThat(feed.reach().link().up()).isFalse();
        assertThat(feed.reach().link().note())
                .hasValueSatisfying(why -> assertThat(why).contains("spool cannot be read", "NoSuchFile"));
        Files.createDirectories(temp.resolve("spool"));
        feed.turn();
        assertThat(feed.reach().link().up()).isTrue();
    }

    @Test
    void eachFileIsAFrameOnceInOrderOfTimeAndName() throws Exception {
        // Given
        write("b.png", TinyDetector.picture("png", Color.BLACK), 1);
        write("a.JPG", WHITE, 2);
        write("c.jpeg", WHITE, 1);
        write("notes.txt", WHITE, 0);
        var feed = feed(false);

        // When
        twoLooks(feed);
        write("0.png", WHITE, 3);
        twoLooks(feed);

        // Then
        assertThat(times()).containsExactly(time(1), time(1), time(2), time(3));
        assertThat(gateway.answers().get(0).frame().orElseThrow().found()).isEmpty();
        assertThat(gateway.answers()).allSatisfy(one -> assertThat(one.device()).isEqualTo(new DeviceId("cam-1")));
        assertThat(gateway.counters().received()).isEqualTo(4);
        assertThat(temp.resolve("spool/b.png")).exists();
    }

    @Test
    void aFileThatIsStillWrittenIsLeftUntilItIsWhole() throws Exception {
        // Given
        var file = write("a.png", Arrays.copyOf(WHITE, 20), 1);
        var feed = feed(false);
        feed.turn();

        // When
        Files.write(file, Arrays.copyOfRange(WHITE, 20, WHITE.length), StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, FileTime.from(time(1)));
        feed.turn();

        // Then
        assertThat(gateway.counters().received()).isZero();
        feed.turn();
        assertThat(times()).containsExactly(time(1));
        assertThat(gateway.letters()).isEmpty();
    }

    @Test
    void aRestartGoesOnAfterTheLastAndTakesWhatCameLateToo() throws Exception {
        // Given
        write("b.png", WHITE, 2);
        twoLooks(feed(false));

        // When
        write("c.png", WHITE, 3);
        write("a.png", WHITE, 1);
        twoLooks(feed(false));

        // Then
        assertThat(times()).containsExactly(time(2), time(1), time(3));
        assertThat(gateway.counters().received()).isEqualTo(3);
    }

    @Test
    void aFrameWhoseProgressACrashForgotIsKnown() throws Exception {
        // Given
        write("a.png", WHITE, 1);
        twoLooks(feed(false));

        // When
        Files.delete(temp.resolve("cameras@cam-1"));
        twoLooks(feed(false));

        // Then
        assertThat(times()).containsExactly(time(1));
        assertThat(gateway.counters().redelivered()).isEqualTo(1);
    }

    @Test
    void whatIsNoFrameIsADeadLetterAndTheNextOneGoesOn() throws Exception {
        // Given
        write("a.png", new byte[] {1, 2, 3}, 1);
        var large = write("b.png", new byte[0], 2);
        try (var out = new RandomAccessFile(large.toFile(), "rw")) {
            out.setLength(FrameDecoder.MAX_BYTES + 10L);
        }
        Files.setLastModifiedTime(large, FileTime.from(time(2)));
        write("c.png", WHITE, 3);

        // When
        twoLooks(feed(false));

        // Then
        assertThat(gateway.letters())
                .extracting(DeadLetter::reason)
                .containsExactly(DeadLetterReason.NOT_AN_IMAGE, DeadLetterReason.TOO_LARGE);
        assertThat(times()).containsExactly(time(3));
    }

    @Test
    void removesWhatWasTakenIfItIsTold() throws Exception {
        // Given
        write("a.png", WHITE, 1);

        // When
        twoLooks(feed(true));

        // Then
        assertThat(times()).containsExactly(time(1));
        assertThat(temp.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatIsNotThereIsTriedAgain() throws Exception {
        // Given
        Files.delete(temp.resolve("spool"));
        var feed = feed(false);
        feed.turn();

        // When
        Files.createDirectories(temp.resolve("spool"));
        write("a.png", WHITE, 1);
        twoLooks(feed);

        // Then
        assertThat(times()).containsExactly(time(1));
    }

    @Test
    void forgetsTheNamesOfOldFilesAndNotThatTheyWereTaken() throws Exception {
        // Given
        var file = temp.resolve("progress");
        var taken = TakenFiles.of(file, "/spool");
        for (int i = 0; i < 300; i++) {
            taken.add(new TakenFiles.Entry(time(i), "a.png"));
        }

        // When
        var restarted = TakenFiles.of(file, "/spool");

        // Then
        assertThat(restarted.has(new TakenFiles.Entry(time(0), "a.png"))).isTrue();
        assertThat(restarted.has(new TakenFiles.Entry(time(299), "a.png"))).isTrue();
        assertThat(restarted.has(new TakenFiles.Entry(time(299), "b.png"))).isFalse();
        assertThat(TakenFiles.of(file, "/other").has(new TakenFiles.Entry(time(0), "a.png")))
                .isFalse();
        assertThat(file).isRegularFile();
        assertThat(Files.size(file)).isLessThan(20_000);
    }

    @Test
    void theCameraComesAndGoesWithItsAssignment() throws Exception {
        // Given
        write("a.png", WHITE, 1);
        var means = new CameraSources.Means(HttpClient.newHttpClient(), temp.resolve("progress"), count -> {});
        var sources = new CameraSources(new SiteId("north"), gateway.inbox(), gateway::running, means);
        var thread = new Thread(sources);
        thread.start();

        // When
        gateway.adjust(TinyDetector.stream(Frames.EVERY, Optional.of(List.of(source(false)))));

        // Then
        await().untilAsserted(() -> assertThat(times()).containsExactly(time(1)));
        await().untilAsserted(() ->
                assertThat(temp.resolve("progress/cameras@cam-1.json")).exists());
        assertThat(cameraThreads()).isEqualTo(1);
        gateway.adjust(TinyDetector.stream(Frames.EVERY));
        await().untilAsserted(() -> assertThat(cameraThreads()).isZero());
        sources.stop();
        thread.join();
    }

    private static long cameraThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("camera-cameras@cam-1"))
                .count();
    }
}
