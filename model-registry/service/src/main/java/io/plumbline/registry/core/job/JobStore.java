package io.plumbline.registry.core.job;

import io.plumbline.contract.id.ModelName;
import io.plumbline.database.StoreUnavailableException;
import java.util.List;
import java.util.Optional;

/** Where jobs outlive the process. What was put is durable when the call returns. Thread-safe. */
public interface JobStore {

    /**
     * Writes the job as it stands now and what led there, together or not at all.
     *
     * @throws StoreUnavailableException if that fails
     */
    void put(Job job, JobEvent event);

    /** The outcome is known to be on the topic. */
    void told(String id);

    /** Jobs that are not over, or whose outcome is not known to be on the topic; oldest first. */
    List<Job> unfinished();

    Optional<Job> find(String id);

    /** Newest first. */
    List<Job> newest(int limit);

    /** Of this model, newest first. */
    List<Job> newest(ModelName model, int limit);

    /** What moved this job, oldest first. */
    List<JobEvent> history(String id);
}
