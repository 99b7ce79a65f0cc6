package io.plumbline.benchmarks.faults;

import io.plumbline.benchmarks.Rig;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What is done to the gateway and its brokers. */
enum Fault {
    GATEWAY_KILLED("gateway-killed", 100, 5, 0) {
        @Override
        void down(Rig rig) throws Exception {
            rig.killGateway();
        }

        @Override
        void up(Rig rig) throws Exception {
            rig.beginGateway();
        }
    },
    KAFKA_STOPPED("kafka-stopped", 20, 2, 5_000) {
        @Override
        void down(Rig rig) {
            rig.stopKafka();
        }

        @Override
        void up(Rig rig) throws Exception {
            rig.startKafka();
        }
    },
    MQTT_STOPPED("mqtt-stopped", 20, 2, 5_000) {
        @Override
        void down(Rig rig) throws Exception {
            rig.stopMqtt();
        }

        @Override
        void up(Rig rig) throws Exception {
            rig.startMqtt();
        }
    };

    private final String kind;
    private final int runs;
    private final int quickRuns;
    private final int longestAwayMillis;

    Fault(String kind, int runs, int quickRuns, int longestAwayMillis) {
        this.kind = kind;
        this.runs = runs;
        this.quickRuns = quickRuns;
        this.longestAwayMillis = longestAwayMillis;
    }

    abstract void down(Rig rig) throws Exception;

    abstract void up(Rig rig) throws Exception;

    String kind() {
        return kind;
    }

    int runs(boolean quick) {
        return quick ? quickRuns : runs;
    }

    /** 0 for what is started again at once. */
    int longestAwayMillis() {
        return longestAwayMillis;
    }

    /** @throws IllegalArgumentException if there is none of that name */
    static Fault of(String kind) {
        return Arrays.stream(values())
                .filter(fault -> fault.kind.equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("faults have no kind '" + kind + "'; known are "
                        + Arrays.stream(values()).map(Fault::kind).collect(Collectors.joining(", ")) + ", "
                        + Faults.REGISTRY_KILLED));
    }
}
