package io.plumbline.cli.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.client.ClientException;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelFileTest {

    private static final DeviceId DEVICE = new DeviceId("north-1");
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.250Z");
    private static final EventId EVENT = EventId.ofSequence(DEVICE, new StreamId("climate"), TIME, 7);
    private static final String HASHED = "north-1/climate/h-0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readingsAreNamedByTheirIdsOrByWhatIdsAreMadeOf() throws Exception {
        assertThat(read("event,label\n" + EVENT + ",event\n")).containsExactly(label("event"));
        assertThat(read("label,stream,device,sequence,time\nnormal,climate,north-1,7,2026-01-01T01:00:00.250+01:00\n"))
                .containsExactly(label("normal"));
        assertThat(read("device,stream,time,sequence,label\nnorth-1,climate," + TIME.toEpochMilli() + ",7,normal\n"))
                .containsExactly(label("normal"));
        assertThat(read("event,time,label\n" + HASHED + "," + TIME + ",event\n"))
                .containsExactly(new Label(new EventId(HASHED), DEVICE, TIME, "event"));
    }

    @Test
    void aSpreadsheetMayHaveWrittenIt() throws Exception {
        assertThat(read("\uFEFFevent,label,who\r\n\r\n \"" + EVENT + "\" , \"a, b\",ada\r\n" + EVENT + ",c,\r\n"))
                .containsExactly(label("a, b"), label("c"));
    }

    @Test
    void theSecondLineIsNamedWhereItIsTheWrongOne() {
        assertThatThrownBy(() -> read("event,label\n" + EVENT + ",event\n" + EVENT + ",\n"))
                .hasMessageContaining("line 3, column label: '' must not be empty");
        assertThatThrownBy(() -> read("event,label\n\n,\n" + EVENT + ",\n"))
                .hasMessageContaining("line 4, column label: '' must not be empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            event,label\\nnorth-1,event | line 2, column event: 'north-1' must be DEVICE/STREAM/TIME-SEQUENCE or DEVICE/STREAM/h-HASH, as results have it
            event,label\\nNorth 1/climate/1-1,event | line 2, column event: device 'North 1' must
            event,label\\nnorth-1/climate/h-00,event | does not say when it was: the column time must give the device time of the reading
            event,time,label\\nnorth-1/climate/1-1,2,event | line 2, column time: '2' must be that of the event north-1/climate/1-1, 1970-01-01T00:00:00.001Z
            event,device,label\\nnorth-1/climate/1-1,south-1,event | column device: 'south-1' must be that of the event north-1/climate/1-1
            event,truth\\nnorth-1/climate/1-1,event | line 2: there is no column label; needed are label and event, or label, device, stream, time and sequence, and there are event, truth
            label,device,stream,time\\nevent,north-1,climate,1 | there is no column sequence
            label,device,stream,time,sequence\\nevent,north-1,climate,yesterday,1 | column time: 'yesterday' must be like 2026-01-01T00:00:00Z, or milliseconds since 1970
            label,device,stream,time,sequence\\nevent,north-1,climate,1,first | column sequence: 'first' must be the whole number that the device sent
            label,device,stream,time,sequence\\nevent,north-1,,1,1 | column stream: '' must not be empty
            event,label\\nnorth-1/climate/1-1,event,more | columns are separated by commas
            event;label\\nnorth-1/climate/1-1;event | there is no column label; needed are label and event, or label, device, stream, time and sequence, and there are event;label
            """)
    void aWrongLineIsNamedWithWhatIsWrongAndTheRule(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining(folder.resolve("labels.csv") + ", line 2")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFileThatIsNotThereOrNoTextIsSaid() {
        assertThatThrownBy(() -> new LabelFile(folder.resolve("none.csv")).read(label -> {}))
                .isInstanceOf(ClientException.class)
                .hasMessage("there is no file " + folder.resolve("none.csv"));
        assertThatThrownBy(() -> read(new byte[] {'e', (byte) 0xC3, 0x28, '\n'}))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("labels.csv cannot be read");
    }

    private static Label label(String label) {
        return new Label(EVENT, DEVICE, TIME, label);
    }

    private List<Label> read(String text) throws IOException, ClientException {
        return read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private List<Label> read(byte[] bytes) throws IOException, ClientException {
        var labels = new ArrayList<Label>();
        new LabelFile(Files.write(folder.resolve("labels.csv"), bytes)).read(labels::add);
        return labels;
    }
}
