package io.plumbline.gateway.adapter.mqtt;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A connection that asks the system little. Paho reads a packet in pieces and sends each acknowledgement by itself: several
 * system calls and a change of threads for every message. Here many packets are read at once, and acknowledgements wait for
 * {@link #flush}. Streams are whole packets apart: what Paho writes goes out when it flushes, which it does after each.
 */
final class MqttSocket extends Socket {

    /** MQTT 5.0, section 3.4: PUBACK with a remaining length of two, which says success. */
    private static final int PUBACK = 0x40;

    private static final int BUFFER = 32 << 10;

    private final ByteArrayOutputStream acknowledgements = new ByteArrayOutputStream();
    private @Nullable InputStream in;
    private @Nullable OutputStream out;

    /** Notes that this message is answered; for one thread. */
    void acknowledge(int packet) {
        acknowledgements.write(PUBACK);
        acknowledgements.write(2);
        acknowledgements.write(packet >> 8);
        acknowledgements.write(packet);
    }

    /**
     * Sends what was acknowledged, in that order; for the thread that acknowledges.
     *
     * @throws IOException if the connection is gone
     */
    void flush() throws IOException {
        if (acknowledgements.size() > 0) {
            var bytes = acknowledgements.toByteArray();
            acknowledgements.reset();
            send(bytes);
        }
    }

    private void send(byte[] packets) throws IOException {
        var raw = super.getOutputStream();
        synchronized (acknowledgements) {
            raw.write(packets);
        }
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        var opened = in;
        if (opened == null) {
            setTcpNoDelay(true);
            opened = new Ahead(new Prompt(super.getInputStream()));
            in = opened;
        }
        return opened;
    }

    @Override
    public synchronized OutputStream getOutputStream() {
        var opened = out;
        if (opened == null) {
            opened = new Packets();
            out = opened;
        }
        return opened;
    }

    /**
     * Lets the system confirm at once what was read. Left alone it waits for something to send, and a broker that keeps small
     * packets back until the last one is confirmed (Nagle's algorithm, Mosquitto's default) holds the next readings until the
     * acknowledgements of these.
     */
    private final class Prompt extends FilterInputStream {

        private final boolean supported = supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);

        private Prompt(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            var count = super.read(bytes, from, length);
            if (supported && count > 0) {
                setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
            }
            return count;
        }
    }

    /** Paho asks before every packet whether there is more. */
    private static final class Ahead extends BufferedInputStream {

        private Ahead(InputStream in) {
            super(in, BUFFER);
        }

        @Override
        public synchronized int available() throws IOException {
            return count > pos ? count - pos : super.available();
        }
    }

    private final class Packets extends OutputStream {

        private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int one) {
            begun.write(one);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            begun.write(bytes, from, length);
        }

        @Override
        public synchronized void flush() throws IOException {
            if (begun.size() > 0) {
                var bytes = begun.toByteArray();
                begun.reset();
                send(bytes);
            }
        }
    }
}
