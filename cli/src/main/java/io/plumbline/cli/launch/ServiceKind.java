package io.plumbline.cli.launch;

/** The four services. */
public enum ServiceKind {
    REGISTRY("model-registry/service", 128),
    FLEET("fleet-config/service", 128),
    PROCESSOR("stream-processor/service", 160),
    GATEWAY("edge-gateway/service", 128);

    private final String module;
    private final int heapMb;

    ServiceKind(String module, int heapMb) {
        this.module = module;
        this.heapMb = heapMb;
    }

    String module() {
        return module;
    }

    int heapMb() {
        return heapMb;
    }
}
