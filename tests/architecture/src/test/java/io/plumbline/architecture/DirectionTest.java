package io.plumbline.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectionTest {

    private static final JavaClasses PRODUCT = Product.classes();

    @ParameterizedTest
    @CsvSource({
        "contract, inference",
        "contract, drift",
        "contract, quantizer",
        "inference, drift",
        "inference, quantizer",
        "drift, inference",
        "drift, quantizer",
        "quantizer, contract",
        "quantizer, inference",
        "quantizer, drift",
        "contract, cli",
        "inference, cli",
        "drift, cli",
        "quantizer, cli",
        "laboratory, cli",
        "contract, judging",
        "drift, judging",
        "judging, inference",
        "judging, quantizer",
        "judging, cli",
        "contract, rollout",
        "drift, rollout",
        "rollout, judging",
        "rollout, inference",
        "rollout, quantizer",
        "rollout, cli",
        "contract, signals",
        "drift, signals",
        "judging, signals",
        "rollout, signals",
        "quantizer, signals",
        "laboratory, signals",
        "inference, signals",
        "contract, database",
        "rollout, database",
        "laboratory, database",
        "client, database",
        "database, contract",
        "database, signals",
        "signals, drift",
        "signals, inference",
        "signals, cli",
        "contract, laboratory",
        "inference, laboratory",
        "quantizer, laboratory",
        "laboratory, drift",
        "contract, client",
        "inference, client",
        "client, quantizer",
        "client, laboratory",
        "client, cli"
    })
    void aLibraryDoesNotKnow(String library, String other) {
        noClasses()
                .that()
                .resideInAPackage("io.plumbline." + library + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.plumbline." + other + "..")
                .because("arrows go one way, service -> library -> contract: that is what makes a library usable alone")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @ParameterizedTest
    @CsvSource({"gateway", "processor", "registry", "fleet"})
    void nobodyKnowsAServiceButItself(String service) {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.plumbline." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.plumbline." + service + "..")
                .because(
                        "services meet in Kafka, MQTT and HTTP through the contract, so that each can be replaced alone")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void thereAreClassesToLookAt() {
        org.assertj.core.api.Assertions.assertThat(PRODUCT.size())
                .as("compiled classes of the product")
                .isGreaterThan(50);
    }
}
