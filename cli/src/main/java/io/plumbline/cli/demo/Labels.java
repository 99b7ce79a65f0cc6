package io.plumbline.cli.demo;

import io.plumbline.cli.climate.ReplayException;
import io.plumbline.cli.climate.Stretch;
import io.plumbline.cli.label.LabelProducer;
import io.plumbline.client.ClientException;
import io.plumbline.contract.message.Label;

/** The people who label readings: they know the truth a little later than the motes speak. */
final class Labels implements AutoCloseable {

    private final LabelProducer producer;

    Labels(String bootstrapServers) throws ClientException {
        this.producer = LabelProducer.open(bootstrapServers);
    }

    void send(Stretch.Spoken spoken) {
        var truth = spoken.reading().event() ? "event" : "normal";
        producer.send(new Label(spoken.event(), spoken.device(), spoken.time(), truth));
    }

    /** @throws ReplayException if Kafka did not take every label so far */
    void flush() throws ReplayException {
        try {
            producer.flush();
        } catch (ClientException e) {
            throw new ReplayException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
