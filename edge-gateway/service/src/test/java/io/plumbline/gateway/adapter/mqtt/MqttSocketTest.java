package io.plumbline.gateway.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MqttSocketTest {

    private final ServerSocket server = listen();
    private final MqttSocket socket = new MqttSocket();
    private Socket broker = new Socket();

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void connect() throws IOException {
        socket.connect(server.getLocalSocketAddress());
        broker = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        broker.close();
        server.close();
    }

    @Test
    void acknowledgementsOfABatchGoOutTogetherAndInOrder() throws IOException {
        // Given
        socket.acknowledge(1);
        socket.acknowledge(0x1234);
        socket.getOutputStream().write(0x7F);
        socket.getOutputStream().flush();

        // When
        socket.flush();

        // Then
        assertThat(broker.getInputStream().readNBytes(9)).containsExactly(0x7F, 0x40, 2, 0, 1, 0x40, 2, 0x12, 0x34);
    }

    @Test
    void noAcknowledgementFallsIntoThePacketOfAnother() throws IOException {
        // Given
        var paho = socket.getOutputStream();
        paho.write(new byte[] {(byte) 0x82, 3});

        // When
        socket.acknowledge(7);
        socket.flush();
        paho.write(new byte[] {1, 2, 3});
        paho.flush();

        // Then
        assertThat(broker.getInputStream().readNBytes(9)).containsExactly(0x40, 2, 0, 7, 0x82, 3, 1, 2, 3);
    }

    @Test
    void theBrokerDoesNotHaveToWaitForTheNextAcknowledgements() throws IOException {
        // Given: both sides talked, after which a system waits with its confirmations
        assumeThat(socket.supportedOptions()).contains(ExtendedSocketOptions.TCP_QUICKACK);
        var in = socket.getInputStream();
        for (int i = 0; i < 50; i++) {
            broker.getOutputStream().write(i);
            assertThat(in.read()).isEqualTo(i);
            socket.getOutputStream().write(i);
            socket.getOutputStream().flush();
        }

        // When
        broker.getOutputStream().write(1);
        in.read();

        // Then
        assertThat(socket.getOption(ExtendedSocketOptions.TCP_QUICKACK)).isTrue();
        assertThat(socket.getTcpNoDelay()).isTrue();
    }

    @Test
    void whatWasReadAheadIsAvailable() throws IOException {
        // Given
        broker.getOutputStream().write(new byte[] {1, 2, 3});

        // When
        var first = socket.getInputStream().read();

        // Then
        assertThat(first).isEqualTo(1);
        assertThat(socket.getInputStream().readNBytes(2)).containsExactly(2, 3);
        assertThat(socket.getInputStream().available()).isZero();
    }

    @Test
    void nothingIsSentWhereNothingWasAcknowledged() throws IOException {
        // When
        socket.flush();
        socket.shutdownOutput();

        // Then
        assertThat(broker.getInputStream().read()).isEqualTo(-1);
    }
}
