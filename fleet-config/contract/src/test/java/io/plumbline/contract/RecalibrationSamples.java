package io.plumbline.contract;

import static io.plumbline.contract.Samples.AT;
import static io.plumbline.contract.Samples.BUILD;
import static io.plumbline.contract.Samples.CANDIDATE;
import static io.plumbline.contract.Samples.GATEWAY;
import static io.plumbline.contract.Samples.MODEL;
import static io.plumbline.contract.Samples.SITE;
import static io.plumbline.contract.Samples.VERSION;

import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.RecalibrationEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Of the life of a recalibration. */
final class RecalibrationSamples {

    private RecalibrationSamples() {}

    static void add(Map<String, Object> all, CandidateScore score) {
        all.put(
                "recalibration-requested",
                new RecalibrationEvent.Requested("r-1", MODEL, VERSION, BUILD, List.of(SITE), "stale on north", AT));
        all.put(
                "recalibration-progressed",
                new RecalibrationEvent.Progressed(
                        "r-1",
                        MODEL,
                        BUILD,
                        "OBSERVING",
                        "gw-1 on north sent histograms of 240 windows",
                        AT,
                        Optional.empty()));
        all.put(
                "recalibration-progressed-sent",
                new RecalibrationEvent.Progressed(
                        "r-1",
                        MODEL,
                        BUILD,
                        "OBSERVING",
                        "gw-1 on north sent histograms of 240 windows",
                        AT,
                        Optional.of(new RecalibrationEvent.Sent(
                                GATEWAY, SITE, RecalibrationEvent.SentKind.HISTOGRAMS, 240))));
        all.put(
                "recalibration-refused",
                new RecalibrationEvent.Refused("r-1", MODEL, BUILD, "no candidate is better", List.of(score), AT));
        all.put(
                "recalibration-accepted",
                new RecalibrationEvent.Accepted(
                        "r-1", MODEL, BUILD, CANDIDATE, "clips 0 % instead of 46 %", List.of(score), AT));
    }
}
