package io.plumbline.fleet.core.post;

import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.fleet.testing.Alerts;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CourierTest {

    private static final Duration GIVE_UP = Duration.ofDays(7);
    private static final Alert OPEN = Alerts.alert(1, AlertChange.OPENED);

    private final MutableClock clock = new MutableClock(T0);
    private final Box box = new Box();
    private final Deque<Delivery> answers = new ArrayDeque<>();
    private final List<Long> seen = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private boolean down;
    private final Courier courier = new Courier(
            "ops",
            alert -> {
                seen.add(alert.revision());
                if (down) {
                    return new Delivery.Unreachable("no answer");
                }
                var answer = answers.isEmpty() ? new Delivery.Done() : answers.pop();
                if (answer instanceof Delivery.Refused refused
                        && refused.problem().equals("bug")) {
                    throw new IllegalStateException("t0ken");
                }
                return answer;
            },
            box,
            new Courier.Watch(clock, GIVE_UP, () -> List.of(), new Notes()),
            new SplittableRandom(7));
    private final Deque<Delivery> renewalAnswers = new ArrayDeque<>();
    private final List<Instant> renewals = new ArrayList<>();
    private final Courier renewing = new Courier(
            "am",
            new Forgetful(),
            box,
            new Courier.Watch(clock, GIVE_UP, () -> List.of(OPEN), new Notes()),
            new SplittableRandom(7));

    private final class Notes implements Courier.Ear {

        @Override
        public void tried(String sink, Waiting letter, Delivery delivery, boolean last) {
            heard.add(sink + " " + delivery.getClass().getSimpleName() + " " + last);
        }

        @Override
        public void notRenewed(String sink, Delivery delivery) {
            heard.add(sink + " not renewed " + delivery.getClass().getSimpleName());
        }
    }

    private final class Forgetful implements Sink {

        @Override
        public Delivery deliver(Alert alert) {
            return new Delivery.Done();
        }

        @Override
        public Optional<Duration> renewal() {
            return Optional.of(Duration.ofMinutes(1));
        }

        @Override
        public Delivery renew(List<Alert> open) {
            renewals.add(clock.instant());
            return renewalAnswers.isEmpty() ? new Delivery.Done() : renewalAnswers.pop();
        }
    }

    @Test
    void deliversWhatIsDueInOrder() {
        // Given
        box.put(1, T0);
        box.put(2, T0.plusSeconds(60));
        box.put(3, T0.minusSeconds(60));
        // When
        courier.round();
        // Then
        assertThat(seen).containsExactly(3L, 1L);
        assertThat(box.waiting()).containsExactly(2L);
        assertThat(heard).containsExactly("ops Done true", "ops Done true");
    }

    @Test
    void aLetterThatIsRefusedMakesWayForTheOthers() {
        // Given
        box.put(1, T0);
        box.put(2, T0);
        answers.add(new Delivery.Refused("400"));
        // When
        courier.round();
        // Then
        assertThat(seen).containsExactly(1L, 2L);
        assertThat(box.waiting()).containsExactly(1L);
        assertThat(box.problems).containsExactly("400");
    }

    @Test
    void aBugInOneLetterDoesNotEndTheRound() {
        // Given
        box.put(1, T0);
        box.put(2, T0);
        answers.add(new Delivery.Refused("bug"));
        // When
        courier.round();
        // Then
        assertThat(box.waiting()).containsExactly(1L);
        assertThat(box.problems).hasSize(1);
    }

    @Test
    void aSinkThatDoesNotAnswerIsLeftAloneLongerEveryTime() {
        // Given
        box.put(1, T0);
        box.put(2, T0);
        down = true;
        // When
        var pauses = new ArrayList<Duration>();
        var last = clock.instant();
        for (int i = 0; i < 20_000; i++) {
            var before = seen.size();
            courier.round();
            assertThat(seen.size() - before).isLessThanOrEqualTo(1);
            if (seen.size() > before) {
                pauses.add(Duration.between(last, clock.instant()));
                last = clock.instant();
            }
            clock.advance(Duration.ofMillis(100));
        }
        // Then
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1100));
        assertThat(pauses.get(pauses.size() - 1)).isBetween(Duration.ofSeconds(150), Duration.ofSeconds(301));
        assertThat(pauses).hasSizeLessThan(25);
        assertThat(box.waiting()).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void whatCannotBeDeliveredForLongIsGivenUpVisibly() {
        // Given
        box.put(1, T0);
        clock.advance(GIVE_UP.minusMillis(1));
        answers.add(new Delivery.Refused("400"));
        courier.round();
        assertThat(box.waiting()).containsExactly(1L);
        // When
        clock.advance(Duration.ofMinutes(5));
        answers.add(new Delivery.Refused("400"));
        courier.round();
        // Then
        assertThat(box.waiting()).isEmpty();
        assertThat(box.undeliverable).containsExactly(1L);
        assertThat(heard).containsExactly("ops Refused false", "ops Refused true");
    }

    @Test
    void aLetterThatChangedSinceItWasLookedForIsLeftForTheNextRound() {
        // Given
        box.put(1, T0);
        box.put(2, T0);
        box.replaced.add(1L);
        // When
        courier.round();
        // Then
        assertThat(seen).containsExactly(2L);
        assertThat(box.waiting()).containsExactly(1L);
    }

    @Test
    void ofABugOnlyItsKindIsKeptForItMayNameASecret() {
        // Given
        box.put(1, T0);
        answers.add(new Delivery.Refused("bug"));
        // When
        courier.round();
        // Then
        assertThat(box.problems.get(0))
                .startsWith("this is a bug: IllegalStateException at ")
                .doesNotContain("t0ken");
    }

    @Test
    void takesUpNothingAfterItWasStopped() {
        // Given
        box.put(1, T0);
        // When
        courier.stop();
        courier.round();
        // Then
        assertThat(seen).isEmpty();
    }

    @Test
    void aSinkThatForgetsIsToldOfEverythingThatIsOpenAgainAndAgain() {
        // Given
        renewalAnswers.add(new Delivery.Done());
        renewalAnswers.add(new Delivery.Unreachable("no answer"));
        // When
        renewFor(Duration.ofSeconds(125));
        // Then
        assertThat(renewals).containsExactly(T0, T0.plusSeconds(60), T0.plusSeconds(61), T0.plusSeconds(121));
        assertThat(heard).containsExactly("am not renewed Unreachable");
    }

    @Test
    void aRenewalThatIsRefusedDoesNotKeepLettersWaiting() {
        // Given
        for (int i = 0; i < 9; i++) {
            renewalAnswers.add(new Delivery.Refused("400"));
        }
        // When
        renewFor(Duration.ofSeconds(61));
        box.put(7, T0);
        renewFor(Duration.ofSeconds(1));
        // Then
        assertThat(renewals).containsExactly(T0, T0.plusSeconds(60));
        assertThat(box.waiting()).isEmpty();
        assertThat(heard).containsExactly("am not renewed Refused", "am not renewed Refused", "am Done true");
    }

    @Test
    void whatTheSinkHasNotHeardYetIsNotRenewed() {
        // Given
        box.unheard.add(OPEN.id());
        // When
        renewFor(Duration.ofSeconds(5));
        // Then
        assertThat(renewals).isEmpty();
        // When
        box.unheard.clear();
        renewFor(Duration.ofSeconds(60));
        // Then
        assertThat(renewals).hasSize(1);
    }

    private void renewFor(Duration time) {
        for (int second = 0; second < time.toSeconds(); second++) {
            renewing.round();
            clock.advance(Duration.ofSeconds(1));
        }
    }

    /** Letters in memory, by number. */
    private static final class Box implements LetterBox {

        private final List<Waiting> letters = new ArrayList<>();
        private final List<Long> undeliverable = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private final List<Long> replaced = new ArrayList<>();
        private final List<String> unheard = new ArrayList<>();

        void put(long number, Instant due) {
            var letter = new Letter("ops", Alerts.alert(number, AlertChange.OPENED), true, due);
            letters.add(new Waiting(number, letter, T0, 0));
        }

        List<Long> waiting() {
            return letters.stream().map(Waiting::number).toList();
        }

        @Override
        public List<Waiting> due(String sink, Instant now, int limit) {
            return letters.stream()
                    .filter(one -> !one.letter().due().isAfter(now))
                    .sorted(Comparator.comparing(one -> one.letter().due()))
                    .limit(limit)
                    .toList();
        }

        @Override
        public boolean attempt(Waiting letter, Instant now) {
            return replaced.stream().noneMatch(number -> number == letter.number());
        }

        @Override
        public Set<String> unheard(String sink) {
            return Set.copyOf(unheard);
        }

        @Override
        public void delivered(Waiting letter, Optional<String> remark, Instant now) {
            letters.removeIf(one -> one.number() == letter.number());
        }

        @Override
        public void failed(Waiting letter, String problem, Instant again) {
            problems.add(problem);
            replace(letter, again, letter.attempts() + 1);
        }

        @Override
        public void gaveUp(Waiting letter, String problem, Instant now) {
            letters.removeIf(one -> one.number() == letter.number());
            undeliverable.add(letter.number());
        }

        private void replace(Waiting letter, Instant due, int attempts) {
            letters.removeIf(one -> one.number() == letter.number());
            var content = new Letter(
                    letter.letter().sink(),
                    letter.letter().alert(),
                    letter.letter().opening(),
                    due);
            letters.add(new Waiting(letter.number(), content, letter.written(), attempts));
        }
    }
}
