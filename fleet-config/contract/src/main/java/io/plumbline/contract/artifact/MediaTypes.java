package io.plumbline.contract.artifact;

/**
 * Media types, artifact types and annotations of models in an OCI registry. A model's repository is
 * {@code models/<model name>}. A <em>version</em> is an FP32 model with its card; a <em>build</em> is what gateways run.
 */
public final class MediaTypes {

    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";

    /** Artifact type of a version: layers {@link #ONNX}, {@link #CARD} and, optionally, {@link #SAMPLES}. */
    public static final String VERSION = "application/vnd.plumbline.version.v1+json";
    /**
     * Artifact type of a build: layers {@link #ONNX}, {@link #OBSERVED}, {@link #CARD}, {@link #PROFILE},
     * {@link #SELF_TEST} and {@link #QUALITY}; its config is a {@link BuildCard} of type {@link #BUILD_CARD}.
     */
    public static final String BUILD = "application/vnd.plumbline.build.v1+json";

    /** The model that answers. */
    public static final String ONNX = "application/vnd.onnx.model.v1";
    /** FP32 with the activations that the build quantizes as further outputs. */
    public static final String OBSERVED = "application/vnd.plumbline.observed.v1+onnx";
    /** {@code model.yaml}. */
    public static final String CARD = "application/vnd.plumbline.card.v1+yaml";
    /** {@link ReferenceProfile} as JSON. */
    public static final String PROFILE = "application/vnd.plumbline.profile.v1+json";
    /** {@link SelfTest} as JSON. */
    public static final String SELF_TEST = "application/vnd.plumbline.self-test.v1+json";
    /** {@link BuildCard} as JSON. */
    public static final String BUILD_CARD = "application/vnd.plumbline.build-card.v1+json";
    /** {@link QualityReport} as JSON; absent in builds of older registries. */
    public static final String QUALITY = "application/vnd.plumbline.quality.v1+json";
    /** {@link SearchReport} as JSON; a layer of a build whose recipe was searched for. */
    public static final String SEARCH = "application/vnd.plumbline.search.v1+json";
    /**
     * NumPy {@code .npy}, float32, C order, first axis = samples: inputs that the model's owner hands over for the
     * first calibration and for the reference profile. The layer's title annotation tells {@link #CALIBRATION_TITLE}
     * from {@link #REFERENCE_TITLE}.
     */
    public static final String SAMPLES = "application/vnd.plumbline.samples.v1+npy";
    /** DSSE envelope whose payload is the signed manifest's digest; attached as a referrer. */
    public static final String SIGNATURE = "application/vnd.dsse.envelope.v1+json";

    public static final String TITLE = "org.opencontainers.image.title";
    public static final String CREATED = "org.opencontainers.image.created";
    /** Annotation of a version: the tag it was first pushed under; of a build: that of its version. */
    public static final String IMAGE_VERSION = "org.opencontainers.image.version";
    /** Annotation of a build: digest of the manifest of the version it was made of. */
    public static final String BASE = "org.opencontainers.image.base.digest";
    /** Annotation of a build: a JSON list of the nodes that its recipe left in float; absent where there are none. */
    public static final String EXCLUDED_NODES = "io.plumbline.excluded-nodes";

    public static final String CALIBRATION_TITLE = "calibration.npy";
    public static final String REFERENCE_TITLE = "reference.npy";

    private MediaTypes() {}

    /** The content of {@link #OCI_EMPTY}: what a manifest without a config has as one. */
    public static byte[] empty() {
        return new byte[] {'{', '}'};
    }

    /** The OCI repository of a model. */
    public static String repository(io.plumbline.contract.id.ModelName model) {
        return "models/" + model;
    }
}
