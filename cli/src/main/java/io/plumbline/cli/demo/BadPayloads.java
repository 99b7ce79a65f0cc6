package io.plumbline.cli.demo;

import io.plumbline.cli.climate.MoteFleet;
import io.plumbline.cli.climate.ReplayException;
import io.plumbline.cli.proof.Account;
import io.plumbline.contract.id.SiteId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What real fleets send now and then; every turn has some, and each must become a dead letter with a reason. */
final class BadPayloads {

    private static final SiteId SITE = new SiteId("north");

    private static final List<Bad> ALL = List.of(
            new Bad("north-1", "{\"seq\": 7, \"time\": \"TIME"),
            new Bad("north-2", "{\"seq\":8,\"time\":\"TIME\",\"values\":[1,2,3]}"),
            new Bad("north-3", "{\"seq\":9,\"time\":\"TIME\",\"humidity\":NaN,\"temperature\":20}"),
            new Bad("north-4", "{\"seq\":10,\"time\":\"TIME\",\"humidity\":140,\"temperature\":20}"),
            new Bad("stranger-9", "{\"seq\":11,\"time\":\"TIME\",\"humidity\":40,\"temperature\":20}"));

    private BadPayloads() {}

    private record Bad(String device, String template) {

        private byte[] payload(Instant time) {
            return template.replace("TIME", time.toString()).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** @param time of each message; no two calls may have the same, so that no two messages are alike */
    static void send(Instant time, MoteFleet motes, Account account) throws ReplayException {
        for (var bad : ALL) {
            var payload = bad.payload(time);
            account.badSent(payload);
            motes.send(SITE, bad.device(), payload);
        }
    }
}
