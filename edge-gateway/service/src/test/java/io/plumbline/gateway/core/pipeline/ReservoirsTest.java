package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.testing.ClimateBuild;
import io.plumbline.gateway.testing.FakeModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReservoirsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final DeviceId DEVICE = new DeviceId("north-1");
    private static final StreamId STREAM = new StreamId("climate");
    private static final int FEW = 100;

    private final Reservoirs reservoirs = new Reservoirs(64, Duration.ofDays(1));

    private static void add(Reservoirs to, int minute) {
        var time = START.plus(Duration.ofMinutes(minute));
        var result = new InferenceResult(
                EventId.ofSequence(DEVICE, STREAM, time, minute),
                DEVICE,
                new SiteId("north"),
                new GatewayId("gw-north"),
                STREAM,
                ClimateBuild.MODEL,
                FakeModel.digest("version"),
                FakeModel.digest("build"),
                time,
                Optional.empty(),
                1,
                Optional.empty());
        to.add(result, ClimateBuild.parsedCard().sensor(), ClimateBuild.window(40 + minute % 20, 28));
    }

    @Test
    void aHoldoutWindowCarriesTheIdOfItsReadingAlsoAfterARestart() {
        // Given
        for (int minute = 0; minute < FEW; minute++) {
            add(reservoirs, minute);
        }

        // When
        var restarted = new Reservoirs(64, Duration.ofDays(1));
        restarted.restore(reservoirs.toBytes().orElseThrow());
        add(restarted, FEW);
        add(reservoirs, FEW);

        // Then
        var halves = restarted.of(ClimateBuild.MODEL);
        assertThat(halves).isEqualTo(reservoirs.of(ClimateBuild.MODEL));
        assertThat(halves.readings())
                .isNotEmpty()
                .allSatisfy(reading -> assertThat(reading.orElseThrow().value()).startsWith("north-1/climate/"))
                .doesNotHaveDuplicates();
    }

    @Test
    void windowsFromBeforeReadingsWereNamedAreReadWithoutNames() throws Exception {
        // Given
        for (int minute = 0; minute < FEW; minute++) {
            add(reservoirs, minute);
        }
        var before = reservoirs.of(ClimateBuild.MODEL);

        // When
        var restarted = new Reservoirs(64, Duration.ofDays(1));
        restarted.restore(nameless(reservoirs.toBytes().orElseThrow()));
        var again = restarted.toBytes().orElseThrow();
        var once = new Reservoirs(64, Duration.ofDays(1));
        once.restore(again);
        add(once, FEW - 1);

        // Then: also those that a start saved again before their stream had spoken
        assertThat(once.of(ClimateBuild.MODEL).holdout()).isNotEmpty().isEqualTo(before.holdout());
        assertThat(once.of(ClimateBuild.MODEL).readings()).containsOnly(Optional.empty());
    }

    /** Version 1: no mark before the length, and no id before a window. */
    private static byte[] nameless(byte[] named) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(named));
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        assertThat(in.readUnsignedByte()).isEqualTo(2);
        out.writeByte(1);
        out.writeInt(in.readInt());
        out.writeUTF(in.readUTF());
        out.writeUTF(in.readUTF());
        out.writeLong(in.readLong());
        assertThat(in.readBoolean()).isTrue();
        in.readInt();
        var windows = windows(in);
        out.writeInt(windows.length);
        out.write(windows);
        return bytes.toByteArray();
    }

    private static byte[] windows(DataInputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        var count = in.readInt();
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeLong(in.readLong());
            out.writeLong(in.readLong());
            out.writeBoolean(in.readBoolean());
            in.readUTF();
            var rank = in.readUnsignedByte();
            out.writeByte(rank);
            var size = 1;
            for (int axis = 0; axis < rank; axis++) {
                var length = in.readInt();
                out.writeInt(length);
                size *= length;
            }
            out.write(in.readNBytes(size * Float.BYTES));
        }
        return bytes.toByteArray();
    }
}
