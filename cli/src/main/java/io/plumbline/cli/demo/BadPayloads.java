package io.plumbline.cli.demo;

import io.plumbline.cli.climate.MoteFleet;
import io.plumbline.cli.climate.ReplayException;
import io.plumbline.cli.proof.Account;
import io.plumbline.contract.id.SiteId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What real fleets send now and then; every turn has some, and each must become a dead letter with a reason. */
final class BadPayloads {

    private static final SiteId SITE = new SiteId("north");

    private static final List<Bad> ALL = List.of(
            new Bad("north-1", "{\"seq\": 7, \"time\": "),
            new Bad("north-2", "{\"seq\":8,\"time\":\"2026-01-01T00:00:00Z\",\"values\":[1,2,3]}"),
            new Bad("north-3", "{\"seq\":9,\"time\":\"2026-01-01T00:00:00Z\",\"humidity\":NaN,\"temperature\":20}"),
            new Bad("north-4", "{\"seq\":10,\"time\":\"2026-01-01T00:00:00Z\",\"humidity\":140,\"temperature\":20}"),
            new Bad("stranger-9", "{\"seq\":11,\"time\":\"2026-01-01T00:00:00Z\",\"humidity\":40,\"temperature\":20}"));

    private BadPayloads() {}

    private record Bad(String device, String payload) {}

    static void send(MoteFleet motes, Account account) throws ReplayException {
        for (var bad : ALL) {
            account.badSent();
            motes.send(SITE, bad.device(), bad.payload().getBytes(StandardCharsets.UTF_8));
        }
    }
}
