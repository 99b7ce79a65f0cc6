package io.plumbline.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerTest {

    private static final Path FOLDER = Product.root().resolve("docker");

    @Test
    void theComposeFileCreatesExactlyTheTopicsOfTheContract() {
        var created = String.join("\n", Product.lines(FOLDER.resolve("topics.sh")));
        var topics = Pattern.compile("create (plumbline\\S+) (\\d+) (delete|compact)")
                .matcher(created)
                .results()
                .map(m -> new Topics.Spec(
                        m.group(1), Integer.parseInt(m.group(2)), m.group(3).equals("compact")))
                .toList();
        assertThat(topics).isEqualTo(Topics.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "processor", "registry", "fleet"})
    void everyServiceHasAnImageAndAPlaceInTheComposeFile(String service) {
        List<String> image = Product.lines(FOLDER.resolve(service + ".Dockerfile"));
        assertThat(image).anyMatch(line -> line.startsWith("COPY") && line.contains("/service/target/quarkus-app/"));
        assertThat(Product.lines(FOLDER.resolve("compose.yaml")))
                .anyMatch(line -> line.contains("dockerfile: docker/" + service + ".Dockerfile"));
    }
}
