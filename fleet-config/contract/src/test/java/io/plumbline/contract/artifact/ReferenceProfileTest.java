package io.plumbline.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.JsonSchemas;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferenceProfileTest {

    private static final String OLDER = "{\"features\":[{\"name\":\"humidity\",\"edges\":[40.0],\"bins\":[3,4]}]}";

    @Test
    void stretchesSurviveTheWire() throws Exception {
        var profile = profile(new Counts(3, 0), new Counts(0, 4));

        assertThat(Json.decode(Json.encode(profile), ReferenceProfile.class)).isEqualTo(profile);
        assertThat(JsonSchemas.violations(ReferenceProfile.class, Json.encode(profile)))
                .isEmpty();
    }

    @Test
    void anOlderProfileHasNoStretches() throws Exception {
        var older = OLDER.getBytes(StandardCharsets.UTF_8);

        assertThat(Json.decode(older, ReferenceProfile.class).features().get(0).stretches())
                .isEmpty();
        assertThat(JsonSchemas.violations(ReferenceProfile.class, older)).isEmpty();
    }

    @Test
    void stretchesThatAreNotTheBinsAreRefused() {
        assertThatThrownBy(() -> profile(new Counts(3, 0), new Counts(0, 5)))
                .hasMessage("stretches of feature humidity must add up to its bins");
        assertThatThrownBy(() -> profile(new Counts(3, 4, 0)))
                .hasMessage("stretches of feature humidity must add up to its bins");
    }

    private static ReferenceProfile profile(Counts... stretches) {
        return new ReferenceProfile(List.of(new ReferenceProfile.Feature(
                "humidity", List.of(40.0), new Counts(3, 4), Optional.empty(), Optional.of(List.of(stretches)))));
    }
}
