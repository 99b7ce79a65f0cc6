package io.plumbline.benchmarks.real;

import io.plumbline.contract.message.Verdict;
import io.plumbline.judging.cohort.Evaluation;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What was said of a site, in order. */
record Timeline(String name, Station station) {

    private static final Set<Verdict> QUIET = EnumSet.of(Verdict.STABLE, Verdict.INSUFFICIENT);

    /** Every change of the verdict that holds. */
    List<Evaluation> changes() {
        return station.evaluations().stream().filter(Evaluation::changes).toList();
    }

    /** Those that somebody is told of. */
    List<Evaluation> alarms() {
        return changes().stream()
                .filter(said -> !QUIET.contains(said.after().confirmed()))
                .toList();
    }

    /** The one that holds in the end. */
    Verdict last() {
        var all = station.evaluations();
        return all.isEmpty()
                ? Verdict.INSUFFICIENT
                : all.get(all.size() - 1).after().confirmed();
    }

    /** When it first held at this moment or later; empty if never. */
    Optional<Instant> first(Instant from, Predicate<Verdict> verdict) {
        return station.evaluations().stream()
                .filter(said ->
                        !said.to().isBefore(from) && verdict.test(said.after().confirmed()))
                .map(Evaluation::to)
                .findFirst();
    }

    /** For people. */
    void tell() {
        changes()
                .forEach(said -> System.out.println("  " + name + " " + said.to() + " "
                        + said.after().confirmed() + ": " + said.judgement().because()));
        System.out.println("  " + name + ": " + station.requests().size() + " recalibrations requested");
    }
}
