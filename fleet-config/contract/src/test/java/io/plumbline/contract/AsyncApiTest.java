package io.plumbline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

    private static final Path FOLDER = Path.of("src/main/resources/io/plumbline/contract");

    @Test
    void theDocumentListsExactlyTheTopicsOfTheCode() throws IOException {
        var addresses = Pattern.compile("address: (\\S+)")
                .matcher(Files.readString(FOLDER.resolve("asyncapi.yaml")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(addresses)
                .containsExactlyElementsOf(
                        Topics.all().stream().map(Topics.Spec::name).toList());
    }

    @Test
    void theRecordsThatAreFollowedInTracesAreThoseOfTheDocs() throws IOException {
        var document = Files.readString(FOLDER.resolve("asyncapi.yaml"));
        var followed = Pattern.compile(
                        "    (\\w+):\n      title: \\w+\n      traits:\n        - \\$ref: '#/components/messageTraits/followed'")
                .matcher(document)
                .results()
                .map(match -> address(document, match.group(1)))
                .toList();
        var told = Files.readString(Path.of("../../docs/traces.md"))
                .lines()
                .filter(line -> line.startsWith("Records on "))
                .flatMap(line -> Pattern.compile("plumbline\\.[a-z-]+\\.v1")
                        .matcher(line)
                        .results())
                .map(match -> match.group())
                .toList();
        assertThat(followed).hasSize(7).containsExactlyInAnyOrderElementsOf(told);
    }

    private static String address(String document, String channel) {
        var found = Pattern.compile("  " + channel + ":\n    address: (\\S+)").matcher(document);
        assertThat(found.find()).as("channel %s", channel).isTrue();
        return found.group(1);
    }

    @Test
    void everySchemaItPointsToExists() throws IOException {
        var schemas = Pattern.compile("\\$ref: '([^#']+)'")
                .matcher(Files.readString(FOLDER.resolve("asyncapi.yaml")))
                .results()
                .map(match -> FOLDER.resolve(match.group(1)))
                .toList();
        assertThat(schemas).hasSize(12).allSatisfy(schema -> assertThat(schema).exists());
    }

    @Test
    void theDocumentListsEveryReasonOfADeadLetter() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("asyncapi.yaml")))
                .contains("enum: " + Arrays.toString(DeadLetterReason.values()));
    }

    @Test
    void aDeadLetterTravelsInItsHeaders() throws IOException {
        var letter = new DeadLetter(
                DeadLetterReason.NOT_FINITE,
                "humidity is NaN",
                "sites/north/motes/north-1/climate",
                Samples.GATEWAY,
                Samples.SITE,
                Samples.STREAM,
                Samples.AT);
        assertThat(DeadLetter.from(letter.headers())).isEqualTo(letter);
        assertThat(Files.readString(FOLDER.resolve("asyncapi.yaml")))
                .contains(letter.headers().keySet().stream()
                        .map(header -> header + ":")
                        .toList());
    }
}
