package io.plumbline.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RimTest {

    private static final JavaClasses PRODUCT = Product.classes();

    private static final String[] FRAMEWORKS = {
        "jakarta..",
        "io.quarkus..",
        "io.smallrye..",
        "org.eclipse.microprofile..",
        "org.apache.kafka..",
        "org.eclipse.paho..",
        "io.vertx..",
        "org.jboss.."
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contract",
                "database",
                "inference",
                "drift",
                "judging",
                "rollout",
                "quantizer",
                "laboratory",
                "client"
            })
    void aLibraryKnowsNoFramework(String library) {
        noClasses()
                .that()
                .resideInAPackage("io.plumbline." + library + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FRAMEWORKS)
                .because("a library that has never heard of its frameworks outlives them")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void theCoreOfAServiceKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAPackage("io.plumbline.*.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FRAMEWORKS)
                .because("decisions are plain functions that a plain test can call")
                .check(PRODUCT);
    }

    @Test
    void theCoreOfAServiceKnowsNoAdapter() {
        noClasses()
                .that()
                .resideInAPackage("io.plumbline.*.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.plumbline.*.adapter..",
                        "io.plumbline.*.config..",
                        "io.plumbline.*.topology..",
                        "io.plumbline.signals..")
                .because("the outside depends on the core, never the other way round")
                .check(PRODUCT);
    }

    @Test
    void theCoreOfAServiceKnowsOfADatabaseOnlyThatItMayFail() {
        noClasses()
                .that()
                .resideInAPackage("io.plumbline.*.core..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.plumbline.database..").and(not(simpleName("StoreUnavailableException"))))
                .because("a core asks an interface for its state")
                .check(PRODUCT);
    }

    @Test
    void onlyTheCliHasACommandLineAndABroker() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.plumbline.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "org.apache.activemq..", "org.apache.artemis..", "kafka.server..")
                .because("the brokers live in a process of their own, apart from every service")
                .check(PRODUCT);
    }

    @Test
    void onnxRuntimeAppearsOnlyInInference() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.plumbline.inference..", "io.plumbline.benchmarks.naive..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .because("native memory has one owner")
                .check(PRODUCT);
    }

    @Test
    void onnxProtobufAppearsOnlyInTheQuantizer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.plumbline.quantizer..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnx.proto..")
                .because("one library reads and rewrites graphs")
                .check(PRODUCT);
    }

    @Test
    void pahoAppearsOnlyInMqttAdapters() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.plumbline.gateway.adapter.mqtt..",
                        "io.plumbline.fleet.adapter.mqtt..",
                        "io.plumbline.cli..",
                        "io.plumbline.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.paho..")
                .because("the MQTT client must be replaceable behind one adapter")
                .check(PRODUCT);
    }

    @Test
    void kafkaStreamsAppearsOnlyInTheTopology() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.plumbline.processor.topology..", "io.plumbline.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.streams..")
                .because(
                        "the topology is one function that a test can drive without a broker; a benchmark has one to compare with")
                .check(PRODUCT);
    }
}
