package io.plumbline.fleet.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "gw, gw, 0", "'', abc, 3", "abc, '', 3", "north, nroth, 2"})
    void countsEdits(String from, String to, int edits) {
        assertThat(NearestName.distance(from, to)).isEqualTo(edits);
    }

    @Test
    void suggestsOnlyWhatIsNear() {
        var names = List.of("gw-north", "gw-south");
        assertThat(NearestName.of("gw-nort", names)).contains("gw-north");
        assertThat(NearestName.of("camera", names)).isEmpty();
        assertThat(NearestName.of("gw-north", List.of())).isEmpty();
    }
}
