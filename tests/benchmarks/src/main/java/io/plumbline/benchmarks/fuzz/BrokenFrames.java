package io.plumbline.benchmarks.fuzz;

import io.plumbline.benchmarks.FrameLoad;
import io.plumbline.benchmarks.Rig;
import io.plumbline.benchmarks.feed.Message;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.support.Mutation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Small frames of a folder as JPEG and as PNG, from four cameras. Time and sequence are MQTT user properties. */
record BrokenFrames(long seed, Instant start, List<byte[]> sound) implements Broken {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 72;
    private static final long STEP_MILLIS = 20;

    static BrokenFrames of(long seed, Instant start, Path folder) throws IOException {
        var sound = new ArrayList<byte[]>();
        for (var frame : FrameLoad.frames(folder)) {
            var small = small(ImageIO.read(new ByteArrayInputStream(frame)));
            sound.add(written(small, "jpg"));
            sound.add(written(small, "png"));
        }
        return new BrokenFrames(seed, start, List.copyOf(sound));
    }

    private static BufferedImage small(BufferedImage image) {
        var small = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var graphics = small.createGraphics();
        graphics.drawImage(image, 0, 0, WIDTH, HEIGHT, null);
        graphics.dispose();
        return small;
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("this Java cannot write " + format);
        }
        return out.toByteArray();
    }

    @Override
    public Message message(long number) {
        var random = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
        var payload = new Mutation(random).of(sound.get(random.nextInt(sound.size())));
        return new Message(
                "sites/" + Rig.SITE + "/cameras/" + camera(number) + "/frame",
                payload,
                List.of(
                        new UserProperty("time", time(number).toString()),
                        new UserProperty("seq", String.valueOf(number))));
    }

    @Override
    public EventId event(long number) {
        return EventId.ofSequence(new DeviceId(camera(number)), new StreamId("cameras"), time(number), number);
    }

    private Instant time(long number) {
        return start.plusMillis(STEP_MILLIS * number);
    }

    private static String camera(long number) {
        return "cam-" + (number % FrameLoad.CAMERAS + 1);
    }
}
