package io.plumbline.cli.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An MQTT 5 broker whose sessions and queued messages survive restarts. Nothing is dropped: queues page to disk. */
final class EmbeddedMqtt implements AutoCloseable {

    private static final long QUEUE_MEMORY_BYTES = 8L << 20;
    private static final int PAGE_BYTES = 1 << 20;
    private static final int JOURNAL_FILE_BYTES = 2 << 20;

    private final EmbeddedActiveMQ server;

    private EmbeddedMqtt(EmbeddedActiveMQ server) {
        this.server = server;
    }

    static EmbeddedMqtt start(Path data, int port) throws Exception {
        Files.createDirectories(data);
        requireFree(port);
        var server = new EmbeddedActiveMQ();
        server.setConfiguration(configuration(data, port));
        server.start();
        return new EmbeddedMqtt(server);
    }

    /** The broker itself starts without complaint on a port that is taken, and hears nobody. */
    private static void requireFree(int port) throws IOException {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    private static Configuration configuration(Path data, int port) throws Exception {
        return new ConfigurationImpl()
                .setName("plumbline")
                .setPersistenceEnabled(true)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString())
                .setMaxDiskUsage(-1)
                .setScheduledThreadPoolMaxSize(2)
                .setThreadPoolMaxSize(8)
                .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + port + "?protocols=MQTT")
                .addAddressSetting("#", neverDropAnything());
    }

    private static AddressSettings neverDropAnything() {
        return new AddressSettings()
                .setMaxDeliveryAttempts(-1)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(QUEUE_MEMORY_BYTES)
                .setPageSizeBytes(PAGE_BYTES);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            System.err.println("the MQTT broker did not stop cleanly: " + e.getMessage());
        }
    }
}
