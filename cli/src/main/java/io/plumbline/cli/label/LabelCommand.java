package io.plumbline.cli.label;

import io.plumbline.cli.option.KafkaAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.wire.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline label}. */
@Command(
        name = "label",
        mixinStandardHelpOptions = true,
        description =
                "Tells what readings really were. The processor pairs that with the answers of the models: that is their accuracy.")
public final class LabelCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE.csv",
            description =
                    "Columns by the names in the first line: label and event, the id that results have; or label, device, stream, "
                            + "time and sequence. Nothing is sent if a line of it is wrong.")
    private Path file = Path.of("");

    @Mixin
    private KafkaAddress kafka = new KafkaAddress();

    @Option(names = "--dry-run", description = "Reads the file and sends nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What a file tells of. */
    private static final class Heap {

        private final Set<DeviceId> devices = new HashSet<>();
        private long labels;
        private Instant from = Instant.MAX;
        private Instant to = Instant.MIN;

        private void add(Label label) {
            devices.add(label.device());
            labels++;
            from = label.eventTime().isBefore(from) ? label.eventTime() : from;
            to = label.eventTime().isAfter(to) ? label.eventTime() : to;
        }
    }

    /** As JSON. */
    private record Told(String file, long labels, int devices, Instant from, Instant to, boolean sent) {}

    @Override
    public Integer call() throws ClientException {
        var labels = new LabelFile(file);
        var heap = new Heap();
        labels.read(heap::add);
        if (heap.labels == 0) {
            throw new ClientException(
                    file + " has no labels: a first line with the names of the columns, then a line a reading");
        }
        if (!dryRun) {
            send(labels);
        }
        print(heap);
        return 0;
    }

    private void send(LabelFile labels) throws ClientException {
        try (var producer = LabelProducer.open(kafka.servers())) {
            labels.read(producer::send);
            producer.flush();
        }
    }

    private void print(Heap heap) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(
                    new Told(file.toString(), heap.labels, heap.devices.size(), heap.from, heap.to, !dryRun)));
        } else {
            out.println(heap.labels + (heap.labels == 1 ? " label of " : " labels of ") + heap.devices.size()
                    + (heap.devices.size() == 1 ? " device" : " devices") + ", " + heap.from + " to " + heap.to
                    + (dryRun ? ": nothing was sent" : ", are on " + Topics.LABELS));
        }
        out.flush();
    }
}
