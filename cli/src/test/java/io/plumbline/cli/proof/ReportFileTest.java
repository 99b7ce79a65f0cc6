package io.plumbline.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {

    @TempDir
    Path folder;

    @Test
    void theReportOfAnEarlierRunIsGoneBeforeThisOneHasProvedAnything() throws IOException {
        // Given
        var file = Files.writeString(folder.resolve("report.json"), "{\"closed\":true}");

        // When
        var unused = ReportFile.at(file);

        // Then
        assertThat(file).doesNotExist();
    }

    @Test
    void anAbandonedDemoIsReportedAsNotClosedWithItsAccountAndItsReason() throws IOException {
        // Given
        var file = folder.resolve("report.json");

        // When
        ReportFile.at(file).write(DemoReport.abandoned(new Account.Totals(9, 7, 1, 1, 0), 11.5, "gw-north ended"));

        // Then
        var json = Json.decode(Files.readAllBytes(file), JsonNode.class);
        assertThat(json.path("closed").asBoolean(true)).isFalse();
        assertThat(json.path("lost").asLong()).isEqualTo(1);
        assertThat(json.path("secondsToFirstInference").asDouble()).isEqualTo(11.5);
        assertThat(json.path("problem").asText()).isEqualTo("gw-north ended");
        assertThat(json.path("turns").isArray()).isTrue();
    }

    @Test
    void aMissingFolderIsNamed() {
        var file = folder.resolve("missing").resolve("report.json");
        assertThatThrownBy(() -> ReportFile.at(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no folder " + folder.resolve("missing"));
    }
}
