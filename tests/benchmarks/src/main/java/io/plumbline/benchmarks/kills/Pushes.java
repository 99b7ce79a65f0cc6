package io.plumbline.benchmarks.kills;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.client.ClientException;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelBytes;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One owner who pushes one new model after the other, and pushes again what was not confirmed, but leaves the registry the time to build
 * them: a few wait at most. Thread-safe.
 */
final class Pushes implements Runnable {

    private static final long PAUSE_MILLIS = 400;
    private static final long RETRY_MILLIS = 100;
    private static final int MOST_WAITING = 5;

    private final RegistryClient registry;
    private final Specimen specimen;
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final Map<ModelName, Digest> confirmed = new LinkedHashMap<>();
    private final Deque<ModelName> waiting = new ArrayDeque<>();
    private int interrupted;

    /** What every pushed model is a variant of. */
    record Specimen(String card, ModelBytes onnx, ModelBytes samples) {

        /** The same network under another name and with another digest: a field that is given twice has its last value. */
        RegistryClient.NewVersion variant(ModelName name) throws CardException {
            var text = name.value().getBytes(StandardCharsets.UTF_8);
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(onnx.get());
            // field 3 of a ModelProto, producer_version
            bytes.write(0x1A);
            bytes.write(text.length);
            bytes.writeBytes(text);
            var yaml = card.replace("climate-event", name.value())
                    .replace("recipes: [dynamic, static-minmax]", "recipes: [static-minmax]")
                    .getBytes(StandardCharsets.UTF_8);
            return new RegistryClient.NewVersion(
                    ModelCard.parse(yaml),
                    ModelBytes.of(yaml),
                    ModelBytes.of(bytes.toByteArray()),
                    new RegistryClient.Samples(Optional.of(samples), Optional.empty()));
        }
    }

    Pushes(URI registry, Specimen specimen) {
        this.registry = new RegistryClient(registry);
        this.specimen = specimen;
    }

    @Override
    public void run() {
        try {
            for (int number = 1; going.get(); number++) {
                var name = new ModelName("pushed-" + number);
                push(name);
                waiting.add(name);
                do {
                    Thread.sleep(PAUSE_MILLIS);
                    waiting.removeIf(this::isBuilt);
                } while (going.get() && waiting.size() >= MOST_WAITING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CardException e) {
            throw new IllegalStateException("a card that was read before is a bug", e);
        }
    }

    private boolean isBuilt(ModelName name) {
        try {
            return registry.view(name).versions().stream()
                    .allMatch(version -> version.state().equals("READY"));
        } catch (ClientException e) {
            return false; // it is being killed, or starts
        }
    }

    private void push(ModelName name) throws InterruptedException, CardException {
        var version = specimen.variant(name);
        while (going.get()) {
            try {
                confirm(name, registry.push(version, "v1"));
                return;
            } catch (ClientException e) {
                interrupt();
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private synchronized void confirm(ModelName name, Digest manifest) {
        confirmed.put(name, manifest);
    }

    private synchronized void interrupt() {
        interrupted++;
    }

    void stop() {
        going.set(false);
    }

    synchronized Map<ModelName, Digest> confirmed() {
        return Map.copyOf(confirmed);
    }

    synchronized int interrupted() {
        return interrupted;
    }
}
