package io.plumbline.gateway.adapter.kafka;

import io.plumbline.gateway.adapter.logging.Seldom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How far the outbox got, in a file beside it. Never synchronised, so that flash does not wear: an older mark, or none, means
 * that records are sent again, never that one is left out. For one thread.
 */
public final class DrainMark implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DrainMark.class);
    private static final long PERIOD_NANOS = Duration.ofSeconds(1).toNanos();
    /** 19 digits, a blank, eight hexadecimal digits of their CRC-32, a line feed: always in place, within one page. */
    private static final int DIGITS = 19;

    private static final long UNKNOWN = -1;

    private final Path file;
    private final LongSupplier ticker;
    private final Seldom complaints = new Seldom();
    private @Nullable FileChannel channel;
    private long writtenAt;
    private long wanted;
    /** What the file says, as far as this process knows. */
    private long written = UNKNOWN;

    public DrainMark(Path file) {
        this(file, System::nanoTime);
    }

    /** @param ticker nanoseconds */
    DrainMark(Path file, LongSupplier ticker) {
        this.file = file;
        this.ticker = ticker;
        this.writtenAt = ticker.getAsLong();
    }

    /**
     * Number of the first record that may not be in Kafka; empty if that was never kept, or the file is damaged. A mark beyond the
     * log's end is that of a log that was taken away or cut: it goes, or it would count once the log has grown past it.
     *
     * @param end of the log, before anything is appended to it
     */
    OptionalLong within(long end) {
        var known = known();
        if (known.isPresent() && known.getAsLong() > end) {
            LOG.warnf("outbox-position-beyond-the-end position=%d end=%d", known.getAsLong(), end);
            wanted = 0;
            write();
            return OptionalLong.empty();
        }
        return known;
    }

    private OptionalLong known() {
        try {
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException first) {
            return OptionalLong.empty();
        } catch (IOException e) {
            LOG.warnf("outbox-position-unreadable file=%s reason=%s", file, e);
            return OptionalLong.empty();
        }
    }

    private OptionalLong parse(String line) {
        if (line.length() > DIGITS) {
            try {
                var position = Long.parseLong(line.substring(0, DIGITS));
                if (position >= 0 && line.equals(line(position))) {
                    return OptionalLong.of(position);
                }
            } catch (NumberFormatException damaged) {
                // said below
            }
        }
        LOG.warnf("outbox-position-damaged file=%s what Kafka may have is sent again", file);
        return OptionalLong.empty();
    }

    /** Every record before this one is in Kafka. Written once a second at most; a disk that refuses is only complained of. */
    void reached(long position) {
        wanted = position;
        var now = ticker.getAsLong();
        if (now - writtenAt >= PERIOD_NANOS) {
            writtenAt = now;
            write();
        }
    }

    private void write() {
        if (wanted == written) {
            return;
        }
        try {
            var open = channel;
            if (open == null) {
                open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                channel = open;
            }
            var bytes = ByteBuffer.wrap(line(wanted).getBytes(StandardCharsets.ISO_8859_1));
            for (var at = 0; bytes.hasRemaining(); ) {
                at += open.write(bytes, at);
            }
            written = wanted;
        } catch (IOException e) {
            complaints.say(() -> LOG.warnf("outbox-position-not-kept position=%d reason=%s", wanted, e));
        }
    }

    private static String line(long position) {
        var digits = String.format(Locale.ROOT, "%019d", position);
        var crc = new CRC32();
        crc.update(digits.getBytes(StandardCharsets.ISO_8859_1));
        return String.format(Locale.ROOT, "%s %08x\n", digits, crc.getValue());
    }

    /** Writes what was reached. May be used again. */
    @Override
    public void close() throws IOException {
        write();
        var open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
