package io.plumbline.registry.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns();
    private final List<String> done = new ArrayList<>();

    @Test
    void whatIsUrgentWaitsForOneOfTheOthersAtMostAndTheyForOneOfIt() {
        // Given
        for (var name : List.of("version 1", "version 2", "version 3", "version 4")) {
            turns.add(() -> done.add(name));
        }
        turns.addUrgent(() -> done.add("candidate 1"));
        turns.addUrgent(() -> done.add("candidate 2"));

        // When
        workAll();

        // Then
        assertThat(done)
                .containsExactly("candidate 1", "version 1", "candidate 2", "version 2", "version 3", "version 4");
    }

    @Test
    void whatComesLateTakesItsTurnToo() {
        turns.add(() -> done.add("version 1"));
        turns.next().ifPresent(Runnable::run);
        turns.add(() -> done.add("version 2"));
        turns.addUrgent(() -> done.add("candidate"));
        workAll();
        assertThat(done).containsExactly("version 1", "candidate", "version 2");
        assertThat(turns.next()).isEmpty();
    }

    private void workAll() {
        for (Optional<Runnable> work = turns.next(); work.isPresent(); work = turns.next()) {
            work.get().run();
        }
    }
}
