package io.plumbline.registry.core.job;

import io.plumbline.contract.id.ModelName;
import io.plumbline.database.StoreUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs that live as long as the test; {@link #breakdown} makes it refuse everything. */
public final class MemoryJobStore implements JobStore {

    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Map<String, List<JobEvent>> events = new LinkedHashMap<>();
    private boolean broken;

    public void breakdown(boolean breaks) {
        broken = breaks;
    }

    private void check() {
        if (broken) {
            throw new StoreUnavailableException("the disk is full");
        }
    }

    @Override
    public void put(Job job, JobEvent event) {
        check();
        jobs.put(job.id(), job);
        events.computeIfAbsent(job.id(), id -> new ArrayList<>()).add(event);
    }

    @Override
    public void told(String id) {
        check();
        jobs.computeIfPresent(id, (same, job) -> new Job(job.state(), true, job.createdAt(), job.changedAt()));
    }

    @Override
    public List<Job> unfinished() {
        return jobs.values().stream().filter(job -> !job.told()).toList();
    }

    @Override
    public Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    @Override
    public List<Job> newest(int limit) {
        var all = new ArrayList<>(jobs.values());
        java.util.Collections.reverse(all);
        return all.stream().limit(limit).toList();
    }

    @Override
    public List<Job> newest(ModelName model, int limit) {
        return newest(Integer.MAX_VALUE).stream()
                .filter(job -> job.model().equals(model))
                .limit(limit)
                .toList();
    }

    @Override
    public List<JobEvent> history(String id) {
        return List.copyOf(events.getOrDefault(id, List.of()));
    }
}
