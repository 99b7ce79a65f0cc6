package io.plumbline.processor.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The properties as they were typed. {@link Settings#from} checks them; nothing else reads this. */
@ConfigMapping(prefix = "plumbline.processor")
public interface VerdictConfig {

    /** Folder for local state; it is rebuilt from Kafka when lost. */
    @WithDefault("data/processor")
    String stateDir();

    /** Registry that tells what inputs a build expects, {@code http(s)://host:port}; without it drift of inputs is not evaluated. */
    Optional<String> registryUrl();

    /** OpenTelemetry collector that takes OTLP/HTTP, {@code http(s)://host:port}; without it nothing is traced. */
    Optional<String> traceUrl();

    /** Event time that a verdict looks back. */
    @WithDefault("PT30M")
    String horizon();

    /** Event time that is looked back at what the model's confidence promises, where nobody labels. */
    @WithDefault("PT6H")
    String confidenceHorizon();

    /** Event time that statistics and their labels may be late. */
    @WithDefault("P7D")
    String retention();

    /** Event time that results and labels wait for each other. */
    @WithDefault("P1D")
    String labelRetention();

    /** How far statistics, answers and labels may be ahead of the wall clock and of all that came before. */
    @WithDefault("P1D")
    String clockSkew();

    /** Complete windows in a row that must agree before a verdict changes. */
    @WithDefault("2")
    String confirmations();

    /** Inputs compared with FP32 below which nothing is said. */
    @WithDefault("150")
    String minCompared();

    /** Share of inputs that may clip before a calibration is doubted. */
    @WithDefault("0.25")
    String clipFloor();

    /** Share of a class on which INT8 must give FP32's answer. */
    @WithDefault("0.75")
    String agreementFloor();

    /** Least population stability index that counts as drift. */
    @WithDefault("0.25")
    String psiFloor();

    /** Event time between two requests to recalibrate the same build. */
    @WithDefault("PT4H")
    String cooldown();

    /** Most requests to recalibrate a model in 24 hours of event time. */
    @WithDefault("12")
    String dailyBudget();
}
