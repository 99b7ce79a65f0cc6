package io.plumbline.fleet.core.console.rollout;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.fleet.core.console.Tone;
import io.plumbline.rollout.evidence.DeviceState;

/**
 * A told gateway.
 *
 * @param because what it said when it refused; empty otherwise
 */
public record DeviceLine(GatewayId gateway, SiteId site, DeviceState state, String because) {

    public Tone tone() {
        return tone(state);
    }

    public String word() {
        return word(state);
    }

    static Tone tone(DeviceState state) {
        return switch (state) {
            case ACTIVE -> Tone.GOOD;
            case ASSIGNED, DOWNLOADING, STAGED, SELF_TESTED, SHADOW -> Tone.NEWS;
            case SILENT -> Tone.WARN;
            case REJECTED, FAILED, ROLLED_BACK -> Tone.BAD;
        };
    }

    static String word(DeviceState state) {
        return switch (state) {
            case ACTIVE -> "runs it";
            case ASSIGNED -> "on its way";
            case DOWNLOADING -> "fetches it";
            case STAGED -> "has it on its disk";
            case SELF_TESTED -> "has loaded it";
            case SHADOW -> "rehearses it";
            case SILENT -> "silent";
            case REJECTED -> "would not run it";
            case FAILED -> "gave it up";
            case ROLLED_BACK -> "went back by itself";
        };
    }

    /** The worse, the smaller: those that a person should see first. */
    static int urgency(DeviceState state) {
        return switch (state) {
            case FAILED -> 0;
            case ROLLED_BACK -> 1;
            case REJECTED -> 2;
            case SILENT -> 3;
            case ASSIGNED -> 4;
            case DOWNLOADING -> 5;
            case STAGED -> 6;
            case SELF_TESTED -> 7;
            case SHADOW -> 8;
            case ACTIVE -> 9;
        };
    }
}
