package io.plumbline.registry.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** The settings as text; {@link RegistrySettings} checks them. */
@ConfigMapping(prefix = "plumbline.registry")
public interface RegistryConfig {

    /** Folder of the image layout, the uploads, the signing key and the embedded database. */
    @WithDefault("data/registry")
    String dataDir();

    /** Files of keys in the data folder, each with '@' and an instant behind it if it is over then; all that are not over sign. */
    @WithDefault("signing-key.json")
    List<String> signingKeys();

    /** JDBC URL of H2 or PostgreSQL; H2 in the data folder if absent. */
    Optional<String> databaseUrl();

    @WithDefault("plumbline")
    String databaseUser();

    Optional<String> databasePassword();

    /** File with the tokens of those who may change anything, one a line, {@code NAME: TOKEN} or a token alone; everybody may if absent. */
    Optional<String> operatorTokens();

    /** OpenTelemetry collector that takes OTLP/HTTP, {@code http(s)://host:port}; without it nothing is traced. */
    Optional<String> traceUrl();

    /** How long gateways may take to answer a calibration task. */
    @WithDefault("PT3M")
    String taskTimeout();

    /** Most gateways that take part in a recalibration; of each site that it is for there is one all the same. */
    @WithDefault("64")
    String calibrationGateways();

    /** Between two recalibrations of a build, by the times of the requests. */
    @WithDefault("PT4H")
    String cooldown();

    /** Most recalibrations of a model in 24 hours. */
    @WithDefault("12")
    String dailyBudget();

    /** Time for one search of the recipe auto; what was not tried by then is not tried. */
    @WithDefault("PT5M")
    String searchBudget();

    /** Static recipes that a recalibration tries, in the order of preference; {@code auto} chooses them by what was observed. */
    @WithDefault("auto")
    List<String> candidates();

    /** Largest blob, in bytes. */
    @WithDefault("2147483647")
    String maxBlobBytes();

    /** Wall-clock time that a model may take to load and to answer its probes, in a process of its own. */
    @WithDefault("PT2M")
    String sandboxTime();

    /** Memory that a model may take there, MB. */
    @WithDefault("4096")
    String sandboxMb();

    /** Any OCI registry that gateways pull builds from in place of this one, such as https://host/prefix: builds are carried there. */
    Optional<String> buildsUrl();

    /** File that says who pushes there, as docker login writes it. */
    Optional<String> buildsLogin();

    /** How long a recalibration waits for its candidates to be there. */
    @WithDefault("PT15M")
    String buildsPatience();

    /** How long a blob is kept for the manifest that is to name it; what no manifest names is deleted after that. */
    @WithDefault("PT1H")
    String blobGrace();

    /** How long candidates that lost are kept behind the end of their recalibration. */
    @WithDefault("P7D")
    String candidateAge();

    /** Most samples of one gateway, windows. */
    @WithDefault("256")
    String sampleWindows();

    /** Most samples of one gateway, bytes. */
    @WithDefault("1000000")
    String sampleBytes();

    /** Most samples of one recalibration, windows. */
    @WithDefault("4096")
    String sampleJobWindows();

    /** Most samples of one recalibration, bytes. */
    @WithDefault("16000000")
    String sampleJobBytes();

    /** How long samples are kept. */
    @WithDefault("PT24H")
    String sampleAge();

    /** Holdout windows that the gate needs. */
    @WithDefault("64")
    String gateMinWindows();

    /** Largest distance of a candidate to FP32, as a share of the running build's. */
    @WithDefault("0.5")
    String gateDeltaRatio();

    /** Largest share of holdout windows that a candidate may clip. */
    @WithDefault("0.05")
    String gateMaxClipped();

    /** Largest median latency of a candidate, as a multiple of the running build's. */
    @WithDefault("2")
    String gateLatencyRatio();

    /** How much less accuracy than the running build's FP32's confidence may promise. */
    @WithDefault("0.01")
    String gatePromisedLoss();

    /** Largest model of a candidate, as a multiple of the running build's. */
    @WithDefault("1.5")
    String gateMemoryRatio();

    /** Confidence that no candidate passes which breaks a rule of the gate. */
    @WithDefault("0.95")
    String gateConfidence();
}
