package io.plumbline.cli.demo;

import io.plumbline.cli.climate.MoteFleet;
import io.plumbline.cli.climate.Pace;
import io.plumbline.cli.climate.ReplayException;
import io.plumbline.cli.climate.Stretch;
import io.plumbline.cli.proof.Account;
import java.util.ArrayDeque;
import java.util.List;

/** Plays a stretch on a thread of its own: readings over MQTT, and their labels two device minutes later. */
final class Replay {

    private static final int LABEL_DELAY_READINGS = 24;
    /** Bad payloads come when the turn is well under way. */
    private static final int BAD_AT = 40;

    private final Stretch stretch;
    private final double speed;
    private final MoteFleet motes;
    private final Labels labels;
    private final Account account;
    private volatile boolean ended;
    private volatile String problem = "";

    Replay(Stretch stretch, double speed, Outlets outlets) {
        this.stretch = stretch;
        this.speed = speed;
        this.motes = outlets.motes();
        this.labels = outlets.labels();
        this.account = outlets.account();
    }

    /** Where a replay writes to. */
    record Outlets(MoteFleet motes, Labels labels, Account account) {}

    Replay start() {
        var thread = new Thread(this::run, "replay");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Why it ended early; empty if it did not. */
    String problem() {
        return problem;
    }

    private void run() {
        try {
            play();
        } catch (ReplayException e) {
            problem = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            problem = "interrupted";
        } catch (RuntimeException bug) {
            problem = "the replay failed; that is a bug: " + bug;
        } finally {
            ended = true;
        }
    }

    private void play() throws ReplayException, InterruptedException {
        var pace = new Pace(speed);
        var unlabelled = new ArrayDeque<List<Stretch.Spoken>>();
        for (int index = 0; index < stretch.readings(); index++) {
            pace.await(Stretch.INTERVAL.multipliedBy(index));
            var spoken = stretch.at(index);
            for (var one : spoken) {
                account.sent(one.event(), System.currentTimeMillis());
                motes.send(one.site(), one.device(), one.payload());
            }
            if (index == BAD_AT) {
                BadPayloads.send(spoken.get(0).time(), motes, account);
            }
            unlabelled.add(spoken);
            if (unlabelled.size() > LABEL_DELAY_READINGS) {
                unlabelled.remove().forEach(labels::send);
            }
        }
        unlabelled.forEach(late -> late.forEach(labels::send));
        motes.flush();
        labels.flush();
    }
}
